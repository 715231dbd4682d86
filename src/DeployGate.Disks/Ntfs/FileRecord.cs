using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>One record of the master file table, its update sequence undone.</summary>
internal sealed class FileRecord
{
    private const long NumberMask = 0xffff_ffff_ffff;

    private FileRecord(long number, long offset, ReadOnlySpan<byte> header, List<NtfsAttribute> attributes)
    {
        Number = number;
        Offset = offset;
        Sequence = BinaryPrimitives.ReadUInt16LittleEndian(header[0x10..]);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[0x16..]);
        InUse = (flags & 1) != 0;
        IsDirectory = (flags & 2) != 0;
        BaseReference = BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]);
        Attributes = attributes;
    }

    internal long Number { get; }

    /// <summary>Its first byte, from the start of the volume.</summary>
    internal long Offset { get; }

    internal ushort Sequence { get; }

    internal bool InUse { get; }

    internal bool IsDirectory { get; }

    /// <summary>The reference of the record that this one continues; 0 when it stands for a file itself.</summary>
    internal ulong BaseReference { get; }

    internal IReadOnlyList<NtfsAttribute> Attributes { get; }

    internal ulong Reference => (ulong)Number | (ulong)Sequence << 48;

    internal string Place => PlaceOf(Number);

    /// <summary>Whether it is in use, and in which life, for a message.</summary>
    internal string Standing => FormattableString.Invariant($"{(InUse ? "in use" : "free")}, sequence {Sequence}");

    internal static long NumberOf(ulong reference) => (long)(reference & NumberMask);

    internal static ushort SequenceOf(ulong reference) => (ushort)(reference >> 48);

    internal static string PlaceOf(long number) => FormattableString.Invariant($"NTFS: MFT record {number}");

    internal static bool HasSignature(ReadOnlySpan<byte> bytes) => bytes.StartsWith("FILE"u8);

    /// <summary>Reads the record in <paramref name="bytes"/>, which it changes and keeps.</summary>
    internal static FileRecord Parse(byte[] bytes, long number, long offset)
    {
        var place = PlaceOf(number);
        if (!HasSignature(bytes))
        {
            throw Fault.At(place, offset, "the signature FILE", Shown.Signature(bytes));
        }

        UpdateSequence.Undo(bytes, place, offset);
        var used = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x18));
        if (used > bytes.Length)
        {
            throw Fault.At(place, offset + 0x18, FormattableString.Invariant($"at most {bytes.Length} bytes in use"), FormattableString.Invariant($"{used}"));
        }

        var attributes = new List<NtfsAttribute>();
        var record = bytes.AsMemory(0, (int)used);
        for (int at = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(0x14)), length; ; at += length)
        {
            if (at < 0x28 || at > record.Length - 4)
            {
                throw Fault.At(place, offset + at, "attributes up to an end mark", "the end of the record");
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(record.Span[at..]) == (uint)AttributeType.End)
            {
                return new FileRecord(number, offset, bytes, attributes);
            }

            attributes.Add(NtfsAttribute.Read(record, at, offset, place, out length));
        }
    }
}
