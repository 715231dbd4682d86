using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;

namespace DeployGate.Core.Inspections;

/// <summary>What was read on a disk and what it amounts to: <c>deploygate-inspection/v1</c>.</summary>
/// <param name="Disk">A path, an address without its query, or the id of a disk or snapshot.</param>
/// <param name="State">What the guest is; <see cref="GuestState.Unclear"/> when it could not be told.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record DiskInspection(string Disk, GuestState State, string Reason)
{
    /// <summary>When the reading began.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>False when not even the disk's own structure could be read.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary><c>raw</c>, <c>vhd-fixed</c>, <c>vhd-dynamic</c>, <c>vhd-differencing</c>, <c>vhdx</c>; null when it is not known.</summary>
    public string? Container { get; init; }

    /// <summary>The partitions, in the order of the table.</summary>
    public ImmutableArray<InspectedPartition> Partitions { get; init; } = [];

    /// <summary>The operating system.</summary>
    public GuestSystem System { get; init; } = new(OsType.Unknown);

    /// <summary>Each thing that was read.</summary>
    public ImmutableArray<GuestEvidence> Evidence { get; init; } = [];

    /// <summary>What speaks against the state.</summary>
    public ImmutableArray<GuestEvidence> Contradictions { get; init; } = [];

    /// <summary>What was odd on the way and did not stop the reading.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Bytes taken from the file or the server.</summary>
    public long BytesRead { get; init; }

    /// <summary>Reads of the file, or requests to the server.</summary>
    public long Requests { get; init; }
}

/// <summary>One partition.</summary>
/// <param name="Index">Its number; 0 for a disk without a table.</param>
/// <param name="Type">GPT type GUID, MBR type in two hexadecimal digits, or empty.</param>
/// <param name="FileSystem">What lies in it, or null when nothing was recognised.</param>
/// <param name="Offset">First byte on the disk.</param>
/// <param name="Length">Number of bytes.</param>
public sealed record InspectedPartition(int Index, string Type, string? FileSystem, long Offset, long Length);

/// <summary>The operating system on a disk.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Product">Its name: <c>Windows Server 2022 Datacenter</c>.</param>
/// <param name="Version">Its version: <c>10.0.20348.2113</c>, <c>22.04</c>.</param>
/// <param name="ComputerName">The name it has.</param>
/// <param name="VmId">The id of the VM that the system was provisioned as; Linux only.</param>
public sealed record GuestSystem(OsType Type, string? Product = null, string? Version = null, string? ComputerName = null, string? VmId = null);

/// <summary>One thing that was read on a disk.</summary>
/// <param name="Place">Where: partition, file, key and value.</param>
/// <param name="Value">What stands there, or <c>absent</c>, or why it was not read. Never a secret.</param>
/// <param name="Says">What it says: a state, or what it means.</param>
/// <param name="Weight">How much it counts.</param>
public sealed record GuestEvidence(string Place, string Value, string Says, EvidenceWeight Weight);

/// <summary>How much a piece of evidence counts.</summary>
public enum EvidenceWeight
{
    /// <summary>The state rests on it.</summary>
    Decisive,

    /// <summary>It has to agree.</summary>
    Corroborating,

    /// <summary>It was left behind by the preparation and will be in every copy.</summary>
    Residue,

    /// <summary>It is shown and decides nothing.</summary>
    Informative,
}
