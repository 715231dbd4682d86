using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Xfs;

/// <summary>
/// Tells whether the log holds changes that were not written to their places. The log is a ring of 512-byte blocks; each starts with
/// the number of the turn in which it was written, so that its head lies where the number falls. A file system that was unmounted
/// in order ends its log with an unmount record.
/// </summary>
internal static class XfsLog
{
    private const int Block = 512;
    private const uint RecordMagic = 0xFEEDBABE;
    private const int UnmountFlag = 0x20;
    private const int HeadBytesPerBlock = 32 * 1024;

    // A record is written in multiples of the log's stripe, at most 256 KiB.
    private const int LongestRecord = 256 * 1024 / Block;

    /// <summary>Why the contents may be behind; null when the log is clean.</summary>
    internal static string? Unsettled(XfsDisk disk)
    {
        var superblock = disk.Superblock;
        if (superblock.LogStart == 0)
            return "the log lies on another device; whether it holds changes is not known";

        var place = disk.Name("log");
        try
        {
            var start = disk.OffsetOf(superblock.LogStart, place);
            disk.OffsetOf(superblock.LogStart + Math.Max(superblock.LogBlocks, 1) - 1, place);
            var blocks = (long)superblock.LogBlocks * disk.BlockSize / Block;
            return blocks < 2 ? "the log has no room" : new Ring(disk.Volume, start, blocks).Unsettled(superblock.LogStripe);
        }
        catch (DiskFaultException fault)
        {
            // Names and contents can be read without the log: only whether they are up to date stays open.
            return $"the log could not be read: {fault.Failure.Message}";
        }
    }

    private sealed class Ring(IByteSource volume, long start, long blocks)
    {
        private const string NotEmpty = "the log is not clean: it holds changes that may not have been written to their places";

        internal string? Unsettled(uint stripe)
        {
            if (Head() is not { } head)
                return null;

            var window = Math.Min(blocks, Math.Min(Math.Max(stripe / Block, 8) + 8, LongestRecord + 8));
            for (long back = 1; back <= window; back++)
            {
                var at = Wrap(head - back);
                var record = Read(at);
                if (XfsDisk.U32(record, 0) == RecordMagic)
                    return IsUnmount(record, at, head) ? null : NotEmpty;
            }

            return NotEmpty;
        }

        // The block after the last one that was written; null when nothing was ever written.
        private long? Head()
        {
            var first = Cycle(0);
            var last = Cycle(blocks - 1);
            if (first == 0)
                return null;

            if (first == last)
                return 0;

            // Blocks before the head bear the number of the first one, those behind it an older one (or none yet).
            long low = 0;
            var high = blocks - 1;
            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                if (Cycle(middle) == first)
                    low = middle;
                else
                    high = middle;
            }

            return high;
        }

        private bool IsUnmount(ReadOnlySpan<byte> record, long at, long head)
        {
            var isLong = (XfsDisk.U32(record, 8) & 2) != 0;
            var capacity = XfsDisk.U32(record, 320);
            var headBlocks = isLong && capacity > HeadBytesPerBlock ? ((long)capacity + HeadBytesPerBlock - 1) / HeadBytesPerBlock : 1;
            var bodyBlocks = ((long)XfsDisk.U32(record, 12) + Block - 1) / Block;
            if (XfsDisk.U32(record, 40) != 1 || bodyBlocks == 0 || Wrap(at + headBlocks + bodyBlocks) != head)
                return false;

            return (Read(Wrap(at + headBlocks))[9] & UnmountFlag) != 0;
        }

        private uint Cycle(long block)
        {
            var bytes = Read(block);
            return XfsDisk.U32(bytes, 0) == RecordMagic ? XfsDisk.U32(bytes, 4) : XfsDisk.U32(bytes, 0);
        }

        private byte[] Read(long block) => volume.ReadBytes(start + (block * Block), Block);

        private long Wrap(long block) => ((block % blocks) + blocks) % blocks;
    }
}
