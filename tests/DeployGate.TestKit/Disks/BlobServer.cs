using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace DeployGate.TestKit.Disks;

/// <summary>
/// Azurite, Microsoft's own blob server for tests, on loopback and with an account and key of its own. It is installed by npm from the
/// lock file beside <c>package.json</c> in <c>tests/azurite</c>, once.
/// </summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas"/>
public sealed class BlobServer : IDisposable
{
    private const string Account = "deploygate";
    private const string Container = "vhds";
    private const string Version = "2021-12-02";
    private const int LargestPut = 1 << 20;
    private static readonly TimeSpan s_longestInstall = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longestStart = TimeSpan.FromSeconds(60);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(64);
    private readonly HttpClient _http = new();
    private readonly Process _process;
    private readonly Uri _root;

    private BlobServer(string folder)
    {
        var port = FreePort();
        _root = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{Account}/"));
        var start = new ProcessStartInfo("node",
        [
            Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js"),
            "--blobHost", "127.0.0.1", "--blobPort", port.ToString(CultureInfo.InvariantCulture), "--inMemoryPersistence", "--silent", "--disableTelemetry",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Convert.ToBase64String(_key)}";
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Installs it where that was not done yet, and starts it with an empty container.</summary>
    /// <param name="folder">Where <c>package.json</c> and its lock file are.</param>
    /// <returns>The server, or why there is none: npm or node is missing, or the registry does not answer.</returns>
    public static (BlobServer? Server, string Problem) Start(string folder)
    {
        if (!OtherTool.Exists(Npm) || !OtherTool.Exists(OperatingSystem.IsWindows() ? "node.exe" : "node"))
        {
            return (null, "npm and node are not installed");
        }

        if (Install(folder) is { } problem)
        {
            return (null, problem);
        }

        var server = new BlobServer(folder);
        try
        {
            server.Wait();
            return (server, "");
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Writes a page blob; only what is not zero is sent.</summary>
    public void Upload(string name, SparseByteSource disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        using var create = Request(HttpMethod.Put, name, "");
        create.Headers.Add("x-ms-blob-type", "PageBlob");
        create.Headers.Add("x-ms-blob-content-length", disk.Length.ToString(CultureInfo.InvariantCulture));
        Send(create);
        foreach (var (offset, bytes) in disk.Segments)
        {
            Write(name, offset, bytes);
        }
    }

    /// <summary>Writes pages of a blob that is there, whole ones of 512 bytes.</summary>
    public void Write(string name, long offset, ReadOnlyMemory<byte> bytes)
    {
        for (; !bytes.IsEmpty; offset += LargestPut, bytes = bytes[Math.Min(LargestPut, bytes.Length)..])
        {
            var part = bytes[..Math.Min(LargestPut, bytes.Length)];
            using var put = Request(HttpMethod.Put, name, "comp=page&", new ReadOnlyMemoryContent(part));
            put.Headers.Add("x-ms-page-write", "update");
            put.Headers.Add("x-ms-range", FormattableString.Invariant($"bytes={offset}-{offset + part.Length - 1}"));
            Send(put);
        }
    }

    /// <summary>Takes a blob away.</summary>
    public void Delete(string name)
    {
        using var request = Request(HttpMethod.Delete, name, "");
        Send(request);
    }

    /// <summary>The address of a blob with a signature that allows to read it, as a portal would hand it out, and the signature as it stands there.</summary>
    public (Uri Address, string Signature) ForReading(string name)
    {
        var expiry = DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var signature = Sign($"r\n\n{expiry}\n/blob/{Account}/{Container}/{name}\n\n\n\n{Version}\nb\n\n\n\n\n\n\n");
        return (new Uri(_root, $"{Container}/{name}?sv={Version}&sr=b&sp=r&se={Uri.EscapeDataString(expiry)}&sig={signature}"), signature);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
    }

    private static string? Install(string folder)
    {
        // npm writes this file last.
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            return null;
        }

        var start = new ProcessStartInfo(Npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var npm = Process.Start(start)!;
        var errors = npm.StandardError.ReadToEndAsync();
        _ = npm.StandardOutput.ReadToEndAsync();
        if (!npm.WaitForExit(s_longestInstall))
        {
            npm.Kill(entireProcessTree: true);
            return "npm did not come to an end: the registry does not answer";
        }

        return npm.ExitCode == 0 ? null : $"npm could not install Azurite: {errors.Result.Trim()}";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Until the container could be made.</summary>
    private void Wait()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var create = Request(HttpMethod.Put, "", "restype=container&");
                Send(create);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(started) < s_longestStart)
            {
                Thread.Sleep(100);
            }
        }
    }

    /// <summary>A request signed for the whole account: what writes is the test's own business.</summary>
    private HttpRequestMessage Request(HttpMethod method, string name, string query, HttpContent? body = null)
    {
        var expiry = DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var signature = Sign($"{Account}\nrwdlac\nb\nsco\n\n{expiry}\n\n\n{Version}\n\n");
        var request = new HttpRequestMessage(method, new Uri(_root, $"{Container}/{name}?{query}sv={Version}&ss=b&srt=sco&sp=rwdlac&se={Uri.EscapeDataString(expiry)}&sig={signature}"))
        {
            Content = body ?? new ByteArrayContent([]),
        };
        request.Headers.Add("x-ms-version", Version);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return request;
    }

    private string Sign(string text) => Uri.EscapeDataString(Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text))));

    private void Send(HttpRequestMessage request)
    {
        using var response = _http.Send(request);
        if (!response.IsSuccessStatusCode)
        {
            using var reader = new StreamReader(response.Content.ReadAsStream());
            throw new InvalidOperationException($"{request.Method} {request.RequestUri!.AbsolutePath}: {(int)response.StatusCode} {reader.ReadToEnd()}");
        }
    }
}
