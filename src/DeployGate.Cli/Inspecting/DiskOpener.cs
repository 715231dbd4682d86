using DeployGate.Core.Assessment;
using DeployGate.Disks.Containers;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Sources.Http;

namespace DeployGate.Cli.Inspecting;

/// <summary>A disk that is open: its bytes behind a cache and a budget, and what was read of it so far.</summary>
/// <param name="Source">The bytes; whoever opened the disk disposes of it.</param>
/// <param name="FindParent">Finds the parent of a differencing disk; null where there is no folder to look in.</param>
/// <param name="Cost">What was read so far.</param>
internal sealed record OpenDisk(IByteSource Source, FindParent? FindParent, Func<ReadCost> Cost) : IDisposable
{
    public void Dispose() => Source.Dispose();
}

/// <summary>Opens files and addresses.</summary>
internal static class DiskOpener
{
    // Structures lie close together and a file's cache costs nothing: small blocks read least.
    private const int FileBlock = 8 * 1024;
    private const int FileBlocks = 1024;

    // Larger blocks save two requests of twenty and cost ten times the bytes.
    private const int RangeBlock = 64 * 1024;
    private const int RangeBlocks = 256;

    internal static Lookup<OpenDisk> File(string full, string shown, TimeProvider clock, CancellationToken stop) => OpenFile(full, shown).Map(file =>
    {
        var metered = new MeteredByteSource(file, ReadBudget.Local, clock, stop);
        return new OpenDisk(new CachedByteSource(metered, FileBlock, FileBlocks), path => ParentOf(full, path), () => metered.Cost);
    });

    internal static Lookup<OpenDisk> Ranges(Uri address, RangeOptions options, TimeProvider clock, CancellationToken stop) => HttpRangeSource.Open(address, options with { Stop = stop }, clock).Map(source =>
    {
        var metered = new MeteredByteSource(source, ReadBudget.Remote, clock, stop);
        return new OpenDisk(new CachedByteSource(metered, RangeBlock, RangeBlocks), null, () => metered.Cost with { Reads = source.Requests });
    });

    private static Lookup<IByteSource> OpenFile(string full, string shown)
    {
        if (Directory.Exists(full))
        {
            return Refused(shown, "a folder");
        }

        try
        {
            var info = new FileInfo(full);
            if (!info.Exists)
            {
                return Refused(shown, "no such file");
            }

            // Opening a pipe would wait for somebody to write into it; pipes and devices have no length here.
            return info.Length == 0
                ? Refused(shown, "an empty file, a pipe or a device")
                : FileByteSource.Open(shown, System.IO.File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Refused(shown, failure is UnauthorizedAccessException ? "a file that this user may not read" : "a file that cannot be opened");
        }
    }

    /// <summary>The parent must lie in the child's folder, links followed: a disk must not name any file of the machine.</summary>
    private static IByteSource? ParentOf(string child, string relative)
    {
        var folder = Files.DiskFiles.RealPath(Path.GetDirectoryName(child)!);
        if (Path.IsPathRooted(relative) || relative.Contains(':', StringComparison.Ordinal) || relative.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var full = Files.DiskFiles.RealPath(Path.Combine(folder, relative));
        return Path.GetDirectoryName(full) == folder && OpenFile(full, Path.GetFileName(full)) is Lookup<IByteSource>.Found found ? found.Value : null;
    }

    private static Lookup<IByteSource>.Unreadable Refused(string shown, string actual) => new(new ReadFailure(shown, null, "a disk: a raw disk, a VHD or a VHDX", actual));
}
