using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>What the given files say, and what of them could not be read.</summary>
/// <param name="Facts">All that could be read, in the order of the sources.</param>
/// <param name="Errors">What could not be read, and remarks on what could; in the order of the sources.</param>
public sealed record FactsRead(Facts Facts, ImmutableArray<InputError> Errors)
{
    /// <summary>The facts files that were read, and when each was recorded.</summary>
    public ImmutableArray<FactsRecord> Records { get; init; } = [];
}

/// <summary>One facts file.</summary>
/// <param name="File">The path as reports show it.</param>
/// <param name="RecordedAt">When it was recorded; null when it does not say.</param>
public sealed record FactsRecord(string File, DateTimeOffset? RecordedAt);

/// <summary>A recorded inspection, and which disk it is of: an id, or the address of a VHD.</summary>
public sealed record GivenInspection(string Of, SourceText Inspection);

/// <summary>
/// Reads recorded state: facts files (<c>deploygate-facts/v1</c>), inspections (<c>deploygate-inspection/v1</c>), and Azure's
/// own JSON as the REST API, <c>az … -o json</c> and Resource Graph print it. Comments and trailing commas are allowed. Bad
/// input becomes an <see cref="InputError"/>, never an exception; what stands beside it is still read. Secrets are dropped.
/// </summary>
public static class FactsReader
{
    /// <summary>
    /// Reads all sources. The first answer wins: an id that an earlier source calls absent stays absent, and one that an
    /// earlier source shows stays there. Several bodies of one resource are all kept, in order.
    /// </summary>
    /// <param name="states">The files given by <c>--state</c>, in that order.</param>
    /// <param name="disks">
    /// Recorded inspections given by <c>--disk ID=FILE</c>: what the disk is (an id, or the address of a VHD), and the file.
    /// They come before the inspections in <paramref name="states"/>.
    /// </param>
    public static FactsRead Read(IReadOnlyList<SourceText> states, IReadOnlyList<GivenInspection> disks)
    {
        var facts = new FactsBuilder();
        for (var i = 0; i < disks.Count; i++)
        {
            if (FactsSource.Open(disks[i].Inspection, facts) is { } source)
                InspectionReader.ReadGiven(source, disks[i].Of);
        }

        foreach (var state in states)
        {
            if (FactsSource.Open(state, facts) is { } source)
                new DocumentReader(source).Read(source.Root);
        }

        return facts.Build();
    }
}
