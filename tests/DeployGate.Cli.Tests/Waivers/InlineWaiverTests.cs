using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Waivers;

public sealed class InlineWaiverTests
{
    [Theory]
    [InlineData("", " // deploygate: ignore DG2004 -- lab")]
    [InlineData("", " /* deploygate: ignore DG2004 -- lab */")]
    [InlineData("// deploygate: ignore DG2004 -- lab", "")]
    [InlineData("// deploygate: ignore DG3001, DG2004 until 9999-12-31 -- lab\n\n// another comment\n@description('decorated')", "")]
    public void A_waiver_on_the_line_or_above_the_resource_accepts_the_finding(string before, string onLine) =>
        Assert.Contains("gate: OPEN - 0 errors, 0 warnings, 1 accepted", Check(before, onLine).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("// deploygate: ignore DG2004 -- another resource\nparam x string = ''", "")]
    [InlineData("", " // DeployGate: ignore DG2004 -- a sentence about the tool")]
    [InlineData("param x string = 'deploygate: ignore DG2004 -- a text'", "")]
    public void What_stands_elsewhere_accepts_nothing(string before, string onLine) => Assert.Equal(1, Check(before, onLine).Exit);

    [Theory]
    [InlineData("ignore DG2004", "it gives no reason after '--'")]
    [InlineData("ignore DG2004 --  ", "it gives no reason after '--'")]
    [InlineData("ignore -- why", "it names no rule")]
    [InlineData("ignore DG2O04 -- why", "there is no rule 'DG2O04'; did you mean 'DG2004'?")]
    [InlineData("ignore DG2004 until tomorrow -- why", "after 'until' stands one day, such as 2027-01-31")]
    [InlineData("ignore DG2004 until 2027-02-30 -- why", "after 'until' stands one day, such as 2027-01-31")]
    [InlineData("disable DG2004 -- why", "'disable' is not a word that is known here")]
    [InlineData("", "it says nothing")]
    public void A_waiver_that_is_none_is_an_error(string words, string mistake)
    {
        var (exit, output) = Check("", $" // deploygate: {words}");
        Assert.Equal(1, exit);
        Assert.Contains($"error: image.bicep:10:35: this is no waiver: {mistake}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_that_is_none_leaves_the_gate_incomplete_when_nothing_else_is_wrong()
    {
        using var folder = new TemporaryFolder();
        folder.Write("image.bicep", SpecializedImage.Bicep().Replace("'Specialized'", "'Generalized' // deploygate: ignore DG2004", StringComparison.Ordinal));
        Assert.Equal(3, Repository.Run(folder.Path, "check").Exit);
    }

    [Fact]
    public void Metadata_of_a_resource_covers_this_resource_alone()
    {
        using var folder = new TemporaryFolder();
        static string Image(string name, string metadata) => $$"""
            { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "{{name}}", {{metadata}}
              "properties": { "hyperVGeneration": "V2", "storageProfile": { "osDisk": { "osType": "Linux", "osState": "Specialized", "blobUri": "https://c.blob.core.windows.net/v/{{name}}.vhd" } } } }
            """;
        folder.Write("image.json", $$"""{ "resources": [ {{Image("one", """ "metadata": { "deploygate": "ignore DG2004 -- lab" },""")}}, {{Image("two", "")}} ] }""");
        var (exit, output, _) = Repository.Run(folder.Path, "check", "image.json", "--quiet");
        Assert.Equal(1, exit);
        Assert.Contains("gate: CLOSED - 1 error, 0 warnings, 1 accepted", output, StringComparison.Ordinal);
    }

    private static (int Exit, string Output) Check(string before, string onLine)
    {
        using var folder = new TemporaryFolder();
        folder.Write("image.bicep", SpecializedImage.Bicep(before: before, onLine: onLine));
        var (exit, output, error) = Repository.Run(folder.Path, "check");
        Assert.Equal("", error);
        return (exit, output);
    }

    [Fact]
    public void Two_waivers_on_a_line_are_two_and_each_has_its_own_reason()
    {
        var waivers = Read("/* deploygate: ignore DG2004 -- one */ // deploygate: ignore DG3001 -- two\n");
        Assert.Equal([("DG2004", "one"), ("DG3001", "two")], waivers.Select(waiver => (waiver.RuleId, waiver.Reason)));
    }

    [Fact]
    public void A_mark_that_ends_like_a_comment_begins_is_no_waiver_and_no_defect() =>
        Assert.Equal("DG2004", Assert.Single(Read("// deploygate:: deploygate: ignore DG2004 -- x\n")).RuleId);

    [Theory]
    [InlineData("// deploygate: ignore DG2004 -- x\n")]
    [InlineData("// deploygate: ignore DG2004 -- x ")]
    public void A_file_full_of_waivers_costs_no_square_of_them(string waiver)
    {
        var text = string.Concat(Enumerable.Repeat(waiver, 20_000)) + "\nresource";
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(20_000, Read(text).Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    private static System.Collections.Immutable.ImmutableArray<DeployGate.Core.Policies.Waiver> Read(string text) =>
        DeployGate.Cli.Waivers.InlineWaivers.Read(new DeployGate.Core.Text.SourceText("a.bicep", text), null).Waivers;
}
