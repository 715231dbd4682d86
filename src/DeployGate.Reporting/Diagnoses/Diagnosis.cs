using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Diagnosis;

namespace DeployGate.Reporting.Diagnoses;

/// <summary>What is said of one failure.</summary>
/// <param name="Subject">The machine's id, or the name of the document or disk.</param>
/// <param name="Findings">The causes, the most telling first.</param>
/// <param name="Disks">What was found inside disks, also where it is no cause.</param>
public sealed record Diagnosis(string Subject, ImmutableArray<Finding> Findings, ImmutableArray<GuestInspection> Disks);
