using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Steps;

/// <summary>What following a pipeline shows of one machine, disk, snapshot, VHD or image. What others did to it is not in here.</summary>
/// <param name="Id">Its id, or the address of a VHD, as far as known.</param>
/// <param name="Type">The resource type; empty for a VHD.</param>
/// <param name="Mark">What Azure will have on record of a machine; <see cref="AzureMark.Unknown"/> for all else.</param>
/// <param name="MarkText">How that came about, in words; empty where there is nothing to say.</param>
/// <param name="Guest">What the guest is; <see cref="GuestState.Unseen"/> where the pipeline did nothing to it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Items">The commands that show it.</param>
/// <param name="Related">Where it was prepared, marked, started.</param>
/// <param name="ChangedHere">True when this pipeline made it, or changed it.</param>
public sealed record ObservedState(
    Value Id,
    string Type,
    AzureMark Mark,
    string MarkText,
    GuestState Guest,
    string Reason,
    ImmutableArray<GuestItem> Items,
    ImmutableArray<RelatedPlace> Related,
    bool ChangedHere)
{
    /// <summary>How its mark came about, in words.</summary>
    public string MarkText { get; init; } = RecentTexts.Of(MarkText);

    /// <summary>Why the guest is what it is, in words.</summary>
    public string Reason { get; init; } = RecentTexts.Of(Reason);
}
