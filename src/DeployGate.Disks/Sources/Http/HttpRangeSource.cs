using System.Net;
using DeployGate.Core.Assessment;

namespace DeployGate.Disks.Sources.Http;

/// <summary>
/// A file behind an address that serves ranges: a page blob with a SAS, or any web server. The first answer pins the length and the
/// entity tag; an answer of another version ends the reading. The query, which may hold a signature, is never in a name or a message.
/// </summary>
public sealed class HttpRangeSource : IByteSource
{
    /// <summary>What the first request asks for; its bytes are kept, because every reader begins there.</summary>
    private const int FirstRange = 64 << 10;

    private readonly RangeClient _client;
    private readonly byte[] _first;

    private HttpRangeSource(RangeClient client, long length, byte[] first)
    {
        _client = client;
        _first = first;
        Length = length;
    }

    /// <inheritdoc/>
    public string Name => _client.Name;

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>Requests sent, those that were sent again included.</summary>
    public long Requests => _client.Requests;

    /// <summary>The address without its query and without what may stand before the host: what may be shown.</summary>
    public static string NameOf(Uri address) => $"{address.Scheme}://{address.Authority}{address.AbsolutePath}";

    /// <summary>Asks for the first bytes.</summary>
    /// <param name="address">https, or http to an allowed host.</param>
    /// <param name="options">Limits.</param>
    /// <param name="clock">Waits between attempts.</param>
    public static Lookup<HttpRangeSource> Open(Uri address, RangeOptions options, TimeProvider clock) => Fault.Catch(() =>
    {
        CheckAddress(address, options);
        var client = new RangeClient(address, options, clock);
        try
        {
            var (length, first) = client.First(FirstRange);
            return new Lookup<HttpRangeSource>.Found(new HttpRangeSource(client, length, first));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        if (offset < _first.Length)
        {
            var count = (int)Math.Min(destination.Length, _first.Length - offset);
            _first.AsSpan((int)offset, count).CopyTo(destination);
            destination = destination[count..];
            offset += count;
        }

        if (destination.Length > 0)
        {
            _client.Read(offset, destination);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    internal static void CheckAddress(Uri address, RangeOptions options)
    {
        if (address.UserInfo.Length > 0)
        {
            throw Fault.At(NameOf(address), null, "an address without a user name", "one with a user name or password before the host");
        }

        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && options.Allows(address.Host)))
        {
            throw Fault.At(NameOf(address), null, "https (http only to a host named with --allow-host)", address.Scheme);
        }

        // Names are looked up where the connection is made; a proxy, which would make it, is never asked for a private number.
        if (IPAddress.TryParse(address.IdnHost, out var number) && !AddressGuard.IsPublic(number) && !options.Allows(address.Host))
        {
            throw AddressGuard.Refused(NameOf(address), address.Host);
        }
    }
}
