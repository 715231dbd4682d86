using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;

namespace DeployGate.Core.Diagnosis;

/// <summary>One thing that Azure said of a failure.</summary>
/// <param name="Code">Azure's error code, without the states before it.</param>
/// <param name="Message">Azure's words; may be empty.</param>
/// <param name="Place">Where it was read, as reports show it.</param>
/// <param name="At">When it happened; null when the source does not say.</param>
public sealed record Symptom(string Code, string Message, string Place, DateTimeOffset? At);

/// <summary>An operation on the machine, from the activity log.</summary>
/// <param name="Operation">The action, <c>Microsoft.Compute/virtualMachines/generalize/action</c>.</param>
/// <param name="Status">What became of it: <c>Succeeded</c>, <c>Accepted</c>.</param>
/// <param name="Place">Where it was read.</param>
/// <param name="At">When it happened.</param>
public sealed record HistoryEvent(string Operation, string Status, string Place, DateTimeOffset? At);

/// <summary>All that is known of one failure.</summary>
public sealed record FailureRecord
{
    /// <summary>The machine's id, or the name of the document.</summary>
    public required string Subject { get; init; }

    /// <summary>What Azure said.</summary>
    public ImmutableArray<Symptom> Symptoms { get; init; } = [];

    /// <summary>What was done to the machine, oldest first.</summary>
    public ImmutableArray<HistoryEvent> History { get; init; } = [];

    /// <summary>Azure's mark on the machine.</summary>
    public AzureMark Mark { get; init; }

    /// <summary>The status the mark was read from, and where.</summary>
    public string MarkStatus { get; init; } = "";

    /// <summary>What inspections of the machine's disk found.</summary>
    public ImmutableArray<GuestInspection> Inspections { get; init; } = [];

    /// <summary>The operating system, as far as the source says.</summary>
    public OsType OsType { get; init; }

    /// <summary>The Marketplace image the machine was made of, <c>publisher:offer:sku:version</c>; null when it is none or not known.</summary>
    public string? MarketplaceImage { get; init; }
}
