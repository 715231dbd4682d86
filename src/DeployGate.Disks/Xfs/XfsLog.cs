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

    // Blocks of the log that one request over a network brings along.
    private const int Near = 64 * 1024 / Block;

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
            return blocks < 2 ? "the log has no room" : new Ring(disk.Volume, start, blocks).Unsettled(superblock.LogStripe, superblock.LastLogBlock);
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

        internal string? Unsettled(uint stripe, long lastKnown)
        {
            if (Head(lastKnown) is not { } head)
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

        // The block after the last one that was written; null when nothing was ever written. An unmount in order writes the superblock
        // last, so what that says of the log, and after it the start, are looked at before the rest: halving a log of a gigabyte alone
        // would cost a request a step. Wherever it is looked, the same holds of the two ends, so a wrong hint costs reads and no more.
        private long? Head(long lastKnown)
        {
            var first = Cycle(0);
            var last = Cycle(blocks - 1);
            if (first == 0)
                return null;

            if (first == last)
                return 0;

            // Blocks before the head bear the number of the first one, those behind it an older one (or none yet).
            (long Low, long High) bounds = Narrow((0, blocks - 1), lastKnown, first);
            for (long step = Near - 1; step < bounds.High - bounds.Low; step *= 8)
            {
                var before = bounds.Low;
                bounds = Narrow(bounds, before + step, first);
                if (bounds.Low == before)
                    break;
            }

            while (bounds.High - bounds.Low > 1)
                bounds = Narrow(bounds, bounds.Low + ((bounds.High - bounds.Low) / 2), first);

            return bounds.High;
        }

        private (long Low, long High) Narrow((long Low, long High) bounds, long at, uint first)
        {
            if (at <= bounds.Low || at >= bounds.High)
                return bounds;

            return Cycle(at) == first ? bounds with { Low = at } : bounds with { High = at };
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
