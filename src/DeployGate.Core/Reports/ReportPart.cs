using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Core.Reports;

/// <summary>Which part of a run a report tells of, and what joining the parts needs beside what reports show.</summary>
/// <param name="Index">The number of the part, from 1.</param>
/// <param name="Count">How many parts the run has.</param>
/// <param name="Inputs">A digest of the inputs that were found and of the options that they are judged by: parts that differ in it do not belong together.</param>
public sealed record ReportPart(int Index, int Count, string Inputs)
{
    /// <summary>Where the waivers are written that cover a finding of this part.</summary>
    public ImmutableArray<Place> UsedWaivers { get; init; } = [];

    /// <summary>The remarks on waivers that cover no finding of this part; in another part they may.</summary>
    public ImmutableArray<InputError> UnusedWaivers { get; init; } = [];
}
