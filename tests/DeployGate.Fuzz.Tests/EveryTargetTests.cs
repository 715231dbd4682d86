using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.Fuzz.Targets;

namespace DeployGate.Fuzz.Tests;

/// <summary>A short run of every target, always with the same inputs; <c>scripts/fuzz.sh</c> is the long one.</summary>
public class EveryTargetTests
{
    private const int Executions = 150;

    public static TheoryData<string> Names => [.. TargetCatalog.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Broken_input_is_answered_in_bounds_of_time_and_memory(string name)
    {
        var target = TargetCatalog.Find(name)!;
        var missing = target.Open(new SeedFiles(SeedFiles.Repository()!, corpus: null));
        Assert.SkipWhen(missing is not null, missing ?? "");
        using var folder = new TemporaryProgress();
        var findings = new List<FuzzFinding>();
        new TargetRun(target, 1, folder.Progress, findings.Add).Run(Executions, TimeSpan.MaxValue);
        Assert.Empty(findings);
        Assert.Equal(Executions, folder.Progress.Executions);
    }

    [Fact]
    public void Names_of_targets_are_unique_words() =>
        Assert.All(TargetCatalog.All.GroupBy(target => target.Name), group => Assert.True(group.Count() == 1 && group.Key.All(c => char.IsAsciiLetterLower(c) || c == '-'), group.Key));
}
