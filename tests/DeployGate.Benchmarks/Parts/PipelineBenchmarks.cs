using BenchmarkDotNet.Attributes;
using DeployGate.Core.Text;
using DeployGate.Pipelines;
using YamlDotNet.Core;

namespace DeployGate.Benchmarks.Parts;

/// <summary>A workflow: following it, and the script it runs, beside the events of YAML's parser over the same text.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private readonly MemoryFiles _files = new();
    private readonly SourceText _workflow;

    public PipelineBenchmarks() => _workflow = _files[".github/workflows/image.yml"];

    [Benchmark(Baseline = true)]
    public int Events()
    {
        var parser = new Parser(new StringReader(_workflow.Content));
        var count = 0;
        while (parser.MoveNext())
        {
            count++;
        }

        return count;
    }

    [Benchmark]
    public FollowedPipeline? Follow() => PipelineFollower.Follow(_workflow, _files, isNamed: false);
}
