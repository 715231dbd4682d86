using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace DeployGate.Disks.Sources.Http;

/// <summary>Sends range requests: attempts, redirects, the pinned version, and the check of every answer.</summary>
internal sealed class RangeClient : IDisposable
{
    private const int MaxRedirects = 5;
    private const int MaxParts = 16;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    private readonly RangeOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private Uri _address;
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset? _modified;
    private long _length = -1;

    internal RangeClient(Uri address, RangeOptions options, TimeProvider clock, HttpMessageHandler? network = null)
    {
        _address = address;
        _options = options;
        _clock = clock;
        Name = HttpRangeSource.NameOf(address);
        _http = new HttpClient(network ?? AddressGuard.Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    internal string Name { get; }

    internal long Requests { get; private set; }

    public void Dispose() => _http.Dispose();

    /// <summary>The first bytes, up to <paramref name="count"/>, and the length of the whole.</summary>
    internal (long Length, byte[] Bytes) First(int count)
    {
        var bytes = new byte[count];
        var got = Fetch(0, bytes);
        return (_length, bytes[..got]);
    }

    /// <summary>Fills <paramref name="destination"/>; a short answer is continued where it ended.</summary>
    internal void Read(long offset, Span<byte> destination)
    {
        for (var part = 0; destination.Length > 0; part++)
        {
            if (part == MaxParts)
            {
                throw Fault.At(Name, offset, FormattableString.Invariant($"a range in at most {MaxParts} parts"), "an answer that breaks off again and again");
            }

            var bytes = new byte[destination.Length];
            var got = Fetch(offset, bytes);
            bytes.AsSpan(0, got).CopyTo(destination);
            destination = destination[got..];
            offset += got;
        }
    }

    /// <summary>At least one byte from <paramref name="offset"/> on, after as many attempts as are allowed.</summary>
    private int Fetch(long offset, byte[] bytes)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = Send(offset, bytes);
            if (answer.Count > 0 || answer.Retry is null)
            {
                return answer.Count;
            }

            if (attempt >= _options.MaxAttempts)
            {
                throw Fault.At(Name, offset, "an answer", FormattableString.Invariant($"{answer.Retry.Reason}, {attempt} times"));
            }

            var wait = answer.Retry.After ?? TimeSpan.FromMilliseconds(250 << Math.Min(attempt, 6));
            Task.Delay(wait < s_longestWait ? wait : s_longestWait, _clock, _options.Stop).GetAwaiter().GetResult();
        }
    }

