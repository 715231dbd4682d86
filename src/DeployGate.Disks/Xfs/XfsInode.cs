using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Xfs;

/// <summary>How the contents of an inode are kept.</summary>
internal enum XfsForkFormat
{
    Device = 0,
    Local = 1,
    Extents = 2,
    Tree = 3,
}

/// <summary>One inode: what it is, how long, and its data fork, the bytes that say where its contents lie or are the contents.</summary>
internal sealed class XfsInode
{
    private const int ChecksumAt = 100;
    private const ulong ManyExtentsFlag = 0x10;

    private readonly byte[] _raw;

    private XfsInode(XfsDisk disk, ulong number, byte[] raw, string place)
    {
        Disk = disk;
        Number = number;
        Place = place;
        _raw = raw;
    }

    internal XfsDisk Disk { get; }

    internal ulong Number { get; }

    internal string Place { get; }

    internal FileKind? Kind => UnixMode.KindOf(XfsDisk.U16(_raw, 2));

    internal XfsForkFormat Format => (XfsForkFormat)_raw[5];

    internal bool IsRealtime => (XfsDisk.U16(_raw, 90) & 1) != 0;

    /// <summary>Number of bytes of its contents.</summary>
    internal long Size => XfsDisk.U64(_raw, 56) is var size && size <= long.MaxValue / 2
        ? (long)size
        : throw Fault.At(Place, null, "a size", FormattableString.Invariant($"0x{size:x}"));

    /// <summary>Number of extents of the data fork; 64 bits wide where the inode says so.</summary>
    internal ulong ExtentsCount => IsV3 && (XfsDisk.U64(_raw, 120) & ManyExtentsFlag) != 0 ? XfsDisk.U64(_raw, 24) : XfsDisk.U32(_raw, 76);

    internal ReadOnlySpan<byte> DataFork
    {
        get
        {
            var start = IsV3 ? 176 : 100;
            var length = _raw[82] == 0 ? _raw.Length - start : _raw[82] * 8;
            return length <= _raw.Length - start
                ? _raw.AsSpan(start, length)
                : throw Fault.At(Place, null, "a data fork within the inode", FormattableString.Invariant($"{length} bytes"));
        }
    }

    private bool IsV3 => _raw[4] >= 3;

    internal static XfsInode Read(XfsDisk disk, ulong number)
    {
        var place = disk.Name(FormattableString.Invariant($"inode {number}"));
        var (raw, offset) = disk.Inode(number, place);
        if (XfsDisk.U16(raw, 0) != 0x494E)
            throw Fault.At(place, offset, "an inode (IN)", FormattableString.Invariant($"0x{XfsDisk.U16(raw, 0):x4}"));

        var inode = new XfsInode(disk, number, raw, place);
        if (disk.IsV5 != inode.IsV3 || raw[4] > 3)
            throw Fault.At(place, offset + 4, "an inode of the file system's version", FormattableString.Invariant($"version {raw[4]}"));

        if (inode.IsV3 && (!XfsDisk.ChecksumFits(raw, ChecksumAt) || XfsDisk.U64(raw, 152) != number))
            throw Fault.At(place, offset + ChecksumAt, "the inode's checksum and number", "another");

        return inode.Kind is null ? throw Fault.At(place, offset + 2, "a file's mode", "an inode that is not in use") : inode;
    }

    internal static FileEntry Entry(XfsDisk disk, string name, ulong number)
    {
        var inode = Read(disk, number);
        var kind = inode.Kind!.Value;
        return new FileEntry(name, kind, kind == FileKind.File ? inode.Size : 0, number);
    }
}
