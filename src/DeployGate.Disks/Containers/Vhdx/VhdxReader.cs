using System.Buffers.Binary;
using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhdx;

/// <summary>Reads a VHDX. Source: [MS-VHDX] Virtual Hard Disk v2 File Format.</summary>
internal static class VhdxReader
{
    private const int HeaderSize = 4096;
    private const long FirstHeader = 64 << 10;
    private const long SecondHeader = 128 << 10;

    internal static DiskImage Read(IByteSource file)
    {
        var remarks = ImmutableArray.CreateBuilder<string>();
        var header = ChooseHeader(file, remarks);
        var source = header.HasLog ? VhdxLog.Replay(file, header, remarks) : file;
        var regions = VhdxRegions.Read(source, remarks);
        var metadata = VhdxMetadata.Read(source, regions.Metadata);
        return new DiskImage(ContainerKind.Vhdx, new VhdxBlockSource(source, metadata, regions.BlockTable), metadata.SectorSize, remarks.ToImmutable());
    }

    /// <summary>The valid header with the higher sequence number.</summary>
    private static VhdxHeader ChooseHeader(IByteSource file, ImmutableArray<string>.Builder remarks)
    {
        var first = VhdxHeader.Parse(file.ReadBytes(FirstHeader, HeaderSize));
        var second = VhdxHeader.Parse(file.ReadBytes(SecondHeader, HeaderSize));
        var chosen = (first, second) switch
        {
            (null, null) => throw Fault.At($"{file.Name}: VHDX header", FirstHeader, "a header with a right checksum, here or 64 KiB further", "none"),
            (null, _) => second,
            (_, null) => first,
            _ => first.Sequence >= second.Sequence ? first : second,
        };
        if (first is null || second is null)
        {
            remarks.Add("one of the two VHDX headers is torn: the other was taken");
        }

        return chosen!.Version == 1 ? chosen : throw Fault.At($"{file.Name}: VHDX header", null, "version 1", FormattableString.Invariant($"version {chosen.Version}"));
    }
}

/// <summary>A header of a VHDX.</summary>
internal sealed record VhdxHeader(ulong Sequence, Guid LogGuid, ushort LogVersion, ushort Version, uint LogLength, ulong LogOffset)
{
    /// <summary>The file was not closed in order: what its log says stands in the place of what it has.</summary>
    internal bool HasLog => LogGuid != Guid.Empty;

    /// <summary>The header in these 4096 bytes; null when it is not whole.</summary>
    internal static VhdxHeader? Parse(Span<byte> bytes) => bytes.StartsWith("head"u8) && VhdxChecksum.IsRight(bytes)
        ? new VhdxHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            new Guid(bytes.Slice(48, 16)),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[66..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[68..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[72..]))
        : null;
}

/// <summary>CRC-32C over a structure whose own four bytes at offset 4 count as zero.</summary>
internal static class VhdxChecksum
{
    internal static bool IsRight(ReadOnlySpan<byte> bytes) =>
        ~Castagnoli.AppendWithHole(uint.MaxValue, bytes, 4, 4) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
}
