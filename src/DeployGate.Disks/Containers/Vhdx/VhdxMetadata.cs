using System.Buffers.Binary;
using System.Numerics;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhdx;

/// <summary>What a VHDX says of its disk.</summary>
/// <param name="BlockSize">Bytes of a payload block: a power of two from 1 MiB to 256 MiB.</param>
/// <param name="DiskSize">Bytes of the disk.</param>
/// <param name="SectorSize">Bytes of a logical sector: 512 or 4096.</param>
internal sealed record VhdxMetadata(int BlockSize, long DiskSize, int SectorSize)
{
    private const int TableSize = 64 << 10;
    private const int MaxItems = 2047;
    private const long MaxDiskSize = 64L << 40;

    private static readonly Guid s_fileParameters = new("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
    private static readonly Guid s_diskSize = new("2fa54224-cd1b-4876-b211-5dbed83bf4b8");
    private static readonly Guid s_logicalSector = new("8141bf1d-a96f-4709-ba47-f233a8faab5f");
    private static readonly Guid s_physicalSector = new("cda348c7-445d-4471-9cc9-e9885251c556");
    private static readonly Guid s_identity = new("beca12ab-b2e6-4523-93ef-c309e000c746");

    internal static VhdxMetadata Read(IByteSource file, VhdxRegion region)
    {
        var place = $"{file.Name}: VHDX metadata";
        var table = file.ReadBytes(region.Offset, TableSize).AsSpan();
        var count = BinaryPrimitives.ReadUInt16LittleEndian(table[10..]);
        if (!table.StartsWith("metadata"u8) || count > MaxItems)
        {
            throw Fault.At(place, region.Offset, "'metadata' and at most 2047 items", "other bytes");
        }

        uint blockSize = 0, flags = 0, sector = 0;
        long size = -1;
        for (var index = 0; index < count; index++)
        {
            var entry = table.Slice(32 + (index * 32), 32);
            var id = new Guid(entry[..16]);
            var at = region.Offset + BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]);
            if (id == s_fileParameters)
            {
                var bytes = file.ReadBytes(at, 8).AsSpan();
                blockSize = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            }
            else if (id == s_diskSize)
            {
                size = BinaryPrimitives.ReadInt64LittleEndian(file.ReadBytes(at, 8));
            }
            else if (id == s_logicalSector)
            {
                sector = BinaryPrimitives.ReadUInt32LittleEndian(file.ReadBytes(at, 4));
            }
            else if (id != s_physicalSector && id != s_identity && (entry[24] & 4) != 0)
            {
                throw Fault.At(place, region.Offset + 32 + (index * 32), "items that this reader knows", $"the required item {id}");
            }
        }

        return Check(place, region.Offset, blockSize, flags, size, sector);
    }

    private static VhdxMetadata Check(string place, long offset, uint blockSize, uint flags, long size, uint sector) => true switch
    {
        _ when (flags & 2) != 0 => throw Fault.At(place, offset, "a VHDX without a parent", "a differencing VHDX"),
        _ when blockSize is < 1 << 20 or > 256 << 20 || !BitOperations.IsPow2(blockSize) =>
            throw Fault.At(place, offset, "a block size that is a power of two from 1 MiB to 256 MiB", FormattableString.Invariant($"{blockSize}")),
        _ when size is < 0 or > MaxDiskSize => throw Fault.At(place, offset, "a disk of at most 64 TiB", size < 0 ? "no size" : FormattableString.Invariant($"{size} bytes")),
        _ when sector is not (512 or 4096) => throw Fault.At(place, offset, "logical sectors of 512 or 4096 bytes", FormattableString.Invariant($"{sector}")),
        _ => new VhdxMetadata((int)blockSize, size, (int)sector),
    };
}
