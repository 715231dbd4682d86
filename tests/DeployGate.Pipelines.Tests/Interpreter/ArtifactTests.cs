namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>Templates that are compiled, copied, published and downloaded before they are deployed: the source is what is deployed.</summary>
public class ArtifactTests
{
    private const string Deploy = "az deployment group create -g rg -f";

    [Theory]
    [InlineData("az bicep build -f infra/main.bicep", "infra/main.json")]
    [InlineData("az bicep build --file infra/main.bicep --outfile out/x.json", "out/x.json")]
    [InlineData("az bicep build --file infra/main.bicep --outdir out", "./out/main.json")]
    [InlineData("bicep build infra/main.bicep", "infra/main.json")]
    [InlineData("cd infra; az bicep build -f main.bicep", "main.json")]
    public void What_is_compiled_is_its_source(string build, string file) => Assert.Equal(
        "deploy infra/main.bicep to ResourceGroup rg with ",
        RunPrinter.Bash($"{build}\n{Deploy} {file}"));

    [Theory]
    [InlineData("az bicep build -f infra/main.bicep", "infra/other.json")]
    [InlineData("az bicep build -f infra/main.bicep --stdout", "infra/main.json")]
    [InlineData("az bicep build -f infra/main.bicep --outdir $OUT", "infra/main.json")]
    [InlineData("az bicep lint -f infra/main.bicep", "infra/main.json")]
    [InlineData("echo az bicep build -f infra/main.bicep", "infra/main.json")]
    public void What_is_not_compiled_stays_what_it_is(string build, string file) => Assert.Equal(
        $"deploy {file} to ResourceGroup rg with ",
        RunPrinter.Bash($"{build}\n{Deploy} {file}"));

    [Fact]
    public void A_compiled_parameter_file_is_its_source() => Assert.Equal(
        "deploy infra/main.bicep to ResourceGroup rg with file infra/main.bicepparam",
        RunPrinter.Bash($"az bicep build-params -f infra/main.bicepparam --outfile p.json\n{Deploy} infra/main.bicep -p p.json", ("p.json", "{}")));

    [Theory]
    [InlineData("- publish: $(Build.ArtifactStagingDirectory)\n    artifact: drop", "- download: current\n    artifact: drop", "$(Pipeline.Workspace)/drop/main.json", "infra/main.bicep")]
    [InlineData("- task: PublishBuildArtifacts@1", "- task: DownloadBuildArtifacts@0\n    inputs: { artifactName: drop }", "$(System.ArtifactsDirectory)/drop/main.json", "infra/main.bicep")]
    [InlineData("- task: PublishPipelineArtifact@1\n    inputs: { targetPath: infra, artifact: drop }", "- task: DownloadPipelineArtifact@2\n    inputs: { artifact: drop, path: $(Pipeline.Workspace)/t }", "$(Pipeline.Workspace)/t/azuredeploy.json", "infra/azuredeploy.json")]
    [InlineData("- task: CopyFiles@2\n    inputs: { SourceFolder: infra, TargetFolder: $(Build.ArtifactStagingDirectory)/t }\n  - publish: $(Build.ArtifactStagingDirectory)\n    artifact: drop", "- download: current", "$(Pipeline.Workspace)/drop/t/azuredeploy.json", "infra/azuredeploy.json")]
    public void What_one_job_publishes_another_deploys(string publish, string download, string file, string expected) => Assert.Equal(
        $"deploy {expected} to ResourceGroup rg with ",
        Azure(publish, download, file));

    [Theory]
    [InlineData("- publish: $(Build.ArtifactStagingDirectory)\n    artifact: drop", "- download: current\n    artifact: other", "$(Pipeline.Workspace)/drop/main.json")]
    [InlineData("- publish: $(Build.ArtifactStagingDirectory)\n    artifact: drop", "- bash: echo", "$(Pipeline.Workspace)/drop/main.json")]
    [InlineData("- bash: echo", "- download: current\n    artifact: drop", "$(Pipeline.Workspace)/drop/main.json")]
    [InlineData("- publish: $(Build.ArtifactStagingDirectory)\n    artifact: drop\n  - publish: infra\n    artifact: drop", "- download: current\n    artifact: drop", "$(Pipeline.Workspace)/drop/main.json")]
    public void What_is_not_surely_that_file_is_no_file_of_the_repository(string publish, string download, string file) =>
        Assert.DoesNotContain("infra/", Azure(publish, download, file), StringComparison.Ordinal);

    [Fact]
    public void A_workflow_hands_templates_on_by_name() => Assert.Equal(
        "deploy infra/main.bicep to ResourceGroup rg with ",
        RunPrinter.Pipeline(".github/workflows/x.yml", $$"""
            on: push
            jobs:
              build:
                runs-on: ubuntu-latest
                steps:
                  - run: az bicep build -f infra/main.bicep --outdir out
                  - uses: actions/upload-artifact@v4
                    with: { name: t, path: out }
              deploy:
                needs: build
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/download-artifact@v4
                    with: { name: t, path: got }
                  - run: {{Deploy}} got/main.json
            """));

    private static string Azure(string publish, string download, string file) => RunPrinter.Pipeline("azure-pipelines.yml", $"""
        trigger: none
        jobs:
        - job: build
          steps:
          - bash: az bicep build -f infra/main.bicep --outdir $(Build.ArtifactStagingDirectory)
          {publish}
        - job: deploy
          dependsOn: build
          steps:
          {download}
          - bash: {Deploy} {file}
        """);
}
