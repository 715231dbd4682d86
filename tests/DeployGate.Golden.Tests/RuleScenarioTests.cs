using DeployGate.Core.Rules;

namespace DeployGate.Golden.Tests;

/// <summary>
/// Every rule has a folder that makes it fire, the same with the cure applied, and one that looks alike. The outputs
/// themselves are compared with all others; here it is the kind of folder that is held to its name.
/// </summary>
public sealed class RuleScenarioTests
{
    public static TheoryData<string> Ids { get; } = [.. RuleCatalog.All.Select(rule => rule.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_fires(string id) => Assert.Contains(id, RulesOf(id, "fail", out _));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Cure_leaves_nothing(string id)
    {
        Assert.Empty(RulesOf(id, "pass", out var exitCode));
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Near_miss_does_not_fire(string id) => Assert.DoesNotContain(id, RulesOf(id, "near-miss", out _));

    private static List<string> RulesOf(string id, string kind, out int exitCode)
    {
        var run = GoldenRun.Of(new Scenario($"rules/{id}/{kind}"), "", "json");
        exitCode = run.ExitCode;
        Assert.NotEmpty(run.Report["uses"]!.AsArray());
        return [.. run.Report["findings"]!.AsArray().Select(finding => (string)finding!["rule"]!)];
    }
}
