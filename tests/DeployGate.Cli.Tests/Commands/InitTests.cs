using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Commands;

public sealed class InitTests
{
    [Fact]
    public void A_repository_without_pipelines_gets_a_configuration_and_a_workflow()
    {
        using var folder = Repo();
        var (exit, output, error) = Repository.Run(folder.Path, "init");
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal("""
            found: 1 template(s), 0 parameter file(s), 0 script(s) and other YAML files
            wrote: deploygate.yml
            wrote: .github/workflows/deploygate.yml
            next: deploygate check

            """, output);
        Assert.Contains("\nversion: 1\n", Read(folder, "deploygate.yml"), StringComparison.Ordinal);
        Assert.Contains("      - run: |\n          dotnet tool install DeployGate --tool-path .deploygate --version ", Read(folder, ".github/workflows/deploygate.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_there_is_kept_and_said()
    {
        using var folder = Repo();
        folder.Write("deploygate.yml", "mine");
        var (exit, output, _) = Repository.Run(folder.Path, "init");
        Assert.Equal(0, exit);
        Assert.Contains("kept: deploygate.yml (it was there before)\n", output, StringComparison.Ordinal);
        Assert.Equal("mine", Read(folder, "deploygate.yml"));

        var workflow = Read(folder, ".github/workflows/deploygate.yml");
        Repository.Run(folder.Path, "init");
        Assert.Equal(workflow, Read(folder, ".github/workflows/deploygate.yml"));
    }

    [Theory]
    [InlineData("azure-pipelines.yml", "steps: []\n")]
    [InlineData(".azuredevops/build.yml", "steps: []\n")]
    [InlineData(".git/config", "[remote \"origin\"]\n\turl = https://contoso@dev.azure.com/contoso/images/_git/images\n")]
    public void A_repository_of_Azure_DevOps_gets_steps_for_its_pipelines(string file, string content)
    {
        using var folder = Repo();
        folder.Write(file, content);
        var (_, output, _) = Repository.Run(folder.Path, "init");
        Assert.Contains("wrote: .azure-pipelines/deploygate-steps.yml\n", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".github")));
    }

    [Fact]
    public void From_a_folder_below_the_files_go_to_the_root_of_the_repository_and_a_tool_of_the_manifest_is_used()
    {
        using var folder = Repo();
        folder.Write(".config/dotnet-tools.json", """{ "tools": { "deploygate": { "version": "0.1.0", "commands": ["deploygate"] } } }""");
        var (_, output, _) = Repository.Run(Path.Combine(folder.Path, "infra"), "init");
        Assert.Contains("wrote: ../deploygate.yml\nwrote: ../.github/workflows/deploygate.yml\nnext: dotnet deploygate check\n", output, StringComparison.Ordinal);
        Assert.Contains("          dotnet tool restore\n          dotnet deploygate check --state azure\n", Read(folder, ".github/workflows/deploygate.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_wrote_does_not_disturb_the_check()
    {
        using var folder = Repo();
        var before = Repository.Run(folder.Path, "check", "infra");
        Repository.Run(folder.Path, "init");
        var after = Repository.Run(folder.Path, "check");
        Assert.Equal((before.Exit, ""), (after.Exit, after.Error));
        Assert.DoesNotContain("deploygate.yml", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_said_and_exits_with_2()
    {
        using var folder = Repo();
        folder.Write(".github", "a file where a folder should be");
        var (exit, _, error) = Repository.Run(folder.Path, "init");
        Assert.Equal(2, exit);
        Assert.StartsWith("deploygate: '.github/workflows/deploygate.yml' was not written: ", error, StringComparison.Ordinal);
    }

    private static TemporaryFolder Repo()
    {
        var folder = new TemporaryFolder();
        folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        folder.Write("infra/main.bicep", "resource image 'Microsoft.Compute/images@2024-07-01' = {\n  name: 'img'\n  properties: { storageProfile: { osDisk: { osType: 'Linux', osState: 'Specialized', blobUri: 'https://a.blob.core.windows.net/v/x.vhd' } } }\n}\n");
        return folder;
    }

    private static string Read(TemporaryFolder folder, string path) => File.ReadAllText(Path.Combine(folder.Path, path));
}
