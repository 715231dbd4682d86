using System.Buffers.Binary;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Containers;
using DeployGate.Disks.Partitions;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Containers;

/// <summary>Broken containers and partition tables end in an answer, within a budget, and never in another exception.</summary>
public class ContainerMutationTests
{
    private const int MiB = 1 << 20;
    private static readonly ReadBudget s_budget = new(64L << 20, 20_000, TimeSpan.FromSeconds(5));

    [Fact]
    public void Broken_dynamic_VHDs_are_answered() => Each(VhdBuilder.Dynamic(Disk()), [0, 512, 1536, 2048], 200, file => VhdBuilder.Seal(file.AsSpan(512, 1024), 36));

    [Fact]
    public void Broken_fixed_VHDs_are_answered() => Each(VhdBuilder.Fixed(Disk()), [0, Disk().Length], 200, file => VhdBuilder.Seal(file.AsSpan(file.Length - 512), 64));

    [Fact]
    public void Broken_VHDXs_are_answered()
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder.PathOf("disk.raw"), Disk());
        OtherTool.Run("qemu-img", "convert", "-O", "vhdx", "-o", "subformat=fixed,block_size=1M", folder.PathOf("disk.raw"), folder.PathOf("disk.vhdx"));
        Each(File.ReadAllBytes(folder.PathOf("disk.vhdx")), [64 << 10, 128 << 10, 192 << 10, 256 << 10, MiB, 2 * MiB, (2 * MiB) + (64 << 10), 3 * MiB], 100, SealVhdx);
    }

    [Fact]
    public void Broken_partition_tables_are_answered() => Each(Disk(), [0, 512, 1024, Disk().Length - 512, Disk().Length - 16_896], 200, SealGpt);

    private static void Each(byte[] whole, int[] places, int usual, Action<byte[]> seal) => MutationRun.Each(usual, random =>
    {
        var file = (byte[])whole.Clone();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            Change(file, places[random.Next(places.Length)], random);
        }

        if (random.Next(2) == 0)
        {
            seal(file);
        }

        var length = random.Next(8) == 0 ? random.Next(file.Length) : file.Length;
        using var metered = new MeteredByteSource(new MemoryByteSource("disk", file.AsMemory(0, length)), s_budget, TimeProvider.System);
        Walk(metered, new MemoryByteSource("parent", whole));
    });

    private static void Change(byte[] file, int place, Random random)
    {
        var at = Math.Min(place + (random.Next(4) == 0 ? random.Next(4096) : random.Next(128)), file.Length - 8);
        switch (random.Next(4))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), (uint)random.NextInt64());
                break;
            case 2:
                BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(at), ulong.MaxValue >> random.Next(64));
                break;
            default:
                file.AsSpan(at, Math.Min(random.Next(64), file.Length - at)).Clear();
                break;
        }
    }

    private static void Walk(IByteSource source, IByteSource parent)
    {
        if (ContainerReader.Open(source, _ => parent) is not Lookup<DiskImage>.Found { Value: { } image })
        {
            return;
        }

        Fault.Catch(() => new Lookup<byte[]>.Found(image.Content.ReadBytes(image.Content.Length / 2, (int)Math.Min(4096, image.Content.Length / 4))));
        if (PartitionTable.Read(image.Content, image.SectorSize) is Lookup<PartitionTable>.Found { Value: { } table })
        {
            VolumeFinder.Find(image.Content, table.Partitions);
        }
    }

    private static byte[] Disk()
    {
        var disk = new byte[4 * MiB];
        GptBuilder.Write((offset, bytes) => bytes.CopyTo(disk, offset), disk.Length, 512, new GptEntry(1, GptEntry.EfiSystem, MiB, MiB), new GptEntry(2, GptEntry.Linux, 2 * MiB, MiB));
        VhdTests.Pattern(MiB, 3).CopyTo(disk, 2 * MiB);
        return disk;
    }

    /// <summary>Right checksums, so that the fields behind them are reached.</summary>
    private static void SealGpt(byte[] disk)
    {
        foreach (var (header, table) in ((int, int)[])[(512, 1024), (disk.Length - 512, disk.Length - 16_896)])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(header + 88), Crc32.Ieee(disk.AsSpan(table, 16_384)));
            disk.AsSpan(header + 16, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(header + 16), Crc32.Ieee(disk.AsSpan(header, 92)));
        }
    }

    private static void SealVhdx(byte[] file)
    {
        foreach (var (at, size) in ((int, int)[])[(64 << 10, 4096), (128 << 10, 4096), (192 << 10, 64 << 10), (256 << 10, 64 << 10)])
        {
            file.AsSpan(at + 4, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 4), Crc32.Castagnoli(file.AsSpan(at, size)));
        }
    }
}
