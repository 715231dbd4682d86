using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;

namespace DeployGate.Core.Reports;

/// <summary>The report of a part, and the file it stands in, as messages show it.</summary>
public sealed record PartReport(string File, GateReport Report);

/// <summary>Joins the reports of a run's parts to the report that the run would have given in one piece.</summary>
public static class ReportParts
{
    private const int MostNamed = 10;

    /// <summary>The whole report, or why the parts make none.</summary>
    /// <param name="parts">The reports, in any order, each with its <see cref="GateReport.Part"/>.</param>
    /// <param name="baseline">What was there before: parts do not apply it, since it counts findings of the whole run. Null for none.</param>
    public static (GateReport? Whole, string? Error) Join(IReadOnlyList<PartReport> parts, Baseline? baseline)
    {
        if (Contradiction(parts) is { } wrong)
        {
            return (null, wrong);
        }

        ImmutableArray<GateReport> ordered = [.. parts.Select(one => one.Report).OrderBy(report => report.Part!.Index)];
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
    private static string? Contradiction(IReadOnlyList<PartReport> parts)
    {
        if (parts.Count == 0)
        {
            return "there is no report of a part; give those of all parts of a run";
        }

        if (parts.FirstOrDefault(one => one.Report.Part is null) is { } whole)
        {
            return $"'{whole.File}' tells of a whole run: only reports of 'check --shard' are parts";
        }

        var first = parts[0];
        var part = first.Report.Part!;
        if (Other(parts, report => report.Part!.Count) is { } divided)
        {
            return $"the reports are parts of differently divided runs: '{first.File}' is one of {part.Count}, '{divided.File}' one of {divided.Report.Part!.Count}; give the reports of one run";
        }

        // A number that no part has would add its findings to those of the real parts, and be missed nowhere.
        if (parts.FirstOrDefault(one => one.Report.Part!.Index < 1 || one.Report.Part!.Index > part.Count) is { } alien)
        {
            return $"'{alien.File}' says that it is part {alien.Report.Part!.Index} of {part.Count}, and there is no such part; leave it out";
        }

        if (Other(parts, report => report.ToolVersion) is { } older)
        {
            return $"the reports are of different versions of the tool: '{first.File}' of {first.Report.ToolVersion}, '{older.File}' of {older.Report.ToolVersion}; run all parts with one";
        }

        if (Other(parts, report => (report.Part!.Inputs, report.Templates, report.Pipelines)) is { } other)
        {
            return $"the reports are parts of runs over different files, or with different options, configuration, facts or policies: '{first.File}' and '{other.File}'; run all parts on one commit, in the same folder and with the same options";
        }

        return Incomplete(parts, part.Count);
    }

    private static string? Incomplete(IReadOnlyList<PartReport> parts, int count)
    {
        if (parts.GroupBy(one => one.Report.Part!.Index).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return $"part {twice.Key} of {count} was given {twice.Count()} times: {string.Join(", ", twice.Take(MostNamed).Select(one => $"'{one.File}'"))}; leave all but one out";
        }

        ImmutableArray<int> missing = [.. Enumerable.Range(1, count).Except(parts.Select(one => one.Report.Part!.Index)).Take(MostNamed)];
        var more = count - parts.Count > missing.Length ? ", and more" : "";
        return missing.IsEmpty ? null : $"of {count} parts these are missing: {string.Join(", ", missing)}{more}; run them, or give their reports too";
    }

    /// <summary>The first report that differs from the first one in something; null when none does.</summary>
    private static PartReport? Other<T>(IReadOnlyList<PartReport> parts, Func<GateReport, T> something) =>
        parts.FirstOrDefault(one => !EqualityComparer<T>.Default.Equals(something(one.Report), something(parts[0].Report)));

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
