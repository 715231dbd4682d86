using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Xfs;

/// <summary>The contents of a file or symbolic link.</summary>
internal static class XfsFile
{
    private const int LongestTarget = 1024;
    private const int LinkHead = 56;
    private const int LinkChecksumAt = 12;

    internal static IByteSource Open(XfsInode inode, string name)
    {
        if (inode.IsRealtime)
            throw Fault.At(inode.Place, null, "contents on this device", "contents on a realtime device");

        if (inode.Format is not (XfsForkFormat.Extents or XfsForkFormat.Tree))
            throw Fault.At(inode.Place, null, "extents or a B+tree", FormattableString.Invariant($"format {(int)inode.Format}"));

        return new MappedByteSource(name, inode.Size, inode.Disk.Volume, offset => XfsFork.Locate(inode, offset));
    }

    internal static string Target(XfsInode link)
    {
        if (link.Size > LongestTarget)
            throw Fault.At(link.Place, null, FormattableString.Invariant($"a target of at most {LongestTarget} bytes"), FormattableString.Invariant($"{link.Size} bytes"));

        var size = (int)link.Size;
        if (link.Format != XfsForkFormat.Local)
            return UnixName.Decode(Remote(link, size));

        return size <= link.DataFork.Length
            ? UnixName.Decode(link.DataFork[..size])
            : throw Fault.At(link.Place, null, "a target within the inode", FormattableString.Invariant($"{size} bytes"));
    }

    private static byte[] Remote(XfsInode link, int size)
    {
        var target = new byte[size];
        var done = 0;
        for (long at = 0; done < size;)
        {
            var run = XfsFork.Locate(link, at);
            if (run.Physical is not { } physical || run.Length > 1 << 16)
                throw Fault.At(link.Place, null, "blocks with the target", "a hole");

            var piece = link.Disk.Volume.ReadBytes(physical, (int)run.Length);
            var part = link.Disk.IsV5 ? Part(link, piece, done, physical) : piece;
            part = part[..Math.Min(part.Length, size - done)];
            part.CopyTo(target.AsSpan(done));
            done += part.Length;
            at = run.Offset + run.Length;
        }

        return target;
    }

    // Version 5 puts a head before each piece: which part of the target it is, and a checksum.
    private static ReadOnlySpan<byte> Part(XfsInode link, ReadOnlySpan<byte> piece, int offset, long physical)
    {
        var length = piece.Length > LinkHead ? XfsDisk.U32(piece, 8) : 0;
        if (!piece.StartsWith("XSLM"u8) || length == 0 || length > piece.Length - LinkHead || XfsDisk.U32(piece, 4) != offset || !XfsDisk.ChecksumFits(piece, LinkChecksumAt))
            throw Fault.At(link.Place, physical, "a block with a part of the target", "something else");

        return piece.Slice(LinkHead, (int)length);
    }
}
