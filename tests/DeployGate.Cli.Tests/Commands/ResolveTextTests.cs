using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Commands;

/// <summary><c>resolve --format text</c>, for people.</summary>
public sealed class ResolveTextTests
{
    private const string Template = """
        param name string
        param isLab bool
        resource old 'Microsoft.Compute/disks@2024-03-02' existing = { name: 'disk-old' }
        resource image 'Microsoft.Compute/images@2024-07-01' = { name: 'img-${name}', location: 'westeurope', properties: { } }
        resource lab 'Microsoft.Compute/images@2024-07-01' = if (isLab) { name: 'lab', location: 'westeurope', properties: { } }
        resource gone 'Microsoft.Compute/images@2024-07-01' = if (false) { name: 'gone', location: 'westeurope', properties: { } }
        """;

    [Fact]
    public void Each_resource_is_a_line_with_what_becomes_of_it_and_its_place()
    {
        using var folder = new TemporaryFolder();
        folder.Write("main.bicep", Template);
        var (exit, output, error) = Repository.Run(folder.Path, "resolve", "main.bicep", "--format", "text");
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(
            """
            main.bicep: 3 resources, 1 unknown value

                      type                      name                      declared at
            -----------------------------------------------------------------------------
            existing  Microsoft.Compute/disks   disk-old                  main.bicep:3:14
            deployed  Microsoft.Compute/images  img-{parameters('name')}  main.bicep:4:16
            perhaps   Microsoft.Compute/images  lab                       main.bicep:5:14


            """.ReplaceLineEndings("\n"),
            output);
    }

    [Fact]
    public void Another_format_is_refused()
    {
        var (exit, _, error) = Repository.Run(Path.GetTempPath(), "resolve", ".", "--format", "yaml");
        Assert.Equal((2, "deploygate: --format yaml: write json or text"), (exit, error.TrimEnd()));
    }
}
