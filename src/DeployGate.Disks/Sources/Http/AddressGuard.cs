using System.Net;
using System.Net.Sockets;

namespace DeployGate.Disks.Sources.Http;

/// <summary>
/// Connects only to public addresses, unless the user allowed the host. The check is made on the addresses that are connected to, so
/// that a name that changes its answer gains nothing.
/// </summary>
internal static class AddressGuard
{
    /// <summary>Thrown inside a connection; <see cref="HttpRangeSource"/> turns it into a fault.</summary>
    internal sealed class RefusedException(string host) : IOException
    {
        internal string Host { get; } = host;
    }

    /// <summary>The fault for a host that is none of the public network.</summary>
    internal static DiskFaultException Refused(string name, string host) => Fault.At(name, null, $"a public address for {host}, or the host named with --allow-host", "a private or local address");

    internal static SocketsHttpHandler Handler(RangeOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = options.RequestTime,
        ConnectCallback = (context, cancellation) => Connect(context, options, cancellation),
    };

    /// <summary>Loopback, private, shared, link-local, multicast, reserved and unspecified addresses, also as IPv4 in IPv6.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork ? IsPublicV4(bytes) : IsPublicV6(address, bytes);
    }

    private static bool IsPublicV4(byte[] bytes) => (bytes[0], bytes[1]) switch
    {
        (0 or 10 or 127, _) => false,
        (100, >= 64 and < 128) => false,
        (169, 254) => false,
        (172, >= 16 and < 32) => false,
        (192, 168) => false,
        (192, 0) when bytes[2] == 0 => false,
        (198, 18 or 19) => false,
        (168, 63) when bytes[2] == 129 && bytes[3] == 16 => false, // Azure's own address of the platform, reachable from every VM.
        ( >= 224, _) => false,
        _ => true,
    };

    private static bool IsPublicV6(IPAddress address, byte[] bytes) =>
        !(IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6Multicast || address.IsIPv6UniqueLocal
          || IsTranslated(bytes));

    /// <summary>
    /// 2002::/16, 2001::/32, 64:ff9b::/32 and what begins with 64 bits of zero carry an IPv4 address that a gateway would connect to; the
    /// unspecified address is among them.
    /// </summary>
    private static bool IsTranslated(byte[] bytes) =>
        bytes is [0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..] or [0, 0x64, 0xFF, 0x9B, ..] or [0, 0, 0, 0, 0, 0, 0, 0, ..];

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, RangeOptions options, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        // A proxy is chosen by the environment of the user, not by the address that is read. A tunnel's request names the proxy itself.
        var request = context.InitialRequestMessage;
        var isProxy = request.Method == HttpMethod.Connect || !string.Equals(host, request.RequestUri!.IdnHost, StringComparison.OrdinalIgnoreCase);
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
        var usable = isProxy || options.Allows(host) ? addresses : [.. addresses.Where(IsPublic)];
        if (usable.Length == 0 && addresses.Length > 0)
        {
            throw new RefusedException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
