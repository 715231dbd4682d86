using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ext;

/// <summary>Finds the superblock, or the copy of it that stands for a broken one.</summary>
internal static class ExtSuperblocks
{
    /// <summary>The superblock to go by; null when there is no ext file system.</summary>
    internal static (ExtSuperblock Superblock, ImmutableArray<string> Remarks)? Find(IByteSource volume)
    {
        if (volume.Length < ExtSuperblock.Position + ExtSuperblock.Size)
            return null;

        var primary = ReadAt(volume, ExtSuperblock.Position);
        if (!primary.HasMagic)
            return null;

        if (primary.Problem() is not { } problem)
            return (primary, []);

        var failure = Fault.At($"{volume.Name}: ext superblock", ExtSuperblock.Position + problem.Offset, problem.Expected, problem.Actual);
        if (Copy(volume) is not { } copy)
            throw failure;

        return (copy.Superblock, [$"{failure.Message}; its copy at byte {copy.Offset} was taken"]);
    }

    // Where copies lie follows from the block size, which the broken one cannot tell: all sizes are tried with the usual size of groups.
    private static (ExtSuperblock Superblock, long Offset)? Copy(IByteSource volume)
    {
        for (var blockSize = 1024L; blockSize <= 65536; blockSize *= 2)
        {
            foreach (var group in (ReadOnlySpan<int>)[1, 3, 5, 7, 9])
            {
                var first = blockSize == 1024 ? 1 : 0;
                var offset = (first + (group * 8 * blockSize)) * blockSize;
                if (offset > volume.Length - ExtSuperblock.Size)
                    break;

                var copy = ReadAt(volume, offset);
                if (copy.HasMagic && copy.Problem() is null && copy.BlockSize == blockSize && copy.GroupNumber == group)
                    return (copy, offset);
            }
        }

        return null;
    }

    private static ExtSuperblock ReadAt(IByteSource volume, long offset) => new(volume.ReadBytes(offset, ExtSuperblock.Size));
}
