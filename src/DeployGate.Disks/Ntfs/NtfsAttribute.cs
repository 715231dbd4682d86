using System.Buffers.Binary;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>The attribute types that are read here.</summary>
internal enum AttributeType : uint
{
    AttributeList = 0x20,
    VolumeName = 0x60,
    VolumeInformation = 0x70,
    Data = 0x80,
    IndexRoot = 0x90,
    IndexAllocation = 0xa0,
    Bitmap = 0xb0,
    ReparsePoint = 0xc0,
    End = 0xffffffff,
}

/// <summary>One attribute of one MFT record, or one piece of an attribute that is spread over records.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">The stream's name; empty for the main one.</param>
/// <param name="Id">Its number within the record.</param>
/// <param name="Flags">0x00ff compressed, 0x4000 encrypted, 0x8000 sparse.</param>
/// <param name="Offset">Where its header stands, in bytes from the start of the volume.</param>
/// <param name="Value">The bytes, when they stand in the record.</param>
/// <param name="Piece">The run list, when they do not.</param>
internal sealed record NtfsAttribute(AttributeType Type, string Name, ushort Id, ushort Flags, long Offset, ReadOnlyMemory<byte> Value, AttributePiece? Piece)
{
    private const int ResidentHeader = 24;
    private const int NonResidentHeader = 64;

    /// <summary>Reads the attribute at <paramref name="at"/> and gives its length.</summary>
    internal static NtfsAttribute Read(ReadOnlyMemory<byte> record, int at, long recordOffset, string place, out int length)
    {
        var left = record.Length - at;
        var header = record.Span[at..];
        var stated = left < ResidentHeader ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        var resident = left >= ResidentHeader && header[8] == 0;
        if (stated < (resident ? ResidentHeader : NonResidentHeader) || stated > left)
        {
            throw Fault.At(place, recordOffset + at, FormattableString.Invariant($"an attribute of at most {left} bytes"), FormattableString.Invariant($"{stated} bytes"));
        }

        length = (int)stated;
        var bytes = record.Slice(at, length);
        return new NtfsAttribute(
            (AttributeType)BinaryPrimitives.ReadUInt32LittleEndian(header),
            Encoding.Unicode.GetString(Part(bytes, BinaryPrimitives.ReadUInt16LittleEndian(header[10..]), header[9] * 2L, place, recordOffset + at).Span),
            BinaryPrimitives.ReadUInt16LittleEndian(header[14..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[12..]),
            recordOffset + at,
            resident ? Part(bytes, BinaryPrimitives.ReadUInt16LittleEndian(header[20..]), BinaryPrimitives.ReadUInt32LittleEndian(header[16..]), place, recordOffset + at) : default,
            resident ? null : AttributePiece.Read(bytes, place, recordOffset + at));
    }

    private static ReadOnlyMemory<byte> Part(ReadOnlyMemory<byte> attribute, int start, long count, string place, long offset) =>
        count == 0 ? default
        : start + count <= attribute.Length ? attribute.Slice(start, (int)count)
        : throw Fault.At(place, offset, FormattableString.Invariant($"{count} bytes within an attribute of {attribute.Length}"), FormattableString.Invariant($"a start at {start}"));
}

/// <summary>Where the bytes of a non-resident attribute lie. Sizes in bytes; they count in the piece that starts at cluster 0 only.</summary>
/// <param name="First">The first cluster of the attribute that this piece tells of.</param>
/// <param name="End">The cluster after its last.</param>
/// <param name="Allocated">Bytes of whole clusters.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Initialized">Bytes ever written; what follows reads as zeros.</param>
/// <param name="UnitShift">Binary logarithm of the clusters in a compression unit.</param>
/// <param name="Runs">The encoded run list.</param>
internal sealed record AttributePiece(long First, long End, long Allocated, long Size, long Initialized, int UnitShift, ReadOnlyMemory<byte> Runs)
{
    internal static AttributePiece Read(ReadOnlyMemory<byte> attribute, string place, long offset)
    {
        var header = attribute.Span;
        var first = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        var last = BinaryPrimitives.ReadInt64LittleEndian(header[24..]);
        var runs = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        var size = BinaryPrimitives.ReadInt64LittleEndian(header[48..]);
        var initialized = BinaryPrimitives.ReadInt64LittleEndian(header[56..]);
        if (first < 0 || last < first - 1 || last == long.MaxValue || runs > attribute.Length)
        {
            throw Fault.At(place, offset, "a run list of clusters in order", FormattableString.Invariant($"clusters {first} to {last}, list at {runs}"));
        }

        if (first == 0 && (size < 0 || initialized < 0))
        {
            throw Fault.At(place, offset, "a size", FormattableString.Invariant($"{size} bytes, {initialized} of them written"));
        }

        return new AttributePiece(first, last + 1, BinaryPrimitives.ReadInt64LittleEndian(header[40..]), size, initialized, header[34], attribute[runs..]);
    }
}
