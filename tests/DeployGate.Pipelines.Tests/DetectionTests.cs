using DeployGate.Core.Text;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests;

public class DetectionTests
{
    [Theory]
    [InlineData(".github/workflows/a.yml", "on: push\njobs: { a: { runs-on: x, steps: [] } }", "GitHubActions")]
    [InlineData("a.yml", "on: push\njobs: { a: { uses: ./x } }", "GitHubActions")]
    [InlineData("a.yml", "on: workflow_call\njobs: { a: { runs-on: x } }", "template GitHubActions")]
    [InlineData("x/action.yml", "runs: { using: composite, steps: [] }", "template")]
    [InlineData("a.yml", "steps: [{ script: x }]", "AzurePipelines")]
    [InlineData("a.yml", "stages: [{ stage: x, jobs: [] }]", "AzurePipelines")]
    [InlineData("a.yml", "extends: { template: x.yml }", "AzurePipelines")]
    [InlineData("a.yml", "jobs:\n- ${{ if x }}:\n  - job: a", "AzurePipelines")]
    [InlineData("a.yml", "parameters: { a: 1 }\nsteps: [{ script: x }]", "template AzurePipelines")]
    [InlineData("a.yml", "parameters: [{ name: a, default: 1 }]\njobs: [{ job: x }]", "template AzurePipelines")]
    [InlineData("a.yml", "parameters: [{ name: a, default: 1 }]\ntrigger: none\njobs: [{ job: x }]", "AzurePipelines")]
    [InlineData("a.yml", "variables: { a: 1 }", "template")]
    [InlineData("a.yml", "apiVersion: v1\nkind: Pod\nmetadata: { name: x }", "none")]
    [InlineData("a.yml", "services: { web: { image: nginx } }", "none")]
    [InlineData("a.yml", "stages: [build, test]\nbuild: { script: [make] }", "none")]
    [InlineData("a.yml", "jobs: { build: { docker: [] } }\nversion: 2.1", "none")]
    [InlineData("a.yml", "a: b: c", "none")]
    [InlineData("a.yml", "", "none")]
    [InlineData(".github/workflows/a.yml", "on: push\njobs: [", "none, 1 problem")]
    [InlineData("azure-pipelines.yml", "steps:\n\t- script: x", "none, 1 problem")]
    public void A_file_is_told_by_its_path_and_keys(string path, string text, string expected)
    {
        var read = PipelineReader.Read(new SourceText(path, text), new MemoryFiles());
        Assert.Equal(expected, read switch
        {
            PipelineRead.Entry entry => entry.Pipeline.Host.ToString(),
            PipelineRead.Template template => $"template {template.Alone?.Host}".TrimEnd(),
            _ => "none" + (read.Problems.IsEmpty ? "" : $", {read.Problems.Length} problem"),
        });
    }
}
