using System.Text.Json;
using DeployGate.Cli.Output;
using DeployGate.Core.Reports;
using DeployGate.Reporting.GitHub;

namespace DeployGate.Cli.Hosts;

/// <summary>The comment of a run on its pull request: one, found again by a hidden mark, and updated in place.</summary>
internal static class PullRequestComment
{
    internal const string Mark = "<!-- deploygate: this comment is updated by each run -->";

    /// <summary>GitHub refuses a comment beyond 65,536 characters.</summary>
    private const int MaxComment = 60_000;

    /// <summary>Writes it when the input <c>comment</c> asks for it and the run is of a pull request; why not, else null.</summary>
    internal static string? Write(GateReport report, Surroundings surroundings)
    {
        string? Input(string name) => ActionInput.All.Single(input => input.Name == name).Of(surroundings.Environment);
        if (!string.Equals(Input("comment"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (NumberOf(surroundings.Environment("GITHUB_EVENT_PATH")) is not { } number)
        {
            return "the run is not of a pull request";
        }

        if (Input("token") is not { } token || surroundings.Environment("GITHUB_REPOSITORY") is not { Length: > 0 } repository)
        {
            return "the input token is missing";
        }

        var server = surroundings.Environment("GITHUB_API_URL") is { Length: > 0 } given ? given : "https://api.github.com";
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var api) || (api.Scheme != Uri.UriSchemeHttps && !api.IsLoopback))
        {
            return "GITHUB_API_URL is not an https address";
        }

        using var comments = new GitHubComments(api, repository, token, surroundings.Clock);
        return comments.Put(number, Mark, $"{Mark}\n{JobSummary.Of(report, MaxComment)}");
    }

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
