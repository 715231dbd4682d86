using DeployGate.Core.Text;
using DeployGate.Pipelines.AzurePipelines;
using DeployGate.Pipelines.GitHubActions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines;

/// <summary>Reads a YAML file as a pipeline.</summary>
internal static class PipelineReader
{
    /// <summary>Reads a file and all that it includes; other YAML is not a pipeline. Never throws.</summary>
    internal static PipelineRead Read(SourceText source, ISourceFiles files)
    {
        var document = YamlDocument.Read(source);
        if (document.Root is not YamlMapping root)
        {
            return new PipelineRead.NotAPipeline(document.Problem is { } problem && PipelineFiles.LooksLikePipeline(source) ? [problem] : []);
        }

        var kind = PipelineFiles.Detect(source.Path, root);
        if (kind is null or { HasJobs: false })
        {
            return kind is null ? new PipelineRead.NotAPipeline([]) : new PipelineRead.Template(null, []);
        }

        var expansion = new Expansion(files);
        expansion.Report(document, kind.Host);
        if (kind.Host == PipelineHost.GitHubActions)
        {
            new WorkflowReader(expansion).Read(source, root);
        }
        else
        {
            new AzurePipelineReader(expansion).Read(source, root);
        }

        var pipeline = new Pipeline(source, kind.Host, [.. expansion.Jobs], [.. expansion.Problems]);
        return kind.IsTemplate ? new PipelineRead.Template(pipeline, expansion.Included) : new PipelineRead.Entry(pipeline, expansion.Included);
    }
}
