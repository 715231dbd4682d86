using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>Containers and partition tables with the numbers in them that are changed.</summary>
internal static class BrokenContainers
{
    private const int MiB = 1 << 20;

    internal static IBrokenImage FixedVhd()
    {
        var file = VhdBuilder.Fixed(Gpt());
        return new BrokenContainer(file, [.. Footer(file.Length - 512)], bytes => VhdBuilder.Seal(bytes.AsSpan(bytes.Length - 512), 64));
    }

    internal static IBrokenImage DynamicVhd()
    {
        var file = VhdBuilder.Dynamic(Gpt());
        return new BrokenContainer(file, DynamicVhd(file), SealVhd);
    }

    internal static IBrokenImage DifferencingVhd()
    {
        var file = VhdBuilder.Differencing(Gpt(), new byte[4 * MiB], "parent.vhd");
        return new BrokenContainer(file, DynamicVhd(file), SealVhd);
    }

    /// <summary>A VHDX; qemu-img must be installed.</summary>
    internal static IBrokenImage Vhdx(bool hasLog)
    {
        using var folder = new ScratchFolder();
        var file = hasLog ? VhdxFile.WithLog(folder, Gpt()) : VhdxFile.Fixed(folder, Gpt());
        return new BrokenContainer(file, VhdxFile.Numbers(file), VhdxFile.SealAll);
    }

    internal static IBrokenImage GuidTable()
    {
        var disk = Gpt();
        return new BrokenContainer(disk, [.. GptFields(512, 1024), .. GptFields(disk.Length - 512, disk.Length - 16_896), .. BootRecord(0)], SealGpt);
    }

    internal static IBrokenImage BootRecords() =>
        new BrokenContainer(Mbr(), [.. BootRecord(0), .. Enumerable.Range(0, 4).SelectMany(index => BootRecord(MiB + (index * 64 * 1024)))], null);

    /// <summary>Bytes without a pattern.</summary>
    internal static byte[] Pattern(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static IEnumerable<Field> Footer(int at) => Fields.At(at, isBig: true, (0, 8), (16, 8), (40, 8), (48, 8), (60, 4), (64, 4), (68, 8));

    private static ImmutableArray<Field> DynamicVhd(byte[] file) =>
    [
        .. Footer(0),
        .. Footer(file.Length - 512),
        .. Fields.At(512, isBig: true, (0, 8), (8, 8), (16, 8), (24, 4), (28, 4), (32, 4), (36, 4), (40, 8)),
        .. Fields.Array(512 + 576, 8, 24, isBig: true, (0, 4), (4, 4), (8, 4), (16, 8)),
        .. Fields.Array(1536, 8, 4, isBig: true, (0, 4)),
    ];

    private static IEnumerable<Field> GptFields(int header, int table) =>
    [
        .. Fields.At(header, isBig: false, (0, 8), (8, 4), (12, 4), (16, 4), (24, 8), (32, 8), (40, 8), (48, 8), (72, 8), (80, 4), (84, 4), (88, 4)),
        .. Fields.Array(table, 4, 128, isBig: false, (0, 8), (16, 8), (32, 8), (40, 8), (48, 8)),
    ];

    private static IEnumerable<Field> BootRecord(int at) => [.. Fields.Array(at + 446, 4, 16, isBig: false, (0, 1), (4, 1), (8, 4), (12, 4)), .. Fields.At(at, isBig: false, (510, 2))];

    private static byte[] Gpt()
    {
        var disk = new byte[4 * MiB];
        GptBuilder.Write((offset, bytes) => bytes.CopyTo(disk, offset), disk.Length, 512, new GptEntry(1, GptEntry.EfiSystem, MiB, MiB), new GptEntry(2, GptEntry.Linux, 2 * MiB, MiB));
        Pattern(MiB, 3).CopyTo(disk, 2 * MiB);
        return disk;
    }

    /// <summary>A primary partition, and an extended one with four logical ones.</summary>
    private static byte[] Mbr()
    {
        var disk = new byte[2 * MiB];
        Record(disk, 0, 0, 0x83, 256, 1024);
        Record(disk, 0, 1, 0x0F, MiB / 512, MiB / 512);
        for (var index = 0; index < 4; index++)
        {
            var at = MiB + (index * 64 * 1024);
            Record(disk, at, 0, 0x83, 8, 64);
            if (index < 3)
            {
                Record(disk, at, 1, 0x05, (index + 1) * 128, 128);
            }
        }

        return disk;
    }

    private static void Record(byte[] disk, int sector, int slot, byte type, int start, int count)
    {
        var at = sector + 446 + (slot * 16);
        disk[at + 4] = type;
        new Field(at + 8, 4, false).Write(disk, (ulong)start);
        new Field(at + 12, 4, false).Write(disk, (ulong)count);
        (disk[sector + 510], disk[sector + 511]) = (0x55, 0xAA);
    }

    private static void SealVhd(byte[] file)
    {
        VhdBuilder.Seal(file.AsSpan(0, 512), 64);
        VhdBuilder.Seal(file.AsSpan(512, 1024), 36);
        VhdBuilder.Seal(file.AsSpan(file.Length - 512), 64);
    }

    /// <summary>Right checksums over what the fields say now, so that the fields behind them are reached.</summary>
    private static void SealGpt(byte[] disk)
    {
        foreach (var header in (int[])[512, disk.Length - 512])
        {
            var table = new Field(header + 72, 8, false).Read(disk) * 512;
            var size = new Field(header + 80, 4, false).Read(disk) * new Field(header + 84, 4, false).Read(disk);
            if (size <= (ulong)disk.Length && table <= (ulong)disk.Length - size)
            {
                new Field(header + 88, 4, false).Write(disk, Crc32.Ieee(disk.AsSpan((int)table, (int)size)));
            }

            var length = (int)Math.Clamp(new Field(header + 12, 4, false).Read(disk), 92, 512);
            new Field(header + 16, 4, false).Write(disk, 0);
            new Field(header + 16, 4, false).Write(disk, Crc32.Ieee(disk.AsSpan(header, length)));
        }
    }
}
