using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.Core.Assessment;

/// <summary>What is known of the actual state, in the order of the sources: the first answer wins.</summary>
/// <param name="Resources">Resources as Azure shows them, in REST shape.</param>
/// <param name="Absent">Ids that were asked for and are not there.</param>
/// <param name="Disks">What guests said of themselves.</param>
public sealed record Facts(ImmutableArray<FactResource> Resources, ImmutableArray<AbsentFact> Absent, ImmutableArray<GuestInspection> Disks)
{
    /// <summary>No facts at all.</summary>
    public static Facts None { get; } = new([], [], []);

    /// <summary>Ids that were asked for and got no answer that could be read.</summary>
    public ImmutableArray<UnreadableFact> Unreadable { get; init; } = [];

    /// <summary>Ids of resources whose children (the versions of a definition) are all among the resources, or known to be none.</summary>
    public ImmutableArray<string> Listed { get; init; } = [];

    /// <summary>
    /// These facts, and after them others: what is absent here stays absent, what is here stays here, and what could not be
    /// read here may be answered there.
    /// </summary>
    public Facts Then(Facts later)
    {
        var gone = Absent.Select(fact => fact.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var seen = Resources.Select(fact => fact.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Facts(
            [.. Resources, .. later.Resources.Where(fact => !gone.Contains(fact.Id))],
            [.. Absent, .. later.Absent.Where(fact => !seen.Contains(fact.Id) && !gone.Contains(fact.Id))],
            [.. Disks, .. later.Disks])
        {
            Unreadable = [.. Unreadable, .. later.Unreadable],
            Listed = [.. Listed, .. later.Listed],
        };
    }
}

/// <summary>An id that was asked for and got no answer that could be read: whether it is there is not known.</summary>
/// <param name="Id">The full id.</param>
/// <param name="Reason">Why, in words: which permission is missing, which limit was reached.</param>
/// <param name="File">Where it was asked for, as reports show it.</param>
/// <param name="ReadAt">When it was asked for; null when the source does not say.</param>
public sealed record UnreadableFact(string Id, string Reason, string File, DateTimeOffset? ReadAt);

/// <summary>A resource as Azure showed it.</summary>
/// <param name="Id">The full id.</param>
/// <param name="Type">The resource type.</param>
/// <param name="Body">The resource in REST shape, <c>properties</c> nested.</param>
/// <param name="File">Where it was read, as reports show it.</param>
/// <param name="ReadAt">When it was read; null when the source does not say.</param>
public sealed record FactResource(string Id, string Type, ObjectValue Body, string File, DateTimeOffset? ReadAt);

/// <summary>An id that was asked for and is not there.</summary>
public sealed record AbsentFact(string Id, string File, DateTimeOffset? ReadAt);

/// <summary>What an inspection of a disk found out about the guest.</summary>
public enum GuestState
{
    /// <summary>Nobody looked.</summary>
    Unseen,

    /// <summary>Prepared for copies.</summary>
    Generalized,

    /// <summary>The machine as it was.</summary>
    Specialized,

    /// <summary>Setup or sysprep broke off: it cannot be deployed either way.</summary>
    Undeployable,

    /// <summary>Somebody looked, and it could not be told.</summary>
    Unclear,
}

/// <summary>The answer of <c>deploygate inspect</c> for one disk.</summary>
/// <param name="Of">The id of the disk, snapshot or VM, or a VHD's address without its query.</param>
/// <param name="State">What the guest is.</param>
/// <param name="Reason">Why, in words; empty when the inspection does not say.</param>
/// <param name="OsType">The operating system.</param>
/// <param name="Items">What was read.</param>
/// <param name="File">Where the inspection was read, as reports show it.</param>
/// <param name="ReadAt">When the disk was read; null when the source does not say.</param>
public sealed record GuestInspection(
    string Of, GuestState State, string Reason, OsType OsType, ImmutableArray<GuestItem> Items, string File, DateTimeOffset? ReadAt)
{
    /// <summary>The firmware that the partitions are made for.</summary>
    public DiskLayout Layout { get; init; }
}

/// <summary>What firmware a disk's partitions are made for.</summary>
public enum DiskLayout
{
    /// <summary>Not known, or made for both.</summary>
    Unknown,

    /// <summary>A table of the old form: BIOS, Hyper-V generation 1.</summary>
    Bios,

    /// <summary>A GPT with a system partition and none for BIOS: UEFI, Hyper-V generation 2.</summary>
    Uefi,
}

/// <summary>One thing that was read on a disk.</summary>
/// <param name="Place">Where on the disk: a hive and its key, a file.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Says">What it says of the state.</param>
public sealed record GuestItem(string Place, string Value, string Says)
{
    /// <summary>True for what the preparation left behind and every copy will have.</summary>
    public bool IsResidue { get; init; }
}
