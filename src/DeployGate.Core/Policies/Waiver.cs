using DeployGate.Core.Reports;
using DeployGate.Core.Text;

namespace DeployGate.Core.Policies;

/// <summary>Who says that a finding is accepted.</summary>
public enum SuppressionKind
{
    /// <summary>A comment or metadata beside the code.</summary>
    InSource,

    /// <summary>A waiver in <c>deploygate.yml</c>.</summary>
    Configuration,

    /// <summary>The baseline: it was there before.</summary>
    Baseline,
}

/// <summary>Why a finding does not count, and until when.</summary>
/// <param name="Kind">Who says so.</param>
/// <param name="Reason">Why, in the words of whoever accepted it.</param>
/// <param name="Expires">The last day on which it is accepted; null for no end.</param>
/// <param name="Place">Where it is written; null for the baseline.</param>
public sealed record Suppression(SuppressionKind Kind, string Reason, DateOnly? Expires, Place? Place);

/// <summary>A finding that was accepted. It is in every machine's report, and closes no gate.</summary>
public sealed record SuppressedFinding(Diagnostic Finding, Suppression By);

/// <summary>What a waiver covers.</summary>
public abstract record WaiverReach
{
    private WaiverReach()
    {
    }

    /// <summary>True when a place lies within.</summary>
    public abstract bool Covers(Place place);

    /// <summary>A line of a file, counted from 1.</summary>
    public sealed record Line(string File, int Number) : WaiverReach
    {
        /// <inheritdoc/>
        public override bool Covers(Place place) => place.Source.Path == File && place.Start.Line == Number;
    }

    /// <summary>A range of a file: an object and all that is written in it.</summary>
    public sealed record Range(Place Whole) : WaiverReach
    {
        /// <inheritdoc/>
        public override bool Covers(Place place) => place.Source.Path == Whole.Source.Path && place.Span.Start >= Whole.Span.Start && place.Span.Start < Whole.Span.End;
    }

    /// <summary>Whole files; the function tells of a path as reports show it.</summary>
    public sealed record Files(string Pattern, Func<string, bool> Matches) : WaiverReach
    {
        /// <inheritdoc/>
        public override bool Covers(Place place) => Matches(place.Source.Path);
    }
}

/// <summary>A finding that the team accepts, until a day.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Reach">Where.</param>
/// <param name="Reason">Why; never empty.</param>
/// <param name="Expires">The last day on which it counts; null for no end.</param>
/// <param name="Kind">In the source, or in the configuration.</param>
/// <param name="Place">Where it is written.</param>
public sealed record Waiver(string RuleId, WaiverReach Reach, string Reason, DateOnly? Expires, SuppressionKind Kind, Place Place)
{
    /// <summary>True when the waiver speaks of a finding: by where it is reported, or by the resource it is about.</summary>
    public bool Covers(Diagnostic finding) =>
        string.Equals(RuleId, finding.Rule.Id, StringComparison.OrdinalIgnoreCase)
        && (Reach.Covers(finding.Location) || (finding.Subject is { } subject && Reach.Covers(subject)));
}
