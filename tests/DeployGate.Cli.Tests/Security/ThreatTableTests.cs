using System.Text.RegularExpressions;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Security;

/// <summary>Each threat that SECURITY.md names has a proof, and each proof exists.</summary>
public sealed partial class ThreatTableTests
{
    [Fact]
    public void Every_promise_names_tests_that_exist()
    {
        var rows = Repository.Read("SECURITY.md").Split('\n')
            .SkipWhile(line => !line.StartsWith("| An attacker wants to", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        Assert.Equal(9, rows.Count);
        foreach (var row in rows)
        {
            var proofs = Name().Matches(row[3]).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(proofs);
            Assert.All(proofs, proof => Assert.Contains(sources[proof], file => File.ReadAllText(file) is var text && text.Contains($"class {proof}", StringComparison.Ordinal) && (text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("[Theory", StringComparison.Ordinal))));
        }
    }

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex Name();
}
