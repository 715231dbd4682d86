using System.Buffers.Binary;
using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhdx;

/// <summary>A region of a VHDX: half-open range of the file, in bytes.</summary>
internal readonly record struct VhdxRegion(long Offset, long Length);

/// <summary>Where the block allocation table and the metadata lie.</summary>
internal sealed record VhdxRegions(VhdxRegion BlockTable, VhdxRegion Metadata)
{
    private const int TableSize = 64 << 10;
    private const long FirstTable = 192 << 10;
    private const long SecondTable = 256 << 10;
    private const int MaxEntries = 2047;

    private static readonly Guid s_blockTable = new("2dc27766-f623-4200-9d64-115e9bfd4a08");
    private static readonly Guid s_metadata = new("8b7ca206-4790-4b9a-b8fe-575f050f886e");

    internal static VhdxRegions Read(IByteSource file, ImmutableArray<string>.Builder remarks)
    {
        var bytes = file.ReadBytes(FirstTable, TableSize);
        var offset = FirstTable;
        if (!IsWhole(bytes))
        {
            bytes = file.ReadBytes(SecondTable, TableSize);
            offset = SecondTable;
            if (!IsWhole(bytes))
            {
                throw Fault.At($"{file.Name}: VHDX region table", FirstTable, "a table with a right checksum, here or 64 KiB further", "none");
            }

            remarks.Add("the first VHDX region table is torn: the second was taken");
        }

        return Parse(file.Name, bytes, offset);
    }

    private static bool IsWhole(Span<byte> bytes) =>
        bytes.StartsWith("regi"u8) && VhdxChecksum.IsRight(bytes) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) <= MaxEntries;

    private static VhdxRegions Parse(string name, ReadOnlySpan<byte> bytes, long offset)
    {
        VhdxRegion? table = null, metadata = null;
        var count = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        for (var index = 0; index < count; index++)
        {
            var entry = bytes.Slice(16 + (index * 32), 32);
            var id = new Guid(entry[..16]);
            var region = new VhdxRegion(BinaryPrimitives.ReadInt64LittleEndian(entry[16..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]));
            if (id == s_blockTable)
            {
                table = region;
            }
            else if (id == s_metadata)
            {
                metadata = region;
            }
            else if ((entry[28] & 1) != 0)
            {
                throw Fault.At($"{name}: VHDX region table", offset + 16 + (index * 32), "regions that this reader knows", $"the required region {id}");
            }
        }

        return table is { } t && metadata is { } m
            ? new VhdxRegions(t, m)
            : throw Fault.At($"{name}: VHDX region table", offset, "a block allocation table and metadata", table is null ? "no block allocation table" : "no metadata");
    }
}
