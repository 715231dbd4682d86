using System.Text.Json;
using System.Text.Json.Nodes;
using DeployGate.Cli.Files;
using DeployGate.Core.Policies;

namespace DeployGate.Cli.Hosts;

/// <summary>A change of whole lines that a reader of a pull request can take with a click.</summary>
/// <param name="Path">The file, from the repository's root.</param>
/// <param name="Lines">The lines it replaces.</param>
/// <param name="Body">The comment, with the suggestion in it.</param>
internal sealed record Suggestion(string Path, LineRange Lines, string Body);

/// <summary>As much of pull request reviews as suggestions need.</summary>
/// <seealso href="https://docs.github.com/rest/pulls/reviews#create-a-review-for-a-pull-request"/>
internal sealed class GitHubReviews(GitHubApi api)
{
    /// <summary>One review with the suggestions whose lines the pull request shows and that are not there yet; why it could not be done, else null.</summary>
    internal string? Suggest(int pullRequest, IReadOnlyList<Suggestion> suggestions) => GitHubApi.Try(() =>
    {
        if (suggestions.Count == 0)
        {
            return;
        }

        var shown = ShownLines(pullRequest);
        var known = Known(pullRequest);
        var comments = suggestions
            .Where(one => shown.GetValueOrDefault(one.Path)?.Exists(hunk => hunk.First <= one.Lines.First && one.Lines.Last <= hunk.Last) == true)
            .Where(one => !known.Contains((one.Path, one.Body)))
            .Select(CommentOf)
            .ToArray<JsonNode?>();
        if (comments.Length > 0)
        {
            var review = new JsonObject { ["event"] = "COMMENT", ["comments"] = new JsonArray(comments) };
            api.Send(HttpMethod.Post, $"{api.Repository}/pulls/{pullRequest}/reviews", review.ToJsonString()).Dispose();
        }
    });

    private static JsonObject CommentOf(Suggestion one)
    {
        var comment = new JsonObject { ["path"] = one.Path, ["body"] = one.Body, ["line"] = one.Lines.Last, ["side"] = "RIGHT" };
        if (one.Lines.First < one.Lines.Last)
        {
            comment["start_line"] = one.Lines.First;
            comment["start_side"] = "RIGHT";
        }

        return comment;
    }

    // GitHub refuses a whole review when one comment lies outside of the diff. A large or binary file has no patch.
    private Dictionary<string, List<LineRange>> ShownLines(int pullRequest)
    {
        var shown = new Dictionary<string, List<LineRange>>(StringComparer.Ordinal);
        foreach (var file in api.List($"{api.Repository}/pulls/{pullRequest}/files"))
        {
            var patch = file.TryGetProperty("patch", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
            shown[file.GetProperty("filename").GetString() ?? ""] = [.. HunkHeader.RangesOf(patch)];
        }

        return shown;
    }

    private HashSet<(string, string)> Known(int pullRequest)
    {
        var known = new HashSet<(string, string)>();
        foreach (var comment in api.List($"{api.Repository}/pulls/{pullRequest}/comments"))
        {
            known.Add((comment.GetProperty("path").GetString() ?? "", (comment.GetProperty("body").GetString() ?? "").Replace("\r\n", "\n", StringComparison.Ordinal)));
        }

        return known;
    }
}
