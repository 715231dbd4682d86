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
}
