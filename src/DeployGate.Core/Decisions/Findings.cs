using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Fixes;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;

namespace DeployGate.Core.Decisions;

/// <summary>Makes findings of judged cases, and one finding of those that are the same fault.</summary>
public static class Findings
{
    internal static Diagnostic Create(MatrixRule rule, Severity severity, RuleCase one, ImmutableArray<string> parameterFiles)
    {
        var explanation = rule.Explain(one);
        var system = one.Use.OsType == OsType.Unknown ? one.State.OsType : one.Use.OsType;
        var why = Fill(one.Row.Cause.For(system), one);
        if (one.Row.Verdict == Verdict.Undecided)
        {
            var gaps = one.Declared.Reason is { } reason ? [reason, .. one.State.Gaps] : one.State.Gaps;
            why = gaps.IsEmpty ? why : $"{why} Not known, because {string.Join("; ", gaps.Distinct().Take(4))}.";
        }
        else if (one.Use.Resource.Presence == Presence.Maybe)
        {
            why += " (Whether the resource is deployed depends on a condition that is not known here.)";
        }

        return new Diagnostic
        {
            Rule = rule.Descriptor,
            Severity = severity,
            Stage = one.Use.Stage,
            Outcome = one.Row.Verdict == Verdict.Undecided ? Outcome.None : one.Row.Outcome,
            OsType = system,
            Declared = one.Declared.Candidates.Length == 1 ? one.Declared.Candidates[0] : null,
            Actual = one.State.Actual,
            Message = explanation.Message,
            Location = explanation.Location,
            Subject = one.Use.Resource.Declaration,
            Label = explanation.Label,
            Related = RelatedOf(one, explanation.Location),
            Evidence = one.State.Evidence,
            Lineage = one.State.Lineage,
            Why = why,
            AzureAnswer = one.Row.Azure is null ? null : Fill(one.Row.Azure.For(system), one),
            Cure = severity == Severity.Error ? Cures.For(one) : null,
            Fix = Fill(one.Row.Fix.For(system), one),
            Fingerprint = FingerprintOf(rule, one, explanation.Location),
            ParameterFiles = parameterFiles,
        };
    }

    /// <summary>
    /// One finding for one fault, however many evaluations show it; errors first, then by place. The parameter files of all
    /// evaluations that show a finding are joined.
    /// </summary>
    public static ImmutableArray<Diagnostic> Merge(IEnumerable<Diagnostic> findings)
    {
        var merged = findings
            .GroupBy(KeyOf, StringComparer.Ordinal)
            .Select(group => group.First() with
            {
                ParameterFiles = [.. group.SelectMany(finding => finding.ParameterFiles).Distinct().Order(StringComparer.Ordinal)],
                Severity = group.Max(finding => finding.Severity),
            });
        return [.. merged.Order(ReportOrder.Instance)];
    }

    /// <summary>The same for findings of the same fault.</summary>
    internal static string KeyOf(Diagnostic finding) => string.Join('\n', finding.Rule.Id, finding.Location, finding.Message, finding.Lineage.FirstOrDefault()?.Id);

    private static ImmutableArray<RelatedPlace> RelatedOf(RuleCase one, Place location)
    {
        IEnumerable<RelatedPlace> related =
        [
            .. one.Declared.Hops,
            new RelatedPlace(one.Declared.Place, $"declared here: {one.Declared.Text}"),
            new RelatedPlace(one.Source.Place, "the source is named here"),
            .. one.Source.Hops,
            new RelatedPlace(one.Use.Resource.Declaration, $"the {one.Use.Subject} is declared here"),
            .. one.State.Related,
        ];
        var seen = new HashSet<string> { location.LineKey };
        return [.. related.Where(place => seen.Add(place.Place.LineKey))];
    }

    private static string Fill(string text, RuleCase one) => text
        .Replace("{source}", one.State.SourceName, StringComparison.Ordinal)
        .Replace("{subject}", one.Use.Subject, StringComparison.Ordinal);

    // What stays when lines move, files are reformatted and folders are renamed: the rule, the file's name, the resource and
    // its source, by name.
    private static string FingerprintOf(Rule rule, RuleCase one, Place location)
    {
        var file = one.Use.Resource.Declaration.Source.Path.Split('/')[^1];
        var written = location.Source.Path.Split('/')[^1];
        return Fingerprint(rule.Descriptor.Id, file, written, one.Use.Resource.Type.ToLowerInvariant(), one.Use.Subject, $"{one.Use.Stage}", one.State.SourceName);
    }

    /// <summary>The fingerprint of a finding that these words identify.</summary>
    internal static string Fingerprint(params ReadOnlySpan<string> words) =>
        Fnv1a(string.Join('\n', words)).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>FNV-1a, 64 bits, over UTF-16 code units: it tells findings apart and keeps no secret, so that it need not be strong.</summary>
    /// <seealso href="http://www.isthe.com/chongo/tech/comp/fnv/"/>
    private static ulong Fnv1a(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        return hash;
    }
}
