using System.Buffers.Binary;
using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>What $Volume and $LogFile say about the volume: its label, and whether it was closed in order.</summary>
internal static class VolumeState
{
    private const long LogFileRecord = 2;
    private const long VolumeRecord = 3;
    private const ushort DirtyFlag = 1;
    private const ushort CleanFlag = 2;
    private const ushort NoClient = 0xffff;
    private const int LongestLabel = 256;

    /// <summary>The label; null when there is none or it cannot be read, which matters to no answer.</summary>
    internal static string? Label(MasterFileTable table) => Fault.Catch<string?>(() =>
    {
        var name = table.FindFirst(table.Record(VolumeRecord), AttributeType.VolumeName);
        return new Lookup<string?>.Found(name is { Piece: null, Value.Length: > 0 and <= LongestLabel } ? Encoding.Unicode.GetString(name.Value.Span) : null);
    }).Match(label => label, _ => null, _ => null);

    /// <summary>Why the disk may be behind what the system had written; null when it was closed in order.</summary>
    internal static string? Unsettled(MasterFileTable table) => Fault.Catch<string?>(() =>
    {
        var flags = table.FindFirst(table.Record(VolumeRecord), AttributeType.VolumeInformation);
        if (flags is not { Piece: null, Value.Length: >= 12 })
        {
            return new Lookup<string?>.Found("the volume does not say whether it was closed in order");
        }

        if ((BinaryPrimitives.ReadUInt16LittleEndian(flags.Value.Span[10..]) & DirtyFlag) != 0)
        {
            return new Lookup<string?>.Found("the dirty flag of the volume is set");
        }

        return new Lookup<string?>.Found(IsLogSettled(table) ? null : "the log of the volume ($LogFile) was not closed and may hold changes that the disk does not show");
    }).Match(reason => reason, _ => null, failure => "whether the volume was closed in order could not be read: " + failure.Message);

    private static bool IsLogSettled(MasterFileTable table)
    {
        var record = table.Record(LogFileRecord);
        if (table.Find(record, AttributeType.Data) is not { } data)
        {
            return false;
        }

        var log = data.Source("NTFS: $LogFile", table.Volume, table.ClusterSize);
        if (log.Length < 512)
        {
            return log.Length == 0;
        }

        var first = log.ReadBytes(0, 512);
        // Never used, or emptied by a repair.
        if (first.AsSpan(0, 4).IndexOfAnyExcept((byte)0xff) < 0)
        {
            return true;
        }

        var pageSize = BinaryPrimitives.ReadUInt32LittleEndian(first.AsSpan(16));
        var (isClean, sequence) = ReadRestart(first);
        // Two restart pages are written in turn: the later one counts.
        if (pageSize is >= 512 and <= 65536 && pageSize <= log.Length - 512 && ReadRestart(log.ReadBytes(pageSize, 512)) is { Sequence: >= 0 } second && second.Sequence > sequence)
        {
            return second.IsClean;
        }

        return isClean;
    }

    private static (bool IsClean, long Sequence) ReadRestart(ReadOnlySpan<byte> page)
    {
        var area = BinaryPrimitives.ReadUInt16LittleEndian(page[24..]);
        // The area stands in the first 510 bytes, before anything that an update sequence replaces.
        if (page.StartsWith("CHKD"u8))
        {
            return (true, BinaryPrimitives.ReadInt64LittleEndian(page[8..]));
        }

        if (!page.StartsWith("RSTR"u8) || area > 510 - 16)
        {
            return (false, -1);
        }

        var client = BinaryPrimitives.ReadUInt16LittleEndian(page[(area + 12)..]);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(page[(area + 14)..]);
        return (client == NoClient || (flags & CleanFlag) != 0, BinaryPrimitives.ReadInt64LittleEndian(page[area..]));
    }
}
