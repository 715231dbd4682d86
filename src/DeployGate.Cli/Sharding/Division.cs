using System.Security.Cryptography;
using System.Text;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
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

    /// <summary>True when this part judges a pipeline, by its number.</summary>
    internal bool HasPipeline(int index) => shard is null || shard.Has(evaluations + index, evaluations + pipelines);

    /// <summary>The pipelines that this part judges.</summary>
    internal IEnumerable<PipelineRun> Of(IEnumerable<PipelineRun> runs) => runs.Where((_, index) => HasPipeline(index));

    /// <summary>True when this part needs the resources of an evaluation.</summary>
    internal bool Needs(Evaluation evaluation, int index) => HasEvaluation(index) || evaluation.Template.Template.MayDeclareArtifacts;

    /// <summary>What the report of a part says beside what the report of a whole run says.</summary>
    internal static ReportPart PartOf(Shard shard, Inputs inputs, Accepted accepted) => new(shard.Index, shard.Count, DigestOf(inputs))
    {
        UsedWaivers = [.. accepted.Used.Select(waiver => waiver.Place)],
        UnusedWaivers = accepted.Unused,
    };

    /// <summary>What tells runs over the same inputs from others: 16 hexadecimal digits of a SHA-256 over the paths and texts.</summary>
    private static string DigestOf(Inputs inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sources = inputs.Templates.Concat(inputs.Parameters).Select(file => file.Template.Source).Concat(inputs.Scripts.Select(script => script.Source));
        foreach (var source in sources)
        {
            // A length before each text: none can be moved into its neighbour.
            foreach (var text in (string[])[source.Path, source.Content])
            {
                hash.AppendData(BitConverter.GetBytes(text.Length));
                hash.AppendData(Encoding.Unicode.GetBytes(text));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
