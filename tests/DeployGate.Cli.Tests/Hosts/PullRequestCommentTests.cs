using System.Text.Json.Nodes;
using DeployGate.Cli.Hosts;

namespace DeployGate.Cli.Tests.Hosts;

public sealed class PullRequestCommentTests
{
    private const string Token = "ghs_this_is_the_token";

    [Fact]
    public void The_first_run_adds_a_comment_and_the_next_one_updates_it()
    {
        using var hub = new LoopbackGitHub();
        Comment(hub);
        Comment(hub);
        Assert.Equal(["GET 1", "POST", "GET 1", "PATCH 1000"], hub.Requests);
        var body = Assert.Single(hub.Comments).Body;
        Assert.StartsWith(PullRequestComment.Mark + "\n### DeployGate: the gate is closed\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_comment_is_found_behind_a_full_page_of_others()
    {
        using var hub = new LoopbackGitHub();
        hub.Comments.AddRange(Enumerable.Range(1, 130).Select(id => ((long)id, id == 120 ? PullRequestComment.Mark + "\nold" : "other " + PullRequestComment.Mark)));
        Comment(hub);
        Assert.Equal(["GET 1", "GET 2", "PATCH 120"], hub.Requests);
    }

    [Fact]
    public void A_passing_failure_is_tried_again()
    {
        using var hub = new LoopbackGitHub { Failures = { (429, "0"), (502, "0") } };
        Assert.Equal("", Comment(hub));
        Assert.Equal(["GET 1", "GET 1", "GET 1", "POST"], hub.Requests);
    }

    [Fact]
    public void A_refusal_is_said_without_the_token_and_changes_nothing_about_the_gate()
    {
        using var hub = new LoopbackGitHub { Failures = { (403, null) } };
        var error = Comment(hub);
        Assert.StartsWith("deploygate: no comment was written: GET repos/contoso/images/issues/7/comments", error, StringComparison.Ordinal);
        Assert.Contains("GitHub answered 403", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@@ -7,3 +7,4 @@ x", true)]
    [InlineData("@@ -7,3 +11,4 @@ x", false)]
    [InlineData(null, false)]
    public void A_safe_cure_is_suggested_once_on_lines_that_the_pull_request_shows(string? patch, bool isSuggested)
    {
        using var hub = new LoopbackGitHub { File = new JsonObject { ["filename"] = "image.bicep", ["patch"] = patch } };
        using var runner = new Runner();
        var template = Waivers.SpecializedImage.Bicep();
        File.WriteAllText(Path.Combine(runner.Folder, "image.bicep"), template);
        File.WriteAllText(Path.Combine(runner.Folder, "facts.json"), """{ "schema": "deploygate-inspection/v1", "disk": "https://contoso.blob.core.windows.net/vhds/lab.vhd", "os": { "type": "Linux" }, "state": "Generalized" }""");
        (string, string)[] inputs = [("paths", "image.bicep"), ("state", "facts.json"), ("suggest", "true"), ("token", Token)];
        for (var run = 0; run < 2; run++)
        {
            Assert.Equal("", runner.With("GITHUB_API_URL", hub.Address).Run(inputs).Error);
        }

        Assert.Equal(isSuggested ? 1 : 0, hub.Reviews.Count);
        if (isSuggested)
        {
            Assert.Equal("COMMENT", (string?)hub.Reviews[0]["event"]);
            var comment = Assert.Single(hub.Reviews[0]["comments"]!.AsArray())!;
            Assert.Equal(("image.bicep", 10, "RIGHT", null), ((string?)comment["path"], (int)comment["line"]!, (string?)comment["side"], comment["start_line"]));
            Assert.Equal("**DG2004**: `osState is 'Specialized', but a managed image can only be Generalized`\n\n```suggestion\n        osState: 'Generalized'\n```\n", (string?)comment["body"]);
        }
    }

    [Fact]
    public void Nothing_is_sent_to_a_server_that_is_neither_https_nor_here()
    {
        using var runner = new Runner();
        var (exit, _, error) = runner.With("GITHUB_API_URL", "http://api.example.test").Run(Inputs);
        Assert.Equal(1, exit);
        Assert.Contains("no comment was written: GITHUB_API_URL is not an https address", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_pull_request_or_a_token_it_says_so()
    {
        using var runner = new Runner();
        var (_, _, error) = runner.Run(("paths", "examples/golden-image"), ("comment", "true"));
        Assert.Contains("the input token is missing", error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(runner.Folder, ".event"), """{ "ref": "refs/heads/main" }""");
        (_, _, error) = runner.Run(("token", Token));
        Assert.Contains("the run is not of a pull request", error, StringComparison.Ordinal);
    }

    private static (string, string)[] Inputs => [("paths", "examples/golden-image"), ("state", "examples/golden-image/facts"), ("comment", "true"), ("token", Token)];

    private static string Comment(LoopbackGitHub hub)
    {
        using var runner = new Runner();
        var (exit, output, error) = runner.With("GITHUB_API_URL", hub.Address).Run(Inputs);
        Assert.Equal(1, exit);
        Assert.DoesNotContain(Token, output + error + runner.Summary, StringComparison.Ordinal);
        Assert.All(hub.Authorizations, one => Assert.Equal($"Bearer {Token}", one));
        return error;
    }
}
