using System.Collections.Immutable;
using DeployGate.Core.Reports;

namespace DeployGate.Core.Policies;

/// <summary>One finding that was there before.</summary>
/// <param name="Fingerprint">As in <see cref="Diagnostic.Fingerprint"/>.</param>
/// <param name="Rule">The rule's id, for people.</param>
/// <param name="File">The file when the baseline was written: it tells apart findings that are alike in folders that are alike.</param>
/// <param name="Message">The first line, for people.</param>
public sealed record BaselineEntry(string Fingerprint, string Rule, string File, string Message);

/// <summary>The findings that a team with history has accepted: each entry accepts one finding.</summary>
/// <param name="Path">The baseline's file, as reports show it.</param>
/// <param name="Entries">What it holds.</param>
public sealed record Baseline(string Path, ImmutableArray<BaselineEntry> Entries)
{
    /// <summary>The baseline that accepts these findings, in the order of the report.</summary>
    public static Baseline Of(string path, IEnumerable<Diagnostic> findings) =>
        new(path, [.. findings.Select(finding => new BaselineEntry(finding.Fingerprint, finding.Rule.Id, finding.Location.Source.Path, finding.Message))]);

    /// <summary>Parts what is new from what was there before.</summary>
    internal (ImmutableArray<Diagnostic> Left, ImmutableArray<SuppressedFinding> Known) Apply(IReadOnlyList<Diagnostic> findings)
    {
        var entries = Entries.GroupBy(entry => entry.Fingerprint, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var known = new HashSet<Diagnostic>(ReferenceEqualityComparer.Instance);

        // Those in the same file first: of two that are alike, the one that is new is the one in another folder.
        foreach (var isSameFile in (bool[])[true, false])
        {
            foreach (var finding in findings.Where(finding => !known.Contains(finding) && entries.ContainsKey(finding.Fingerprint)))
            {
                var open = entries[finding.Fingerprint];
                var index = open.FindIndex(entry => !isSameFile || entry.File == finding.Location.Source.Path);
                if (index >= 0)
                {
                    open.RemoveAt(index);
                    known.Add(finding);
                }
            }
        }

        var by = new Suppression(SuppressionKind.Baseline, $"it was there when the baseline '{Path}' was written", null, null);
        return (
            [.. findings.Where(finding => !known.Contains(finding))],
            [.. findings.Where(known.Contains).Select(finding => new SuppressedFinding(finding, by))]);
    }
}
