using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DeployGate.Reporting;

namespace DeployGate.Cli.Hosts;

/// <summary>GitHub's REST API: requests that are tried again, lists page by page. The token travels in one header and is never printed.</summary>
/// <seealso href="https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api"/>
internal sealed class GitHubApi : IDisposable
{
    private const int PageSize = 100;

    /// <summary>Three thousand items of a list: beyond that nobody reads on.</summary>
    private const int MaxPages = 30;

    private const int MaxAttempts = 4;

    /// <summary>A page of a hundred comments, each as long as GitHub lets it be, is smaller.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client;
    private readonly TimeProvider _clock;

    /// <summary>Prepares requests; tests hand in the network.</summary>
    internal GitHubApi(Uri api, string repository, string token, TimeProvider clock, HttpMessageHandler? network = null)
    {
        (Repository, _clock) = ("repos/" + string.Join('/', repository.Split('/').Select(Uri.EscapeDataString)), clock);

        // A redirect could carry the token to another server.
        var handler = network ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        _client = new HttpClient(handler) { BaseAddress = api, Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = MostBytes };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("DeployGate", ToolVersion.Number));
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        _client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    /// <summary>The path of the repository.</summary>
    internal string Repository { get; }

    /// <summary>Does what asks GitHub; why it could not be done, else null.</summary>
    internal static string? Try(Action ask)
    {
        try
        {
            ask();
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return exception is TaskCanceledException ? "GitHub did not answer in time" : SafeText.Line(exception.Message);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return "GitHub's answer is not as its documentation says";
        }
    }

    /// <summary>The items of a list, page by page as they are asked for; each is valid until the next is asked for.</summary>
    internal IEnumerable<JsonElement> List(string path)
    {
        for (var page = 1; page <= MaxPages; page++)
        {
            using var answer = Send(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{path}?per_page={PageSize}&page={page}"), null);
            foreach (var item in answer.RootElement.EnumerateArray())
            {
                yield return item;
            }

            if (answer.RootElement.GetArrayLength() < PageSize)
            {
                yield break;
            }
        }
    }

    /// <summary>Sends a request; an answer that is no success throws.</summary>
    internal JsonDocument Send(HttpMethod method, string path, string? json)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path);
            if (json is not null)
            {
                request.Content = new StringContent(json, Encoding.UTF8, "application/json");
            }

            using var response = _client.Send(request);
            if (response.IsSuccessStatusCode)
            {
                using var stream = response.Content.ReadAsStream();
                return JsonDocument.Parse(stream);
            }

            if (attempt == MaxAttempts || !IsPassing(response))
            {
                throw new HttpRequestException($"{method} {path}: GitHub answered {(int)response.StatusCode} {response.ReasonPhrase}");
            }

            var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(attempt * attempt);
            Task.Delay(wait < s_longestWait ? wait : s_longestWait, _clock).GetAwaiter().GetResult();
        }
    }

    // A second POST after a 5xx could write twice; the next run finds what is there.
    private static bool IsPassing(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500
        || (response.StatusCode == HttpStatusCode.Forbidden && response.Headers.RetryAfter is not null);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
