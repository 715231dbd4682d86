using System.Text.Json;
using DeployGate.Cli.Output;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Markdown;

namespace DeployGate.Cli.Hosts;

/// <summary>The comment of a run on its pull request: one, found again by a hidden mark, and updated in place; and its suggestions.</summary>
internal static class PullRequestComment
{
    internal const string Mark = "<!-- deploygate: this comment is updated by each run -->";

    /// <summary>Writes what the inputs <c>comment</c> and <c>suggest</c> ask for, when the run is of a pull request; why not, else nothing.</summary>
    internal static IEnumerable<string> Write(GateReport report, Surroundings surroundings)
    {
        string? Input(string name) => ActionInput.All.Single(input => input.Name == name).Of(surroundings.Environment);
        var (isComment, isSuggestion) = (IsTrue(Input("comment")), IsTrue(Input("suggest")));
        if (!isComment && !isSuggestion)
        {
            return [];
        }

        if (NumberOf(surroundings.Environment("GITHUB_EVENT_PATH")) is not { } number)
        {
            return ["the run is not of a pull request"];
        }

        if (Input("token") is not { } token || surroundings.Environment("GITHUB_REPOSITORY") is not { Length: > 0 } repository)
        {
            return ["the input token is missing"];
        }

        var server = surroundings.Environment("GITHUB_API_URL") is { Length: > 0 } given ? given : "https://api.github.com";
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            return ["GITHUB_API_URL is not an https address"];
        }

        using var api = new GitHubApi(address, repository, token, surroundings.Clock);
        var comment = isComment ? new GitHubComments(api).Put(number, Mark, $"{Mark}\n{MarkdownReport.Of(report, MarkdownReport.CommentBytes, ActionCommand.StyleOf(surroundings.Environment))}") : null;
        var review = isSuggestion ? new GitHubReviews(api).Suggest(number, ReviewSuggestions.Of(report)) : null;
        return [.. new[] { comment, review }.OfType<string>()];
    }

    /// <summary>True when the action's input <c>suggest</c> is set: cures have to be proven then.</summary>
    internal static bool WantsSuggestions(Func<string, string?> environment) => IsTrue(ActionInput.All.Single(input => input.Name == "suggest").Of(environment));

    private static bool IsTrue(string? word) => string.Equals(word, "true", StringComparison.OrdinalIgnoreCase);

    private static int? NumberOf(string? eventFile)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(eventFile ?? ""));
            return document.RootElement.TryGetProperty("pull_request", out var pull) && pull.TryGetProperty("number", out var number) && number.TryGetInt32(out var value) ? value : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
