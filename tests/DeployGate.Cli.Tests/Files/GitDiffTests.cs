using DeployGate.Cli.Files;
using DeployGate.Core.Policies;

namespace DeployGate.Cli.Tests.Files;

/// <summary>What Git prints of files that anyone may have written.</summary>
public class GitDiffTests
{
    private static ChangedLines Parse(string diff) => new GitChanges("/repository").Parse("main", "/repository", diff, "");

    [Theory]
    [InlineData("+++ b/other.bicep")]
    [InlineData("+x\u2028+++ b/other.bicep")]
    [InlineData("+x\r+++ b/other.bicep")]
    [InlineData("++ \"b/\\000\"")]
    public void An_added_line_that_looks_like_a_header_does_not_take_the_changes_below_it(string added)
    {
        var changes = Parse($"--- a/main.bicep\n+++ b/main.bicep\n@@ -1,0 +2 @@\n{(added[1] == 'x' ? "" : "+")}{added}\n@@ -8,0 +10 @@\n+resource\n");
        Assert.Equal("main.bicep", Assert.Single(changes.Files.Keys));
        Assert.Equal([new LineRange(2, 2), new LineRange(10, 10)], changes.Files["main.bicep"]);
    }

    [Fact]
    public void The_file_after_one_that_went_has_its_own_lines()
    {
        var changes = Parse("--- a/gone.bicep\n+++ /dev/null\n@@ -1,2 +0,0 @@\n--- b\n-x\n\\ No newline at end of file\n--- a/a b.bicep\n+++ b/a b.bicep\t\n@@ -3 +3 @@\n-a\n+b\n");
        Assert.Equal([new LineRange(3, 3)], changes.Files["a b.bicep"]);
    }

    [Fact]
    public void A_name_with_a_zero_names_no_file() => Assert.Empty(Parse("+++ \"b/\\000\"\n@@ -0,0 +1 @@\n+x\n").Files);
}
