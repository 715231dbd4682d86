using System.Text.Json;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.PolicyPacks;

public sealed class PolicyCommandTests
{
    private const string Failing = """
        version: 1
        policies:
          - id: CONTOSO001
            name: no-latest
            description: Versions are written.
            mode: uses
            if: { field: image.version, equals: latest }
            then: { effect: deny }
            message: "[field('image')] ##[[error]"
            cases:
              - name: latest is refused
                use: { image: a, image.version: latest }
                expect: deny
              - name: a wrong expectation
                use: { image: a, image.version: latest }
                expect: pass
              - name: nothing to look at
                resource: { type: Microsoft.Compute/disks, apiVersion: "2024-03-02", name: d }
                expect: pass
              - name: a template that is none
                template: "resource x ="
                expect: pass
              - name: not given
                use: { image: a }
                expect: deny
        """;

    [Fact]
    public void Every_example_holds()
    {
        var (exit, output, error) = Repository.Run(Repository.Root, "policy", "test", "policies/examples", "--format", "json");
        Assert.Equal((0, ""), (exit, error));
        var summary = JsonDocument.Parse(output).RootElement.GetProperty("summary");
        Assert.Equal(0, summary.GetProperty("failed").GetInt32());
        Assert.InRange(summary.GetProperty("cases").GetInt32(), 26, int.MaxValue);
        Assert.Equal((0, "5 files, 7 policies without mistakes: 0 errors, 0 warnings\n", ""), Repository.Run(Repository.Root, "policy", "lint", "policies/examples"));
    }

    [Fact]
    public void A_case_that_fails_shows_what_was_expected_and_what_came()
    {
        using var folder = new TemporaryFolder();
        folder.Write("contoso.yml", Failing);
        var (exit, output, error) = Repository.Run(folder.Path, "policy", "test");
        Assert.Equal((1, ""), (exit, error));
        Assert.Equal(
            """
            contoso.yml
              CONTOSO001 no-latest
                ok    latest is refused
                FAIL  a wrong expectation
                      contoso.yml:14:15: expected pass, got deny
                      a ##\[error]
                FAIL  nothing to look at
                      contoso.yml:17:15: expected pass, got broken
                      the template uses no image, so that there is nothing to look at
                FAIL  a template that is none
                      contoso.yml:20:15: expected pass, got broken
                      line 1 of the template: not valid Bicep: expected the resource's type and API version in single quotes, found '='
                FAIL  not given
                      contoso.yml:23:15: expected deny, got unknown
                      Versions are written. Not known, because the case does not say it.
            1 policy, 5 cases, 4 failed

            """, output);
    }

    [Fact]
    public void Json_says_the_same()
    {
        using var folder = new TemporaryFolder();
        folder.Write("contoso.yml", Failing);
        var (exit, output, _) = Repository.Run(folder.Path, "policy", "test", "contoso.yml", "--format", "json");
        Assert.Equal(1, exit);
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal("deploygate-policy-test/v1", root.GetProperty("schema").GetString());
        Assert.Equal(["deny", "deny", "broken", "broken", "unknown"], root.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("actual").GetString()));
    }

    [Theory]
    [InlineData(2, "policy", "test", "--format", "xml")]
    [InlineData(3, "policy", "test", "nowhere.yml")]
    [InlineData(3, "policy", "lint", ".")]
    [InlineData(2, "check", "--policy", "nowhere.yml")]
    public void What_cannot_be_read_or_understood_has_its_exit_code(int exit, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("other.yml", "on: push");
        Assert.Equal(exit, Repository.Run(folder.Path, arguments).Exit);
    }

    [Fact]
    public void An_id_that_two_files_use_is_told_and_nothing_is_checked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rules/a.yml", Failing);
        folder.Write("rules/b.yaml", Failing);
        folder.Write("rules/deploygate.yml", "version: 1\npolicies: [a.yml]");
        folder.Write("rules/workflow.yml", "on: push");
        var (exit, output, error) = Repository.Run(folder.Path, "check", "--policy", "rules");
        Assert.Equal((2, ""), (exit, output));
        Assert.Equal("deploygate: rules/b.yaml:3:9: the id 'CONTOSO001' is used twice: also at rules/a.yml:3:9. Give each policy an id of its own.\n", error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_policy_that_fired_is_a_rule_of_the_SARIF_log()
    {
        var folder = Path.Combine(Repository.Root, "tests/golden/policies/uses-fire");
        var (exit, output, _) = Repository.Run(folder, "check", ".", "--state", "facts.json", "--policy", "policies.yml", "--report", "sarif");
        Assert.Equal(1, exit);
        var run = JsonDocument.Parse(output).RootElement.GetProperty("runs")[0];
        Assert.Equal(["CONTOSO001", "CONTOSO003", "DG7001"], run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        Assert.Contains("policies.yml", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("help").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["CONTOSO001", "CONTOSO003", "DG7001"], run.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("ruleId").GetString()));
    }
}
