using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;

namespace DeployGate.Core.Assessment;

/// <summary>What a source is, as far as it matters for what can be done about it.</summary>
public enum SourceKind
{
    /// <summary>A virtual machine: it can be prepared and marked.</summary>
    Machine,

    /// <summary>Anything else: an image, a version, a build, a disk.</summary>
    Image,
}

/// <summary>What all evidence about one source amounts to.</summary>
public sealed record StateAssessment
{
    /// <summary>The source in a word: the last name of its id, the file of a VHD.</summary>
    public required string SourceName { get; init; }

    /// <summary>The source in one line, its id or address.</summary>
    public required string SourceId { get; init; }

    /// <summary>What the source is.</summary>
    public SourceKind Kind { get; init; }

    /// <summary>What Azure has on record.</summary>
    public AzureMark Mark { get; init; }

    /// <summary>What the guest says.</summary>
    public GuestState Guest { get; init; }

    /// <summary>The operating system, as far as the sources say.</summary>
    public OsType OsType { get; init; }

    /// <summary>What the preparation of the guest left behind, as the nearest inspection saw it.</summary>
    public ImmutableArray<GuestItem> Residue { get; init; } = [];

    /// <summary>What was observed.</summary>
    public ImmutableArray<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>The chain from the source to its origin.</summary>
    public ImmutableArray<LineageStep> Lineage { get; init; } = [];

    /// <summary>Places in the templates that belong to the chain.</summary>
    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>Why no more is known; empty when nothing is missing.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];

    /// <summary>The state in the contract's words: what the guest says where it says anything, else Azure's record.</summary>
    public string Actual => (Guest, Mark) switch
    {
        (GuestState.Generalized, _) => "Generalized",
        (GuestState.Specialized, _) => "Specialized",
        (GuestState.Undeployable, _) => "Undeployable",
        (GuestState.Unclear, _) => "Unknown",
        (_, AzureMark.Generalized) => "Generalized",
        (_, AzureMark.Specialized or AzureMark.Unmarked) => "Specialized",
        _ => "Unknown",
    };
}
