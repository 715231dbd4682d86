using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>The contents of a file or symbolic link.</summary>
internal static class ExtFile
{
    // A target is at most a path, and never longer than a block.
    private const int LongestTarget = 65536;

    internal static FileRun Locate(ExtInode inode, long offset) => inode.HasExtents ? ExtentTree.Locate(inode, offset) : BlockMap.Locate(inode, offset);

    internal static IByteSource Open(ExtInode inode, string name)
    {
        if (inode.IsEncrypted)
            throw Fault.At(inode.Place, null, "plain contents", "contents encrypted by the file system (fscrypt)");

        if (inode.HasInlineData)
            return new MemoryByteSource(name, InlineData.Contents(inode));

        return new MappedByteSource(name, inode.Size, inode.Disk.Volume, offset => Locate(inode, offset));
    }

    internal static string Target(ExtInode link)
    {
        if (link.Size > LongestTarget)
            throw Fault.At(link.Place, null, "a target of at most 64 KiB", FormattableString.Invariant($"{link.Size} bytes"));

        var isFast = !link.HasExtents && !link.HasInlineData && link.Size < ExtInode.BlockFieldSize;
        if (isFast && !link.IsEncrypted)
            return UnixName.Decode(link.BlockField[..(int)link.Size]);

        using var contents = Open(link, link.Place);
        return UnixName.Decode(contents.ReadBytes(0, (int)link.Size));
    }
}
