using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeployGate.Cli.Hosts;

/// <summary>As much of issue comments as one comment needs.</summary>
/// <seealso href="https://docs.github.com/rest/issues/comments"/>
internal sealed class GitHubComments(GitHubApi api)
{
    /// <summary>Updates the comment that begins with the mark, or adds it; why it could not be done, else null.</summary>
    internal string? Put(int pullRequest, string mark, string body) => GitHubApi.Try(() =>
    {
        var json = new JsonObject { ["body"] = body }.ToJsonString();
        using var answer = Find(pullRequest, mark) is { } known
            ? api.Send(HttpMethod.Patch, $"{api.Repository}/issues/comments/{known}", json)
            : api.Send(HttpMethod.Post, $"{api.Repository}/issues/{pullRequest}/comments", json);
    });

    private long? Find(int pullRequest, string mark)
    {
        foreach (var comment in api.List($"{api.Repository}/issues/{pullRequest}/comments"))
        {
            if (comment.GetProperty("body") is { ValueKind: JsonValueKind.String } body && body.GetString()!.StartsWith(mark, StringComparison.Ordinal))
            {
                return comment.GetProperty("id").GetInt64();
            }
        }

        return null;
    }
}
