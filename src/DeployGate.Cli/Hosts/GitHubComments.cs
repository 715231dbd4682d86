using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DeployGate.Cli.Hosts;

/// <summary>As much of GitHub's REST API as one comment needs. The token travels in one header and is never printed.</summary>
/// <seealso href="https://docs.github.com/rest/issues/comments"/>
internal sealed class GitHubComments : IDisposable
{
    private const int PageSize = 100;

    /// <summary>Three thousand comments: beyond that a new comment is written, instead of reading for ever.</summary>
    private const int MaxPages = 30;

    private const int MaxAttempts = 4;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client;
    private readonly string _repository;
    private readonly TimeProvider _clock;

    internal GitHubComments(Uri api, string repository, string token, TimeProvider clock)
    {
        (_repository, _clock) = (string.Join('/', repository.Split('/').Select(Uri.EscapeDataString)), clock);

        // A redirect could carry the token to another server.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = api, Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("DeployGate", ToolVersion.Number));
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        _client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    /// <summary>Updates the comment that begins with the mark, or adds it; why it could not be done, else null.</summary>
    internal string? Put(int pullRequest, string mark, string body)
    {
        try
        {
            var id = Find(pullRequest, mark);
            using var answer = id is { } known
                ? Send(HttpMethod.Patch, $"repos/{_repository}/issues/comments/{known}", body)
                : Send(HttpMethod.Post, $"repos/{_repository}/issues/{pullRequest}/comments", body);
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return exception.Message;
        }
    }

    private long? Find(int pullRequest, string mark)
    {
        for (var page = 1; page <= MaxPages; page++)
        {
            using var answer = Send(HttpMethod.Get, $"repos/{_repository}/issues/{pullRequest}/comments?per_page={PageSize}&page={page}", null);
            var comments = answer.RootElement.EnumerateArray().ToList();
            foreach (var comment in comments.Where(comment => comment.GetProperty("body").GetString()?.StartsWith(mark, StringComparison.Ordinal) == true))
            {
                return comment.GetProperty("id").GetInt64();
            }

            if (comments.Count < PageSize)
            {
                return null;
            }
        }

        return null;
    }

    private JsonDocument Send(HttpMethod method, string path, string? body)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
            {
                request.Content = new StringContent($"{{\"body\":\"{JsonEncodedText.Encode(body)}\"}}", Encoding.UTF8, "application/json");
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

    // A second POST after a 5xx could write the comment twice; the next run updates the first of them.
    private static bool IsPassing(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500
        || (response.StatusCode == HttpStatusCode.Forbidden && response.Headers.RetryAfter is not null);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
