using System.Collections.Immutable;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
using DeployGate.Core.Fixes;
using DeployGate.Core.Reports;

namespace DeployGate.Cli.Fixing;

/// <summary>Fixes that were proven, and the run with them.</summary>
/// <param name="Fixes">Each fix, once, with the findings that it mends.</param>
/// <param name="Files">The files as they would be.</param>
/// <param name="After">The run with all of them.</param>
internal sealed record ProvenFixes(ImmutableArray<(CodeFix Fix, ImmutableArray<Diagnostic> Mended)> Fixes, EditedFiles Files, CheckOutcome After)
{
    /// <summary>The edits of each file, by its full path.</summary>
    internal ILookup<string, TextEdit> EditsByFile(string workingFolder) =>
        Fixes.SelectMany(one => one.Fix.Edits).ToLookup(edit => Path.GetFullPath(edit.Place.Source.Path, workingFolder), StringComparer.Ordinal);
}

/// <summary>
/// Proves fixes: with the edits in place the same run must lose the findings they mend, and gain none. A fix that helps one use and
/// harms another is no fix.
/// </summary>
internal sealed class FixSearch(string workingFolder, Func<EditedFiles, CheckOutcome> check)
{
    /// <summary>More candidates than this are tried together only.</summary>
    private const int MostTriedAlone = 40;

    /// <summary>The fixes that hold together.</summary>
    /// <param name="before">The whole run without them.</param>
    /// <param name="findings">The findings to mend: those of the run that are reported.</param>
    internal ProvenFixes Find(CheckOutcome before, ImmutableArray<Diagnostic> findings)
    {
        var candidates = CandidatesOf(findings);
        if (candidates.IsEmpty)
        {
            return new ProvenFixes([], EditedFiles.None, before);
        }

        if (Try(before, candidates) is { } all)
        {
            return all;
        }

        var good = candidates.Length > MostTriedAlone ? [] : candidates.Where(one => Try(before, [one]) is not null).ToImmutableArray();
        return Try(before, good) ?? new ProvenFixes([], EditedFiles.None, before);
    }

    private ImmutableArray<(CodeFix Fix, ImmutableArray<Diagnostic> Mended)> CandidatesOf(ImmutableArray<Diagnostic> findings)
    {
        var taken = new List<TextEdit>();
        var candidates = ImmutableArray.CreateBuilder<(CodeFix, ImmutableArray<Diagnostic>)>();
        foreach (var group in findings.Where(finding => finding.Cure is not null).GroupBy(finding => finding.Cure!))
        {
            var isFree = group.Key.Edits.All(edit => File.Exists(Path.GetFullPath(edit.Place.Source.Path, workingFolder)) && !taken.Exists(other => Overlaps(edit, other)));
            if (isFree)
            {
                taken.AddRange(group.Key.Edits);
                candidates.Add((group.Key, [.. group]));
            }
        }

        return candidates.ToImmutable();
    }

    private ProvenFixes? Try(CheckOutcome before, ImmutableArray<(CodeFix Fix, ImmutableArray<Diagnostic> Mended)> fixes)
    {
        if (fixes.IsEmpty)
        {
            return null;
        }

        var texts = fixes.SelectMany(one => one.Fix.Edits).GroupBy(edit => edit.Place.Source.Path, StringComparer.Ordinal).ToDictionary(
            group => Path.GetFullPath(group.Key, workingFolder), group => TextEdit.Apply(group.First().Place.Source.Content, group), StringComparer.Ordinal);
        var files = new EditedFiles(texts);
        var after = check(files);
        return after.Report is { } report && IsBetter(before.Report!, report, fixes.SelectMany(one => one.Mended)) ? new ProvenFixes(fixes, files, after) : null;
    }

    private static bool IsBetter(GateReport before, GateReport after, IEnumerable<Diagnostic> mended)
    {
        var expected = CountsOf(before.Findings);
        foreach (var finding in mended)
        {
            expected[finding.Fingerprint]--;
        }

        var actual = CountsOf(after.Findings);
        return expected.All(one => actual.GetValueOrDefault(one.Key) == one.Value)
            && actual.Keys.All(expected.ContainsKey)
            && after.Errors.Length <= before.Errors.Length
            && after.Uses.Length == before.Uses.Length;
    }

    private static Dictionary<string, int> CountsOf(IEnumerable<Diagnostic> findings) =>
        findings.GroupBy(finding => finding.Fingerprint, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private static bool Overlaps(TextEdit one, TextEdit other) =>
        one.Place.Source.Path == other.Place.Source.Path && one.Place.Span.Start <= other.Place.Span.End && other.Place.Span.Start <= one.Place.Span.End;
}
