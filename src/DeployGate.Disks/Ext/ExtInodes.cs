using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>Reads inodes by their number.</summary>
internal sealed class ExtInodes(ExtDisk disk)
{
    private readonly ExtGroups _groups = new(disk);

    internal ExtInode Read(ulong number)
    {
        var superblock = disk.Superblock;
        if (number == 0 || number > superblock.InodesCount)
            throw Fault.At(disk.Name("inode"), null, FormattableString.Invariant($"a number from 1 to {superblock.InodesCount}"), FormattableString.Invariant($"{number}"));

        var table = _groups.InodeTable((number - 1) / superblock.InodesPerGroup);
        var index = (number - 1) % superblock.InodesPerGroup;
        var inode = new ExtInode(disk, (uint)number, disk.Record(table, index, superblock.InodeSize).ToArray());
        inode.Verify(table + ((long)index * superblock.InodeSize));
        if (inode.Kind is null)
            throw Fault.At(inode.Place, table + ((long)index * superblock.InodeSize), "a file's mode", "an inode that is not in use");

        return inode;
    }

    internal FileEntry Entry(string name, ulong number)
    {
        var inode = Read(number);
        var kind = inode.Kind!.Value;
        return new FileEntry(name, kind, kind == FileKind.File ? inode.Size : 0, number);
    }
}
