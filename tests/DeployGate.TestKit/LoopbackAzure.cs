using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure.Core;
using DeployGate.ControlPlane.Live;

namespace DeployGate.TestKit;

/// <summary>
/// Azure Resource Manager on the loopback interface: real HTTP, answers from JSON by path. It counts what it is asked, and
/// refuses what carries no login.
/// </summary>
public sealed class LoopbackAzure : IDisposable
{
    /// <summary>The token that every request carries, and that must never be seen anywhere else.</summary>
    public const string Token = "eyJhbGciOiJub25lIn0.loopback-token-that-must-not-be-seen.x";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<LoopbackAnswer>> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TimeSpan _latency;
    private readonly Uri _address;
    private int _atOnce;
    private int _mostAtOnce;

    /// <summary>Starts a server that waits this long before each answer.</summary>
    public LoopbackAzure(TimeSpan latency = default)
    {
        _latency = latency;
        _address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        _listener.Prefixes.Add(_address.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(Serve);
    }

    /// <summary>Paths and queries of all requests, in the order of their arrival.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The most requests that were being answered at one time.</summary>
    public int MostAtOnce => _mostAtOnce;

    /// <summary>Answers a path with JSON; any number of times.</summary>
    public LoopbackAzure With(string path, string json) => With(path, LoopbackAnswer.Ok(json));

    /// <summary>Answers a path in turn; the last answer stays.</summary>
    public LoopbackAzure With(string path, params LoopbackAnswer[] answers)
    {
        _answers[path] = new ConcurrentQueue<LoopbackAnswer>(answers);
        return this;
    }

    /// <summary>Answers a list, each element of <paramref name="pages"/> the items of one page.</summary>
    public LoopbackAzure WithPages(string path, params string[] pages)
    {
        for (var i = 0; i < pages.Length; i++)
        {
            var next = i == pages.Length - 1 ? "" : $",\"nextLink\":\"https://management.azure.com{path}?api-version=2024-03-03&$skiptoken={i + 1}\"";
            With(i == 0 ? path : $"{path}#{i}", $"{{\"value\":[{pages[i]}]{next}}}");
        }

        return this;
    }

    /// <summary>How often a path was asked for.</summary>
    public int Count(string path) => _requests.Count(request => string.Equals(request.Split('?')[0], path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Lookups that come here instead of Azure. Waits between tries begin short, so that tests do not.</summary>
    public LiveFacts Open(LiveOptions options, TokenCredential? credential = null) =>
        new(options, credential ?? new LoopbackCredential(), Network(), TimeSpan.FromMilliseconds(5));

    /// <summary>The network that leads here.</summary>
    public HttpMessageHandler Network() => new ToLoopback(_address);

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync().ConfigureAwait(false);
                _ = Task.Run(() => Answer(context));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var most = Interlocked.Increment(ref _atOnce);
        _mostAtOnce = Math.Max(_mostAtOnce, most);
        try
        {
            _requests.Enqueue(context.Request.RawUrl ?? "");
            var answer = context.Request.Headers["Authorization"] == $"Bearer {Token}" ? AnswerOf(context.Request) : LoopbackAnswer.Error(401, "AuthenticationFailed");
            await Task.Delay(_latency + answer.Delay).ConfigureAwait(false);
            await Write(context.Response, answer).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The other side went away, which some tests want it to.
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private LoopbackAnswer AnswerOf(HttpListenerRequest request)
    {
        var page = request.QueryString["$skiptoken"];
        var path = WebUtility.UrlDecode(request.Url!.AbsolutePath) + (page is null ? "" : $"#{page}");
        if (!_answers.TryGetValue($"{request.HttpMethod} {path}", out var answers) && !_answers.TryGetValue(path, out answers))
        {
            return LoopbackAnswer.Error(404, "ResourceNotFound", "The resource was not found.");
        }

        return answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.TryPeek(out var last) ? last : LoopbackAnswer.Error(500, "Empty");
    }

    private static async Task Write(HttpListenerResponse response, LoopbackAnswer answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        response.StatusCode = answer.Status;
        response.ContentType = "application/json; charset=utf-8";
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.ContentLength64 = answer.IsCutOff ? bytes.Length + 100 : bytes.Length;
        await response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
        if (answer.IsCutOff)
        {
            await response.OutputStream.FlushAsync().ConfigureAwait(false);
            response.Abort();
        }
        else
        {
            response.Close();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    // The pipeline sees Azure's own address, since it gives no login to an address without TLS; the network leads here.
    private sealed class ToLoopback(Uri address) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => base.Send(Redirected(request), cancellationToken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(Redirected(request), cancellationToken);

        private HttpRequestMessage Redirected(HttpRequestMessage request)
        {
            if (request.RequestUri is { Host: "management.azure.com" } asked)
            {
                request.RequestUri = new Uri(address, asked.PathAndQuery);
                return request;
            }

            throw new InvalidOperationException($"a request would leave for {request.RequestUri?.Host}");
        }
    }
}

/// <summary>A login that always works.</summary>
public sealed class LoopbackCredential : TokenCredential
{
    private int _count;

    /// <summary>How often a token was asked for.</summary>
    public int Count => _count;

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return new AccessToken(LoopbackAzure.Token, DateTimeOffset.MaxValue);
    }

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}
