using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
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
        var steps = finding.Lineage[..Math.Min(finding.Lineage.Length, MostHops)];
        var broken = Break(finding, steps);
        return Of(finding.Location, finding.Stage, finding.Declared, steps, (step, index) => (index == broken ? ReallyOf(finding, step) : null, index == broken));
    }

    /// <summary>The stops of a use that nothing is said against; empty where it has no lineage.</summary>
    internal static ImmutableArray<Hop> Of(UseReport use) =>
        Of(use.Location, use.Stage, use.Declared, use.Lineage[..Math.Min(use.Lineage.Length, MostHops)], (_, _) => (null, false));

    private static ImmutableArray<Hop> Of(Place place, Stage? stage, OsState? state, ImmutableArray<LineageStep> steps, Func<LineageStep, int, (string? Really, bool IsBroken)> say)
    {
        if (steps.IsEmpty)
            return [];

        var declared = state is null ? "declared state not known" : $"declared {ContractWords.Of(state)}";
        return
        [
            new Hop("use", ContractWords.Of(place), ContractWords.Of(place), declared, ContractWords.Of(stage), null, false),
            .. steps.Select((step, index) => (step, said: say(step, index))).Select(one => new Hop(one.step.Kind, LineageText.ShortId(one.step.Id), one.step.Id, one.step.State, one.step.From, one.said.Really, one.said.IsBroken)),
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
