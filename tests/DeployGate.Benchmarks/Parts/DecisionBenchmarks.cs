using BenchmarkDotNet.Attributes;
using DeployGate.Cli.Policies;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;

namespace DeployGate.Benchmarks.Parts;

/// <summary>The decision alone: 1,000 uses that are read already, beside as many looks into the matrix.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private readonly ResolvedTemplate _template = ThousandImages.Resolve();
    private readonly DecisionKey[] _keys = [.. DecisionTable.AllKeys.Take(ThousandImages.Count)];
    private readonly SharedArtifacts _shared;

    public DecisionBenchmarks() => _shared = ThousandImages.Share(_template);

    [Benchmark(Baseline = true)]
    public int LookUp() => _keys.Count(key => DecisionTableReader.Embedded.Find(key).RuleId is null);

    [Benchmark]
    public GateResult Judge() => ThousandImages.Judge(_template, _shared);
}
