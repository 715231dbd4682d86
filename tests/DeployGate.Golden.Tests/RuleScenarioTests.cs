using DeployGate.Core.Rules;

namespace DeployGate.Golden.Tests;

/// <summary>
/// Every rule has a folder that makes it fire, the same with the cure applied, and one that looks alike. The outputs
/// themselves are compared with all others; here it is the kind of folder that is held to its name.
/// </summary>
public sealed class RuleScenarioTests
{
    public static TheoryData<string> Ids { get; } = [.. RuleCatalog.All.Select(rule => rule.Descriptor.Id)];

    /// <summary>Each folder of a rule: <c>fail</c>, <c>pass</c> and <c>near-miss</c>, and others of the same beginning: <c>fail-bicep</c>.</summary>
    public static TheoryData<string, string> Folders { get; } = FoldersOf();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_has_one_of_each(string id) => Assert.All(
        (string[])["fail", "pass", "near-miss"],
        kind => Assert.True(Directory.Exists(Path.Combine(Repository.Golden, "rules", id, kind)), $"{id}/{kind} is missing"));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_does_what_its_name_says(string id, string folder)
    {
        var found = RulesOf(id, folder, out var exitCode);
        switch (folder)
        {
            case var name when name.StartsWith("fail", StringComparison.Ordinal):
                Assert.Contains(id, found);
                break;
            case var name when name.StartsWith("pass", StringComparison.Ordinal):
                Assert.Empty(found);
                Assert.Equal(0, exitCode);
                break;
            default:
                Assert.StartsWith("near-miss", folder, StringComparison.Ordinal);
                Assert.DoesNotContain(id, found);
                break;
        }
    }

    private static List<string> RulesOf(string id, string kind, out int exitCode)
    {
        var run = GoldenRun.Of(new Scenario($"rules/{id}/{kind}"), "", "json");
        exitCode = run.ExitCode;
        Assert.NotEmpty(run.Report["uses"]!.AsArray());
        return [.. run.Report["findings"]!.AsArray().Select(finding => (string)finding!["rule"]!)];
    }

    private static TheoryData<string, string> FoldersOf()
    {
        var folders = new TheoryData<string, string>();
        foreach (var id in RuleCatalog.All.Select(rule => rule.Descriptor.Id))
        {
            foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Repository.Golden, "rules", id)).Order(StringComparer.Ordinal))
            {
                folders.Add(id, Path.GetFileName(folder));
            }
        }

        return folders;
    }
}