    private Answer Send(long offset, byte[] bytes)
    {
        using var limit = new CancellationTokenSource(_options.RequestTime, _clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _options.Stop);
        try
        {
            return SendAsync(offset, bytes, ended.Token).GetAwaiter().GetResult();
        }
        catch (HttpRequestException failure) when (failure.InnerException is AddressGuard.RefusedException refused)
        {
            throw AddressGuard.Refused(Name, refused.Host);
        }
        catch (HttpRequestException failure)
        {
            return Answer.Again(failure.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "the host's name was not found",
                HttpRequestError.ConnectionError => "no connection",
                HttpRequestError.SecureConnectionError => "no secure connection (the server's certificate is not trusted here?)",
                _ => "a broken connection",
            });
        }
        catch (IOException)
        {
            return Answer.Again("a broken connection");
        }
        catch (OperationCanceledException) when (!_options.Stop.IsCancellationRequested)
        {
            return Answer.Again(FormattableString.Invariant($"nothing within {_options.RequestTime.TotalSeconds:0} seconds"));
        }
    }

    private async Task<Answer> SendAsync(long offset, byte[] bytes, CancellationToken cancellation)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = Request(offset, bytes.Length);
            Requests++;
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (response.Headers.Location is { } location && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
            {
                Redirect(location);
                continue;
            }

            return response.StatusCode == HttpStatusCode.PartialContent
                ? await Body(response, offset, bytes, cancellation).ConfigureAwait(false)
                : Refuse(response, offset);
        }

        throw Fault.At(Name, null, FormattableString.Invariant($"at most {MaxRedirects} redirects"), "more");
    }

    private HttpRequestMessage Request(long offset, int count)
    {
        var last = offset + count - 1;
        var request = new HttpRequestMessage(HttpMethod.Get, _address) { Version = HttpVersion.Version11 };
        request.Headers.Range = new RangeHeaderValue(offset, _length < 0 ? last : Math.Min(last, _length - 1));
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (_tag is not null)
        {
            request.Headers.IfMatch.Add(_tag);
        }
        else if (_modified is not null)
        {
            request.Headers.IfUnmodifiedSince = _modified;
        }

        return request;
    }

    private void Redirect(Uri location)
    {
        if (!Uri.TryCreate(_address, location, out var target))
        {
            throw Fault.At(Name, null, "an answer from this host", "a redirect to something that is no address");
        }

        var isSame = string.Equals(target.Host, _address.Host, StringComparison.OrdinalIgnoreCase) && target.Scheme == _address.Scheme;
        if (!isSame && !_options.Allows(target.Host))
        {
            throw Fault.At(Name, null, "an answer from this host", $"a redirect to {target.Scheme}://{target.Host} (name the host with --allow-host if it is yours)");
        }

        HttpRangeSource.CheckAddress(target, _options);
        _address = target;
    }

    private async Task<Answer> Body(HttpResponseMessage response, long offset, byte[] bytes, CancellationToken cancellation)
    {
        var range = response.Content.Headers.ContentRange;
        if (range is not { Unit: "bytes", From: { } from, To: { } to, Length: { } length } || from != offset || to < from || (_length >= 0 && length != _length))
        {
            throw Fault.At(Name, offset, _length < 0 ? "an answer that names its range and the length" : FormattableString.Invariant($"a range from here of {_length} bytes"), $"'{Shown(range)}'");
        }

        Pin(response, length);
        var wanted = (int)Math.Min(bytes.Length, to - from + 1);
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var got = await ReadAll(stream, bytes.AsMemory(0, wanted), cancellation).ConfigureAwait(false);
            return got > 0 ? new Answer(got, null) : Answer.Again("an answer without a body");
        }
    }

    /// <summary>What came before the connection broke is kept: the next request goes on from there.</summary>
    private static async Task<int> ReadAll(Stream stream, Memory<byte> destination, CancellationToken cancellation)
    {
        var got = 0;
        try
        {
            while (got < destination.Length)
            {
                var count = await stream.ReadAsync(destination[got..], cancellation).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                got += count;
            }
        }
        catch (Exception failure) when (got > 0 && failure is IOException or HttpRequestException)
        {
        }

        return got;
    }

    private void Pin(HttpResponseMessage response, long length)
    {
        if (_length >= 0)
        {
            // A server that ignores If-Match still says which version it sent.
            if (_tag is not null && response.Headers.ETag is { } tag && tag.Tag != _tag.Tag)
            {
                throw Changed(0);
            }

            return;
        }

        _length = length;
        _tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        _modified = response.Content.Headers.LastModified;
    }

    private Answer Refuse(HttpResponseMessage response, long offset)
    {
        var code = (int)response.StatusCode;
        return code switch
        {
            408 or 429 or 500 or 502 or 503 or 504 => Answer.Again(FormattableString.Invariant($"status {code}"), Wait(response)),
            200 => throw Fault.At(Name, offset, "a part of the file (status 206)", "the whole file (status 200): the server, or a proxy before it, does not serve ranges"),
            401 or 403 => throw Fault.At(Name, offset, "permission to read", FormattableString.Invariant($"status {code}: the signature is wrong, expired or missing, lacks the read permission, or the storage account's firewall refuses")),
            404 => throw Fault.At(Name, offset, "the file", "status 404: there is no such file, or the signature does not allow to see it"),
            412 => throw Changed(offset),
            416 => throw Fault.At(Name, offset, "bytes at this place", "status 416: the file is empty or ends before"),
            _ => throw Fault.At(Name, offset, "status 206", FormattableString.Invariant($"status {code}")),
        };
    }

    private DiskFaultException Changed(long offset) => Fault.At(Name, offset, "the version that was read first", "another one: the file changed while it was read");

    private TimeSpan? Wait(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static string Shown(ContentRangeHeaderValue? range) =>
        range is null ? "no range" : string.Create(CultureInfo.InvariantCulture, $"{range.From}-{range.To}/{range.Length}");

    /// <summary>Bytes that came, or why to ask again.</summary>
    private readonly record struct Answer(int Count, Retry? Retry)
    {
        internal static Answer Again(string reason, TimeSpan? after = null) => new(0, new Retry(reason, after));
    }

    private sealed record Retry(string Reason, TimeSpan? After);
}
