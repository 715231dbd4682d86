using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>
/// A server on loopback that is a proxy, Azure behind it, its login, and a disk whose bytes never come. A process that trusts its
/// certificate and takes its proxy runs as it would against Azure.
/// </summary>
internal sealed class SilentAzure : IDisposable
{
    private static readonly TimeSpan s_forEver = TimeSpan.FromMinutes(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly X509Certificate2 _certificate = Certificate();

    internal SilentAzure()
    {
        _listener.Start();
        _ = Task.Run(Serve);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Method and path of each request.</summary>
    internal ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Called when a request has come that gets no answer.</summary>
    internal Action OnSilence { get; set; } = () => { };

    public void Dispose()
    {
        _over.Cancel();
        _listener.Stop();
        _certificate.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_over.Token);
                _ = Task.Run(() => Guarded(socket));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Guarded(Socket socket)
    {
        try
        {
            using var connection = socket;
            await using var stream = new NetworkStream(connection);
            await Answer(stream);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The other side went away, as it should.
        }
    }

    private async Task Answer(Stream stream)
    {
        while (await Head(stream) is { } head)
        {
            var request = head.Split('\n')[0].Trim();
            if (request.StartsWith("CONNECT", StringComparison.Ordinal))
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _over.Token);
                await using var inside = new SslStream(stream, leaveInnerStreamOpen: true);
                await inside.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _over.Token);
                await Answer(inside);
                return;
            }

            Requests.Enqueue(request.Replace(" HTTP/1.1", "", StringComparison.Ordinal));
            if (BodyOf(request) is not { } body)
            {
                OnSilence();
                await Task.Delay(s_forEver, _over.Token);
                return;
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"), _over.Token);
        }
    }

    private static string? BodyOf(string request) => request.Split(' ')[1].Split('?')[0].Split('/')[^1] switch
    {
        "token" => $$"""{"access_token":"secret-token","expires_on":"{{DateTimeOffset.UtcNow.AddHours(20).ToUnixTimeSeconds()}}","resource":"https://management.azure.com","token_type":"Bearer"}""",
        "os" => """{"id":"x","properties":{"diskState":"Unattached"}}""",
        "beginGetAccess" => """{"accessSAS":"https://md-x.blob.storage.azure.net/abcd/disk.vhd?sv=1&sig=TopSecretSignature"}""",
        "endGetAccess" => "{}",
        "disk.vhd" => null,
        _ => """{"error":{"code":"ResourceNotFound","message":"not here"}}""",
    };

    // The head of a request; its body, whose length the head names, is passed over.
    private async Task<string?> Head(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _over.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
        await stream.ReadExactlyAsync(new byte[int.Parse(length ?? "0", System.Globalization.CultureInfo.InvariantCulture)], _over.Token);
        return head.ToString();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=silent", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("management.azure.com");
        names.AddDnsName("*.blob.storage.azure.net");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
