using System.Collections.Immutable;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;

namespace DeployGate.Reporting;

/// <summary>One use of an image with what the gate found of it.</summary>
/// <param name="Use">The use.</param>
/// <param name="Findings">Its findings that count.</param>
/// <param name="Accepted">Its findings that waivers or the baseline accept.</param>
internal sealed record JudgedUse(UseReport Use, ImmutableArray<Diagnostic> Findings, ImmutableArray<SuppressedFinding> Accepted);

/// <summary>
/// Joins the uses of a report with its findings. A finding belongs to the uses of its stage and states whose declaration it points at or
/// names; one that belongs to no use (a step of a pipeline, an expired waiver) stands for itself, so that none is lost.
/// </summary>
/// <param name="Uses">Every use, in the order of the report.</param>
/// <param name="Others">Findings of no use.</param>
/// <param name="AcceptedOthers">Accepted findings of no use.</param>
internal sealed record UseFindings(ImmutableArray<JudgedUse> Uses, ImmutableArray<Diagnostic> Others, ImmutableArray<SuppressedFinding> AcceptedOthers)
{
    internal static UseFindings Of(GateReport report)
    {
        var found = ByLine(report.Findings, finding => finding);
        var accepted = ByLine(report.Suppressed, one => one.Finding);
        var claimed = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var uses = report.Uses
            .Select(use => new JudgedUse(use, Claim(use, found, finding => finding, claimed), Claim(use, accepted, one => one.Finding, claimed)))
            .ToImmutableArray();
        return new UseFindings(uses, [.. report.Findings.Where(finding => !claimed.Contains(finding))], [.. report.Suppressed.Where(one => !claimed.Contains(one))]);
    }

    /// <summary>One use of each image that nothing is said against, in the order of the report: their lineage stands nowhere else.</summary>
    internal IEnumerable<UseReport> Unsaid() => Uses
        .Where(one => one.Findings.IsEmpty && one.Accepted.IsEmpty && !one.Use.Lineage.IsEmpty)
        .Select(one => one.Use)
        .DistinctBy(use => use.Image, StringComparer.OrdinalIgnoreCase);

    // Thousands of uses and findings: they meet by line, not each with each.
    private static ILookup<string, T> ByLine<T>(ImmutableArray<T> findings, Func<T, Diagnostic> of) => findings
        .SelectMany(one => of(one).Related.Select(related => related.Place).Prepend(of(one).Location).Select(place => place.LineKey).Distinct().Select(line => (line, one)))
        .ToLookup(pair => pair.line, pair => pair.one, StringComparer.Ordinal);

    private static ImmutableArray<T> Claim<T>(UseReport use, ILookup<string, T> byLine, Func<T, Diagnostic> of, HashSet<object> claimed)
        where T : class
    {
        var candidates = byLine[use.Location.LineKey].Where(one => IsOf(of(one), use)).ToList();

        // Uses of a loop stand at one place, and their images tell them apart, where both are written in the same way.
        var named = candidates.Where(one => of(one).Lineage.IsEmpty || Names(of(one).Lineage[0].Id, use.Image)).ToImmutableArray();
        var own = named.IsEmpty ? [.. candidates] : named;
        claimed.UnionWith(own);
        return own;
    }

    // A finding without a stage can be of any.
    private static bool IsOf(Diagnostic finding, UseReport use) =>
        (finding.Stage is null || finding.Stage == use.Stage)
        && finding.Declared == use.Declared
        && finding.Actual == use.Actual;

    private static bool Names(string id, string image) =>
        string.Equals(id, image, StringComparison.OrdinalIgnoreCase)
        || image.Contains(id, StringComparison.OrdinalIgnoreCase)
        || id.Contains(image, StringComparison.OrdinalIgnoreCase);
}
