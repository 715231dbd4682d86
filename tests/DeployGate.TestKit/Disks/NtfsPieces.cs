using System.Buffers.Binary;
using System.Text;

namespace DeployGate.TestKit.Disks;

/// <summary>A run of clusters; the target is -1 where nothing is stored.</summary>
internal readonly record struct NtfsRun(long Target, long Count);

/// <summary>An attribute before it is written: its bytes, or its runs and sizes.</summary>
internal sealed record NtfsStream(uint Type, string Name, byte[]? Value, IReadOnlyList<NtfsRun> Runs, long Size, long Initialized, ushort Flags, int UnitShift)
{
    internal static NtfsStream Resident(uint type, byte[] value, string name = "") => new(type, name, value, [], value.Length, value.Length, 0, 0);
}

/// <summary>Encodes attributes and records.</summary>
internal static class NtfsPieces
{
    // Compressed or sparse: the header has a field more, for what is really stored.
    private const int SpareFlags = 0x80ff;

    /// <summary>Bytes of an attribute; of a non-resident one the piece with <paramref name="runs"/>.</summary>
    internal static byte[] Attribute(NtfsStream stream, ushort id, int clusterSize, IReadOnlyList<NtfsRun>? runs = null, long first = 0)
    {
        var name = Encoding.Unicode.GetBytes(stream.Name);
        var header = stream.Value is not null ? 24 : (stream.Flags & SpareFlags) != 0 ? 72 : 64;
        var body = stream.Value ?? EncodeRuns(runs ?? stream.Runs);
        var start = header + (name.Length + 7) / 8 * 8;
        var bytes = new byte[(start + body.Length + 7) / 8 * 8];
        Set32(bytes, 0, stream.Type);
        Set32(bytes, 4, (uint)bytes.Length);
        bytes[8] = (byte)(stream.Value is null ? 1 : 0);
        bytes[9] = (byte)stream.Name.Length;
        Set16(bytes, 10, header);
        Set16(bytes, 12, stream.Flags);
        Set16(bytes, 14, id);
        name.CopyTo(bytes, header);
        body.CopyTo(bytes, start);
        if (stream.Value is not null)
        {
            Set32(bytes, 16, (uint)body.Length);
            Set16(bytes, 20, start);
            bytes[22] = (byte)(stream.Type == 0x30 ? 1 : 0);
            return bytes;
        }

        SetSizes(bytes, stream, (runs ?? stream.Runs).Sum(run => run.Count), clusterSize, first);
        Set16(bytes, 32, start);
        return bytes;
    }

    private static void SetSizes(byte[] bytes, NtfsStream stream, long count, int clusterSize, long first)
    {
        Set64(bytes, 16, first);
        Set64(bytes, 24, first + count - 1);
        bytes[34] = (byte)stream.UnitShift;
        if (first == 0)
        {
            Set64(bytes, 40, stream.Runs.Sum(run => run.Count) * clusterSize);
            Set64(bytes, 48, stream.Size);
            Set64(bytes, 56, stream.Initialized);
        }

        if ((stream.Flags & SpareFlags) != 0)
        {
            Set64(bytes, 64, stream.Runs.Where(run => run.Target >= 0).Sum(run => run.Count) * clusterSize);
        }
    }

    internal static byte[] EncodeRuns(IEnumerable<NtfsRun> runs)
    {
        var bytes = new List<byte>();
        var last = 0L;
        foreach (var (target, count) in runs)
        {
            var counted = Signed(count);
            var moved = target < 0 ? [] : Signed(target - last);
            last = target < 0 ? last : target;
            bytes.Add((byte)(moved.Length << 4 | counted.Length));
            bytes.AddRange(counted);
            bytes.AddRange(moved);
        }

        bytes.Add(0);
        return [.. bytes];
    }

    /// <summary>A record with its update sequence in place; attributes must be in order of type.</summary>
    internal static byte[] Record(int size, long number, ushort sequence, ushort flags, ulong baseReference, IEnumerable<byte[]> attributes)
    {
        var record = new byte[size];
        var words = size / 512 + 1;
        "FILE"u8.CopyTo(record);
        Set16(record, 4, 0x30);
        Set16(record, 6, words);
        Set16(record, 0x10, sequence);
        Set16(record, 0x12, 1);
        Set16(record, 0x16, flags);
        Set32(record, 0x1c, (uint)size);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(0x20), baseReference);
        Set16(record, 0x28, 100);
        Set32(record, 0x2c, (uint)number);
        var at = (0x30 + 2 * words + 7) / 8 * 8;
        Set16(record, 0x14, at);
        foreach (var attribute in attributes)
        {
            attribute.CopyTo(record, at);
            at += attribute.Length;
        }

        Set32(record, at, 0xffff_ffff);
        Set32(record, 0x18, (uint)at + 8);
        Protect(record);
        return record;
    }

    /// <summary>Puts the update sequence number over the last two bytes of every 512.</summary>
    internal static void Protect(Span<byte> block)
    {
        var at = BinaryPrimitives.ReadUInt16LittleEndian(block[4..]);
        BinaryPrimitives.WriteUInt16LittleEndian(block[at..], 0x4711);
        for (var part = 1; part <= block.Length / 512; part++)
        {
            block.Slice(part * 512 - 2, 2).CopyTo(block[(at + 2 * part)..]);
            BinaryPrimitives.WriteUInt16LittleEndian(block[(part * 512 - 2)..], 0x4711);
        }
    }

    internal static byte[] FileName(ulong parent, string name, byte kind, long size, uint flags, uint tag)
    {
        var value = new byte[0x42 + 2 * name.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(value, parent);
        for (var at = 8; at < 0x28; at += 8)
        {
            Set64(value, at, 133_000_000_000_000_000);
        }

        Set64(value, 0x28, size);
        Set64(value, 0x30, size);
        Set32(value, 0x38, flags);
        Set32(value, 0x3c, tag);
        value[0x40] = (byte)name.Length;
        value[0x41] = kind;
        Encoding.Unicode.GetBytes(name).CopyTo(value, 0x42);
        return value;
    }

    internal static byte[] StandardInformation(uint flags)
    {
        var value = new byte[48];
        for (var at = 0; at < 32; at += 8)
        {
            Set64(value, at, 133_000_000_000_000_000);
        }

        Set32(value, 32, flags);
        return value;
    }

    internal static void Set16(Span<byte> bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], (ushort)value);

    internal static void Set32(Span<byte> bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], value);

    internal static void Set64(Span<byte> bytes, int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(bytes[at..], value);

    // As few bytes as keep the sign.
    private static byte[] Signed(long value)
    {
        var count = 1;
        while (count < 8 && value >> (8 * count - 1) is not (0 or -1))
        {
            count++;
        }

        return BitConverter.GetBytes(value)[..count];
    }
}
