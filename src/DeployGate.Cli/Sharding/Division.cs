using DeployGate.Cli.Checking;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;

namespace DeployGate.Cli.Sharding;

/// <summary>
/// Which evaluations and pipelines of a run a part judges: all of them without <c>--shard</c>. Whatever may declare an artifact is evaluated in
/// every part, since an image reference may lead into any file (ADR 0040).
/// </summary>
internal sealed class Division(Shard? shard, int evaluations, int pipelines)
{
    /// <summary>True when this part judges an evaluation, by its number in the plan.</summary>
    internal bool HasEvaluation(int index) => shard is null || shard.Has(index, evaluations + pipelines);

    /// <summary>The pipelines that this part judges.</summary>
    internal IEnumerable<PipelineRun> Of(IEnumerable<PipelineRun> runs) => runs.Where((_, index) => shard is null || shard.Has(evaluations + index, evaluations + pipelines));

    /// <summary>True when this part needs the resources of an evaluation.</summary>
    internal bool Needs(Evaluation evaluation, int index) => HasEvaluation(index) || evaluation.Template.Template.MayDeclareArtifacts;

    /// <summary>What the report of a part says beside what the report of a whole run says; the digest is that of <see cref="RunDigest"/>.</summary>
    internal static ReportPart PartOf(Shard shard, string digest, Accepted accepted) => new(shard.Index, shard.Count, digest)
    {
        UsedWaivers = [.. accepted.Used.Select(waiver => waiver.Place)],
        UnusedWaivers = accepted.Unused,
    };
}
