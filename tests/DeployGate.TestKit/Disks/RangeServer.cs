using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>What the server sends: a status line's code, headers, a body, and how many bytes of it before the connection is cut.</summary>
public sealed record RangeAnswer(int Status, string Headers, byte[] Body, int? CutAfter = null);

/// <summary>A web server on loopback that serves ranges of one file, and any fault that a test asks for.</summary>
public sealed class RangeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, long, long, RangeAnswer?> _fault;
    private readonly IByteSource _file;
    private int _requests;

    /// <summary>Starts the server.</summary>
    /// <param name="file">What it serves.</param>
    /// <param name="fault">The answer to a request by its number (from 1) and its range, in the place of the right one; null for the right one.</param>
    public RangeServer(byte[] file, Func<int, long, long, RangeAnswer?>? fault = null)
        : this(new MemoryByteSource("file", file), fault)
    {
    }

    /// <summary>Starts a server for a file that need not be in memory.</summary>
    public RangeServer(IByteSource file, Func<int, long, long, RangeAnswer?>? fault = null)
    {
        _file = file;
        _fault = fault ?? ((_, _, _) => null);
        _listener.Start();
        _ = Task.Run(Serve);
    }

    /// <summary>The file's address, with a signature that must never be shown.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/disks/os.vhd?sig=TopSecretSignature"));

    /// <summary>How many requests came.</summary>
    public int Requests => _requests;

    /// <summary>The last request's head.</summary>
    public string LastRequest { get; private set; } = "";

    /// <summary>The right answer for a range.</summary>
    public RangeAnswer Right(long from, long to)
    {
        var last = Math.Min(to, _file.Length - 1);
        var body = new byte[last + 1 - from];
        lock (_file)
        {
            _file.Read(from, body);
        }

        return new RangeAnswer(206, string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{last}/{_file.Length}\r\nETag: \"0x1\"\r\n"), body);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Stop();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                _ = Answer(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Answer(Socket socket)
    {
        using var connection = socket;
        await using var stream = new NetworkStream(connection);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        try
        {
            while (await Head(reader) is { } head)
            {
                LastRequest = head;
                var range = head.Split("Range: bytes=")[1].Split('\r')[0].Split('-');
                var (from, to) = (long.Parse(range[0], CultureInfo.InvariantCulture), long.Parse(range[1], CultureInfo.InvariantCulture));
                var answer = _fault(Interlocked.Increment(ref _requests), from, to) ?? Right(from, to);
                var lines = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} X\r\nContent-Length: {answer.Body.Length}\r\n{answer.Headers}\r\n");
                await stream.WriteAsync(Encoding.ASCII.GetBytes(lines));
                await stream.WriteAsync(answer.Body.AsMemory(0, answer.CutAfter ?? answer.Body.Length));
                if (answer.CutAfter is not null)
                {
                    return;
                }
            }
        }
        catch (IOException)
        {
        }
    }

    private static async Task<string?> Head(StreamReader reader)
    {
        var head = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                return head.ToString();
            }

            head.Append(line).Append("\r\n");
        }

        return null;
    }
}
