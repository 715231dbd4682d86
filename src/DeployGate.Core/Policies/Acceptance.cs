using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Core.Policies;

/// <summary>What waivers and a baseline leave of a run's findings.</summary>
/// <param name="Open">What counts, findings of expired waivers included.</param>
/// <param name="Suppressed">What is accepted.</param>
/// <param name="Remarks">Waivers that may not be given.</param>
public sealed record Accepted(ImmutableArray<Diagnostic> Open, ImmutableArray<SuppressedFinding> Suppressed, ImmutableArray<InputError> Remarks)
{
    /// <summary>Waivers that cover a finding.</summary>
    public ImmutableArray<Waiver> Used { get; init; } = [];

    /// <summary>Remarks on waivers that cover none.</summary>
    public ImmutableArray<InputError> Unused { get; init; } = [];
}

/// <summary>What a team accepts: waivers first, and what was there before.</summary>
/// <param name="Waivers">All waivers of the run.</param>
/// <param name="Unwaivable">Rules of which no finding may be waived, by id.</param>
/// <param name="Baseline">What was there before; null where there is no baseline.</param>
public sealed record Acceptance(ImmutableArray<Waiver> Waivers, IReadOnlySet<string> Unwaivable, Baseline? Baseline)
{
    /// <summary>The rule that finds waivers which have expired.</summary>
    public const string Expired = "DG9003";

    /// <summary>Sorts the findings of a run.</summary>
    /// <param name="findings">All findings, merged.</param>
    /// <param name="today">The day that decides which waivers have expired.</param>
    /// <param name="settings">The severities, for the findings of expired waivers.</param>
    public Accepted Apply(ImmutableArray<Diagnostic> findings, DateOnly today, RuleSettings settings)
    {
        var open = new List<Diagnostic>();
        var suppressed = new List<SuppressedFinding>();
        var used = new HashSet<Waiver>(ReferenceEqualityComparer.Instance);
        var lapsed = new HashSet<Waiver>(ReferenceEqualityComparer.Instance);
        foreach (var finding in findings)
        {
            var covering = Waivers.Where(waiver => waiver.Covers(finding)).ToList();
            used.UnionWith(covering);
            if (covering.Find(waiver => IsAllowed(waiver) && !IsOver(waiver, today)) is { } waiver)
            {
                suppressed.Add(new SuppressedFinding(finding, new Suppression(waiver.Kind, waiver.Reason, waiver.Expires, waiver.Place)));
                continue;
            }

            lapsed.UnionWith(covering.Where(one => IsAllowed(one) && IsOver(one, today)));
            open.Add(finding);
        }

        ImmutableArray<Diagnostic> expired = [.. lapsed.Select(waiver => ExpiredFinding(waiver, settings)).Where(finding => finding.Severity != Severity.Off)];
        var (left, known) = Baseline?.Apply(open) ?? ([.. open], []);
        return new Accepted(
            expired.IsEmpty ? left : Findings.Merge(left.Concat(expired)),
            [.. suppressed, .. known],
            [.. Waivers.Where(waiver => !IsAllowed(waiver)).Select(NotWaivable)])
        {
            Used = [.. Waivers.Where(used.Contains)],
            Unused = [.. Waivers.Where(waiver => IsAllowed(waiver) && !used.Contains(waiver)).Select(Unused)],
        };
    }

    private bool IsAllowed(Waiver waiver) => !Unwaivable.Contains(waiver.RuleId) && !string.Equals(waiver.RuleId, Expired, StringComparison.OrdinalIgnoreCase);

    private static bool IsOver(Waiver waiver, DateOnly today) => waiver.Expires is { } last && last < today;

    private static InputError NotWaivable(Waiver waiver) => new(
        waiver.Place.Source.Path, waiver.Place.Start, $"{waiver.RuleId} may not be waived here: the waiver does nothing", "Remove the waiver, and mend what the rule finds.", IsUnreadable: false);

    private static InputError Unused(Waiver waiver) => new(
        waiver.Place.Source.Path, waiver.Place.Start, $"the waiver of {waiver.RuleId} covers no finding", "Remove it: what it covered is mended, or the waiver stands at the wrong place.", IsUnreadable: false);

    private static Diagnostic ExpiredFinding(Waiver waiver, RuleSettings settings)
    {
        var rule = RuleCatalog.Find(Expired)!.Descriptor;
        return new Diagnostic
        {
            Rule = rule,
            Severity = settings.Of(rule, Verdict.Blocked),
            Stage = null,
            Outcome = Outcome.None,
            OsType = OsType.Unknown,
            Declared = null,
            Actual = "Unknown",
            Message = $"the waiver of {waiver.RuleId} expired on {waiver.Expires:yyyy-MM-dd}",
            Location = waiver.Place,
            Label = "the waiver",
            Why = $"It was given because: {waiver.Reason}. Since it expired, what it covered counts again.",
            Fix = $"Mend what {waiver.RuleId} finds and remove the waiver, or give it a new day if the reason still holds.",
            Fingerprint = Findings.Fingerprint(Expired, waiver.Place.Source.Path.Split('/')[^1], waiver.RuleId, waiver.Reason),
        };
    }
}
