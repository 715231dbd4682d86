using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>Puts volumes on a disk with a GUID partition table, and the disk into a container.</summary>
public static class DiskBuilder
{
    private const int MiB = 1 << 20;

    /// <summary>A disk whose partitions lie one after the other, each from a whole MiB on.</summary>
    /// <param name="size">Bytes of the disk.</param>
    /// <param name="partitions">The type and content of each.</param>
    public static SparseByteSource Gpt(long size, params (Guid Type, IByteSource Content)[] partitions)
    {
        var disk = new SparseByteSource("disk", size);
        var entries = new List<GptEntry>();
        long at = MiB;
        foreach (var (type, content) in partitions)
        {
            entries.Add(new GptEntry(entries.Count + 1, type, at, content.Length));
            Copy(content, disk, at);
            at += (content.Length + MiB - 1) / MiB * MiB;
        }

        GptBuilder.Write((offset, bytes) => disk.Write(offset, bytes), size, 512, [.. entries]);
        return disk;
    }

    /// <summary>The disk as a fixed VHD: its bytes and a footer.</summary>
    public static SparseByteSource FixedVhd(SparseByteSource disk)
    {
        var file = new SparseByteSource("disk.vhd", disk.Length + 512);
        Copy(disk, file, 0);
        file.Write(disk.Length, VhdBuilder.FixedFooter(disk.Length));
        return file;
    }

    private static void Copy(IByteSource from, SparseByteSource to, long at)
    {
        if (from is SparseByteSource sparse)
        {
            foreach (var (offset, bytes) in sparse.Segments)
            {
                to.Write(at + offset, bytes.Span);
            }

            return;
        }

        var all = new byte[from.Length];
        from.Read(0, all);
        to.Write(at, all);
    }
}
