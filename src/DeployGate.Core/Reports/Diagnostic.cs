using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Fixes;
using DeployGate.Core.Images;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Reports;

/// <summary>
/// One explained finding: what, where, why, what Azure would have answered, and how to fix it. Of ten thousand findings most give the same reasons
/// and cures, and all are kept until the last is made: what reports keep holds one string of texts that are the same.
/// </summary>
public sealed record Diagnostic
{
    /// <summary>The rule that fired.</summary>
    public required RuleDescriptor Rule { get; init; }

    /// <summary>The severity after the user's configuration.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The stage at which the image is used; null where no single stage applies.</summary>
    public required Stage? Stage { get; init; }

    /// <summary>What Azure would do.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The operating system, as far as it is known.</summary>
    public required OsType OsType { get; init; }

    /// <summary>The declared state; null when it is not known.</summary>
    public required OsState? Declared { get; init; }

    /// <summary>What the source really is, in one word of the contract: Generalized, Specialized, Undeployable, Conflicting, Unknown.</summary>
    public required string Actual { get; init; }

    /// <summary>The first line of the explanation; stands alone and quotes the user's own value.</summary>
    public required string Message { get; init => field = RecentTexts.Of(value); }

    /// <summary>The value where a person wrote it.</summary>
    public required Place Location { get; init; }

    /// <summary>Where the resource that the finding is about is declared; null where there is none. A waiver at that place covers the finding.</summary>
    public Place? Subject { get; init; }

    /// <summary>A few words for the marked range: <c>declared here</c>.</summary>
    public required string Label { get; init => field = RecentTexts.Of(value); }

    /// <summary>Other places that belong to the explanation, nearest first: the hops of the value, the source's declaration.</summary>
    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>What was observed.</summary>
    public ImmutableArray<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>The chain of artifacts from the use back to the origin.</summary>
    public ImmutableArray<LineageStep> Lineage { get; init; } = [];

    /// <summary>Why this is wrong: the cause, in the operating system's own terms.</summary>
    public required string Why { get; init => field = RecentTexts.Of(value); }

    /// <summary>What Azure would have answered or shown; null when it would answer nothing.</summary>
    public string? AzureAnswer { get; init => field = value is null ? null : RecentTexts.Of(value); }

    /// <summary>The cure, or what would decide the question.</summary>
    public required string Fix { get; init => field = RecentTexts.Of(value); }

    /// <summary>A cure that a machine may apply; null where a person has to decide. It is a candidate until the run was checked again with it.</summary>
    public CodeFix? Cure { get; init; }

    /// <summary>Identifies the finding from run to run: 16 hexadecimal digits, the same when lines move.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The parameter files with which the finding appears, by path; empty when it does not depend on one.</summary>
    public ImmutableArray<string> ParameterFiles { get; init; } = [];
}

/// <summary>Another place and what it has to do with the finding.</summary>
public sealed record RelatedPlace(Place Place, string Message)
{
    /// <summary>What the place has to do with the finding.</summary>
    public string Message { get; init; } = RecentTexts.Of(Message);
}

/// <summary>One observation in the form reports show; <paramref name="ReadAt"/> is null when the source does not say.</summary>
/// <param name="Place">Where it was observed: a facts file and the member in it, a hive and its key.</param>
/// <param name="Value">What was observed, and what it says.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record EvidenceItem(string Place, string Value, DateTimeOffset? ReadAt)
{
    /// <summary>Where it was observed.</summary>
    public string Place { get; init; } = RecentTexts.Of(Place);

    /// <summary>What was observed, and what it says.</summary>
    public string Value { get; init; } = RecentTexts.Of(Value);
}

/// <summary>One artifact on the way from the use to the origin.</summary>
/// <param name="Kind">What it is: <c>gallery image version</c>, <c>virtual machine</c>.</param>
/// <param name="Id">Its id, as far as known.</param>
/// <param name="State">What is known of its state, in a few words.</param>
/// <param name="From">How it came from the next one; null for the last.</param>
public sealed record LineageStep(string Kind, string Id, string State, string? From)
{
    /// <summary>Its id, as far as known.</summary>
    public string Id { get; init; } = RecentTexts.Of(Id);

    /// <summary>What is known of its state, in a few words.</summary>
    public string State { get; init; } = RecentTexts.Of(State);

    /// <summary>When the facts of it were read; null without facts, and where they do not say.</summary>
    public DateTimeOffset? ReadAt { get; init; }
}
