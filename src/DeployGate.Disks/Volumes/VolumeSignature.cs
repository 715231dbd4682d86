using System.Buffers.Binary;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>Says by its signature what lies on a volume that has no reader here, or before one is tried.</summary>
public static class VolumeSignature
{
    // What stands where. The order matters: an encrypted volume or a member of an array may hold the remains of what was there before.
    private static readonly (string Name, long Offset, byte[] Bytes)[] s_signatures =
    [
        ("bitlocker", 3, [.. "-FVE-FS-"u8]),
        ("luks", 0, [.. "LUKS"u8, 0xBA, 0xBE]),
        ("mdraid", 4096, [0xFC, 0x4E, 0x2B, 0xA9]),
        ("mdraid", 0, [0xFC, 0x4E, 0x2B, 0xA9]),
        ("xfs", 0, [.. "XFSB"u8]),
        ("btrfs", 0x10040, [.. "_BHRfS_M"u8]),
        ("squashfs", 0, [.. "hsqs"u8]),
        ("ntfs", 3, [.. "NTFS    "u8]),
        ("exfat", 3, [.. "EXFAT   "u8]),
        ("refs", 3, [.. "ReFS\0\0\0\0"u8]),
        ("fat32", 82, [.. "FAT32   "u8]),
        ("fat16", 54, [.. "FAT16   "u8]),
        ("fat12", 54, [.. "FAT12   "u8]),

        // Two bytes only, and code to start from may stand there on the others; who makes an ext volume clears what stood before it.
        ("ext", 1024 + 0x38, [0x53, 0xEF]),
        ("iso9660", 0x8001, [.. "CD001"u8]),
    ];

    /// <summary>
    /// The name of what lies there: <c>bitlocker</c>, <c>luks</c>, <c>mdraid</c>, <c>lvm2</c>, <c>swap</c>, <c>zfs_member</c>, <c>xfs</c>, <c>btrfs</c>,
    /// <c>ext</c>, <c>squashfs</c>, <c>ntfs</c>, <c>exfat</c>, <c>refs</c>, <c>fat12</c>, <c>fat16</c>, <c>fat32</c>, <c>iso9660</c>; <c>empty</c>
    /// when the places of all signatures hold zeros.
    /// </summary>
    /// <returns>Absent when something stands there that has none of these; unreadable when the bytes cannot be read.</returns>
    public static Lookup<string> Of(IByteSource volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Fault.Catch<string>(() => Name(volume) is { } name
            ? new Lookup<string>.Found(name)
            : new Lookup<string>.Absent($"{volume.Name}: signature of a file system"));
    }

    /// <summary>As <see cref="Of"/>, by the first bytes alone: null when only the rarer places can tell, each of which costs a request.</summary>
    internal static string? OfHead(IByteSource volume)
    {
        var head = Head(volume);
        foreach (var (name, offset, bytes) in s_signatures)
        {
            if (offset + bytes.Length <= head.Length && Stands(volume, head, offset, bytes))
                return name;
        }

        return IsLvm(head) ? "lvm2" : null;
    }

    private static byte[] Head(IByteSource volume) => volume.ReadBytes(0, (int)Math.Min(volume.Length, 4608));

    private static string? Name(IByteSource volume)
    {
        var head = Head(volume);
        foreach (var (name, offset, bytes) in s_signatures)
        {
            if (Stands(volume, head, offset, bytes))
                return name;
        }

        if (IsLvm(head))
            return "lvm2";

        return OldRaid(volume) ?? Swap(volume, head) ?? Zfs(volume) ?? (IsEmpty(volume, head) ? "empty" : null);
    }

    private static bool Stands(IByteSource volume, byte[] head, long offset, byte[] wanted)
    {
        if (offset + wanted.Length <= head.Length)
            return head.AsSpan((int)offset, wanted.Length).SequenceEqual(wanted);

        return offset + wanted.Length <= volume.Length && volume.ReadBytes(offset, wanted.Length).AsSpan().SequenceEqual(wanted);
    }

    private static bool IsLvm(byte[] head)
    {
        for (var at = 0; at + 32 <= Math.Min(head.Length, 2048); at += 512)
        {
            if (head.AsSpan(at).StartsWith("LABELONE"u8) && head.AsSpan(at + 24, 4).SequenceEqual("LVM2"u8))
                return true;
        }

        return false;
    }

    // The end of the first page, whose size is that of the machine that made it.
    private static string? Swap(IByteSource volume, byte[] head)
    {
        foreach (var page in (ReadOnlySpan<int>)[4096, 8192, 16384, 65536])
        {
            if (Stands(volume, head, page - 10, [.. "SWAPSPACE2"u8]) || Stands(volume, head, page - 10, [.. "SWAP-SPACE"u8]))
                return "swap";
        }

        return null;
    }

    // Formats 0.90 and 1.0 of an array's member keep their block near the end: what stands at the start is the array's, or a part of it.
    private static string? OldRaid(IByteSource volume)
    {
        var last = volume.Length / 65536 * 65536;
        long[] places = [last - 65536, (volume.Length / 512 * 512 / 4096 * 4096) - 8192];
        foreach (var at in places)
        {
            if (at > 0 && at + 4 <= volume.Length && BinaryPrimitives.ReadUInt32LittleEndian(volume.ReadBytes(at, 4)) == 0xA92B4EFC)
                return "mdraid";
        }

        return null;
    }

    // A ring of uberblocks from 128 KiB on, of either byte order.
    private static string? Zfs(IByteSource volume)
    {
        for (var at = 128 * 1024; at < 256 * 1024 && at + 8 <= volume.Length; at += 4096)
        {
            var magic = BinaryPrimitives.ReadUInt64LittleEndian(volume.ReadBytes(at, 8));
            if (magic == 0x00BAB10C || BinaryPrimitives.ReverseEndianness(magic) == 0x00BAB10C)
                return "zfs_member";
        }

        return null;
    }

    private static bool IsEmpty(IByteSource volume, byte[] head)
    {
        if (head.AsSpan().ContainsAnyExcept((byte)0))
            return false;

        foreach (var at in (ReadOnlySpan<int>)[8192, 0x8000, 0x10000])
        {
            if (at + 512 <= volume.Length && volume.ReadBytes(at, 512).AsSpan().ContainsAnyExcept((byte)0))
                return false;
        }

        return true;
    }
}
