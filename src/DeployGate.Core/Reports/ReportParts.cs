using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;

namespace DeployGate.Core.Reports;

/// <summary>Joins the reports of a run's parts to the report that the run would have given in one piece.</summary>
public static class ReportParts
{
    /// <summary>The whole report, or why the parts make none.</summary>
    /// <param name="parts">The reports, in any order, each with its <see cref="GateReport.Part"/>.</param>
    /// <param name="baseline">What was there before: parts do not apply it, since it counts findings of the whole run. Null for none.</param>
    public static (GateReport? Whole, string? Error) Join(IReadOnlyList<GateReport> parts, Baseline? baseline)
    {
        if (Contradiction(parts) is { } wrong)
        {
            return (null, wrong);
        }

        ImmutableArray<GateReport> ordered = [.. parts.OrderBy(report => report.Part!.Index)];
        var (open, waived) = Sort(ordered);

        // Expired waivers are told whatever was there before.
        var lapsed = open.Where(finding => finding.Rule.Id == Acceptance.Expired);
        ImmutableArray<Diagnostic> found = [.. open.Where(finding => finding.Rule.Id != Acceptance.Expired)];
        var (left, known) = baseline?.Apply(found) ?? (found, []);
        var first = ordered[0];
        return (first with
        {
            Part = null,
            Findings = Findings.Merge(left.Concat(lapsed)),
            Suppressed = [.. waived, .. known],
            Uses = UseReport.Distinct(ordered.SelectMany(report => report.Uses)),
            Errors = InputError.InOrder(ordered.SelectMany(report => report.Errors).Concat(Unused(ordered))),
            Untouched = ordered.Sum(report => report.Untouched),
            AskedResources = ordered.Sum(report => report.AskedResources),
        }, null);
    }

    // A part that is missing would be a silent pass, and one that is there twice a false count.
    private static string? Contradiction(IReadOnlyList<GateReport> parts)
    {
        if (parts.Count == 0 || parts.Any(report => report.Part is null))
        {
            return "a report tells of a whole run: only reports of 'check --shard' are parts";
        }

        var first = parts[0];
        var part = first.Part!;
        if (parts.Any(report => report.Part!.Count != part.Count))
        {
            return "the reports are parts of differently divided runs";
        }

        // A number that no part has would add its findings to those of the real parts, and be missed nowhere.
        if (parts.FirstOrDefault(report => report.Part!.Index < 1 || report.Part!.Index > part.Count) is { } alien)
        {
            return $"a report says that it is part {alien.Part!.Index} of {part.Count}, and there is no such part";
        }

        if (parts.Any(report => report.ToolVersion != first.ToolVersion))
        {
            return $"the reports are of different versions of the tool: {string.Join(", ", parts.Select(report => report.ToolVersion).Distinct())}";
        }

        if (parts.Any(report => report.Part!.Inputs != part.Inputs || report.Templates != first.Templates || report.Pipelines != first.Pipelines))
        {
            return "the reports are parts of runs over different files, or with different options, configuration, facts or policies";
        }

        var present = parts.Select(report => report.Part!.Index).ToList();
        if (present.GroupBy(index => index).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return $"part {twice.Key} of {part.Count} was given {twice.Count()} times";
        }

        ImmutableArray<int> missing = [.. Enumerable.Range(1, part.Count).Except(present).Take(10)];
        return missing.IsEmpty ? null : $"of {part.Count} parts these are missing: {string.Join(", ", missing)}{(part.Count - present.Count > missing.Length ? ", and more" : "")}";
    }

    // What is the same fault in two parts was accepted, or not, where it came first.
    private static (ImmutableArray<Diagnostic> Open, ImmutableArray<SuppressedFinding> Waived) Sort(ImmutableArray<GateReport> ordered)
    {
        var accepted = new Dictionary<string, Suppression?>(StringComparer.Ordinal);
        var all = new List<Diagnostic>();
        foreach (var report in ordered)
        {
            foreach (var (finding, by) in report.Findings.Select(finding => (finding, (Suppression?)null)).Concat(report.Suppressed.Select(one => (one.Finding, (Suppression?)one.By))))
            {
                accepted.TryAdd(Findings.KeyOf(finding), by);
                all.Add(finding);
            }
        }

        var merged = Findings.Merge(all).Select(finding => (Finding: finding, By: accepted[Findings.KeyOf(finding)])).ToList();
        return (
            [.. merged.Where(one => one.By is null).Select(one => one.Finding)],
            [.. merged.Where(one => one.By is not null).Select(one => new SuppressedFinding(one.Finding, one.By!))]);
    }

    private static IEnumerable<InputError> Unused(ImmutableArray<GateReport> ordered)
    {
        var used = ordered.SelectMany(report => report.Part!.UsedWaivers).Select(place => (place.Source.Path, place.Start)).ToHashSet();
        return ordered.SelectMany(report => report.Part!.UnusedWaivers).Where(remark => remark.Position is not { } position || !used.Contains((remark.File, position)));
    }
}
