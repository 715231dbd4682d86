using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.Lineages;

/// <summary>One stop of the picture that goes from a use to the origin of its image.</summary>
/// <param name="Kind">What it is; <c>use</c> for the first.</param>
/// <param name="Name">Its name, short enough for a picture.</param>
/// <param name="Id">Its whole id.</param>
/// <param name="State">What is declared or known of its state.</param>
/// <param name="From">How it came from the next one; null where that is not told.</param>
/// <param name="Really">What it really is, where that is not what <paramref name="State"/> says: a mark that the guest belies.</param>
/// <param name="IsBroken">True when the way from the stop before to this one is where declared and actual state part.</param>
internal sealed record Hop(string Kind, string Name, string Id, string State, string? From, string? Really, bool IsBroken)
{
    /// <summary>More stops than this no picture shows: what makes so long a chain is hostile or a defect.</summary>
    internal const int MostHops = 30;

    /// <summary>The stops of a finding, the use first; empty where it has no lineage.</summary>
    internal static ImmutableArray<Hop> Of(Diagnostic finding)
    {
        if (finding.Lineage.IsEmpty)
            return [];

        var steps = finding.Lineage[..Math.Min(finding.Lineage.Length, MostHops)];
        var broken = Break(finding, steps);
        var declared = finding.Declared is null ? "declared state not known" : $"declared {ContractWords.Of(finding.Declared)}";
        return
        [
            new Hop("use", ContractWords.Of(finding.Location), ContractWords.Of(finding.Location), declared, ContractWords.Of(finding.Stage), null, false),
            .. steps.Select((step, index) => new Hop(step.Kind, LineageText.ShortId(step.Id), step.Id, step.State, step.From, index == broken ? ReallyOf(finding, step) : null, index == broken)),
        ];
    }

    /// <summary>The whole chain in a sentence, for those who do not see the picture.</summary>
    internal static string Sentence(ImmutableArray<Hop> hops) =>
        string.Join(" <- ", hops.Select(hop => $"{hop.Kind} {hop.Name} ({StateOf(hop)}){(hop.IsBroken ? ", broken here" : "")}"));

    /// <summary>What is said and what is so, in one line.</summary>
    internal static string StateOf(Hop hop) => (hop.State, hop.Really) switch
    {
        (var said, null) => said,
        ("", var really) => $"really {really}",
        var (said, really) => $"{said}, really {really}",
    };

    private static string? ReallyOf(Diagnostic finding, LineageStep step) => WordOf(step.State) is { } word && $"{word}" == finding.Actual ? null : finding.Actual;

    /// <summary>
    /// The index of the step at which declared and actual state part: the first that says the opposite of what is declared. Where none says
    /// so, it is the last one, from which the actual state is known. -1 where the two do not contradict one another.
    /// </summary>
    private static int Break(Diagnostic finding, ImmutableArray<LineageStep> steps)
    {
        if (finding.Declared is not { } declared || finding.Actual is not ("Generalized" or "Specialized" or "Undeployable") || finding.Actual == $"{declared}")
            return -1;

        for (var index = 0; index < steps.Length; index++)
        {
            if (WordOf(steps[index].State) is { } word && word != declared)
                return index;
        }

        return steps.Length - 1;
    }

    // The texts of the gate itself; another text proves nothing.
    private static OsState? WordOf(string state) => state switch
    {
        "Generalized" or "osState Generalized" or "OSState/generalized" or "generalized by this pipeline" => OsState.Generalized,
        "Specialized" or "osState Specialized" => OsState.Specialized,
        _ when state.StartsWith("Generalized: ", StringComparison.Ordinal) => OsState.Generalized,
        _ when state.StartsWith("Specialized: ", StringComparison.Ordinal) => OsState.Specialized,
        _ => null,
    };
}
