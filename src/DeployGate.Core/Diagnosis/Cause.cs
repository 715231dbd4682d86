using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;

namespace DeployGate.Core.Diagnosis;

/// <summary>A known cause of failures: how it is recognised, what it means, and what to do.</summary>
/// <param name="Name">The name, unique and stable.</param>
/// <param name="Codes">Azure's error codes, any of which fits; empty when the words alone tell.</param>
/// <param name="Words">What the message says, all of it; empty when the code alone tells.</param>
/// <param name="What">What happened.</param>
/// <param name="Now">What to do.</param>
/// <param name="Rules">The rules that would have stopped it before the deployment.</param>
public sealed record Cause(string Name, ImmutableArray<string> Codes, ImmutableArray<string> Words, SystemText What, SystemText Now, ImmutableArray<string> Rules)
{
    /// <summary>True when the image itself is at fault, so that a Marketplace image is its publisher's matter.</summary>
    public bool IsOfImage { get; init; }

    internal bool Fits(Symptom symptom) =>
        (Codes.IsEmpty || Codes.Contains(symptom.Code, StringComparer.OrdinalIgnoreCase))
        && Words.All(words => symptom.Message.Contains(words, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One explained failure.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="What">What happened, in the system's own terms.</param>
/// <param name="Now">What to do.</param>
/// <param name="Evidence">What it was read from.</param>
public sealed record Finding(Cause Cause, string What, string Now, ImmutableArray<EvidenceItem> Evidence);
