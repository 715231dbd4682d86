using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Xfs;

/// <summary>
/// An XFS file system of version 4 or 5, read-only. The log is not replayed; <see cref="Unsettled"/> says when it is
/// not known to be empty. Not safe for use by several threads.
/// </summary>
/// <seealso href="https://docs.kernel.org/filesystems/xfs/index.html"/>
public sealed class XfsVolume : IVolume
{
    private readonly XfsDisk _disk;
    private readonly Lazy<string?> _unsettled;

    private XfsVolume(IByteSource volume, XfsSuperblock superblock)
    {
        _disk = new XfsDisk(volume, superblock);
        Facts = new VolumeFacts("xfs", superblock.Label, superblock.Uuid, []);
        _unsettled = new Lazy<string?>(() => XfsLog.Unsettled(_disk));
    }

    /// <inheritdoc/>
    public VolumeFacts Facts { get; }

    /// <inheritdoc/>
    public string? Unsettled => _unsettled.Value;

    /// <summary>Opens the file system that starts at the first byte of <paramref name="volume"/>, which it does not own.</summary>
    /// <returns>Absent when there is no XFS superblock; unreadable when it is broken, or a feature is not known.</returns>
    public static Lookup<IVolume> Open(IByteSource volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Fault.Catch(() => OpenOrThrow(volume));
    }

    /// <inheritdoc/>
    public Lookup<FileEntry> Root() => Fault.Catch<FileEntry>(() =>
        new Lookup<FileEntry>.Found(XfsInode.Entry(_disk, "", _disk.Superblock.RootInode)));

    /// <inheritdoc/>
    public Lookup<FileEntry> Child(FileEntry directory, string name) => Fault.Catch<FileEntry>(() =>
    {
        var wanted = UnixName.Encode(name);
        ulong? found = null;
        var written = name;
        new XfsDirectory(OfKind(directory, FileKind.Directory)).Walk((number, raw) =>
        {
            var isIt = _disk.Superblock.IgnoresCase ? Ascii.EqualsIgnoreCase(raw, wanted) || raw.SequenceEqual(wanted) : raw.SequenceEqual(wanted);
            if (isIt)
                (found, written) = (number, UnixName.Decode(raw));

            return !isIt;
        });

        return found is { } inode
            ? new Lookup<FileEntry>.Found(XfsInode.Entry(_disk, written, inode))
            : new Lookup<FileEntry>.Absent($"{_disk.Volume.Name}: {name}");
    });

    /// <inheritdoc/>
    public Lookup<ImmutableArray<FileEntry>> Children(FileEntry directory) => Fault.Catch<ImmutableArray<FileEntry>>(() =>
    {
        var inode = OfKind(directory, FileKind.Directory);
        var names = new ChildList(inode.Place);
        new XfsDirectory(inode).Walk((number, raw) => names.Add(number, raw));
        return new Lookup<ImmutableArray<FileEntry>>.Found([.. names.Select(child => XfsInode.Entry(_disk, child.Name, child.Number))]);
    });

    /// <inheritdoc/>
    public Lookup<string> LinkTarget(FileEntry link) => Fault.Catch<string>(() =>
        new Lookup<string>.Found(XfsFile.Target(OfKind(link, FileKind.Link))));

    /// <inheritdoc/>
    public Lookup<IByteSource> Open(FileEntry file) => Fault.Catch<IByteSource>(() =>
        new Lookup<IByteSource>.Found(XfsFile.Open(OfKind(file, FileKind.File), $"{_disk.Volume.Name}: {file.Name}")));

    private static Lookup<IVolume> OpenOrThrow(IByteSource volume)
    {
        var place = $"{volume.Name}: xfs superblock";
        if (volume.Length < XfsSuperblock.Size)
            return new Lookup<IVolume>.Absent(place);

        var superblock = new XfsSuperblock(volume.ReadBytes(0, XfsSuperblock.Size));
        if (!superblock.HasMagic)
            return new Lookup<IVolume>.Absent(place);

        if (superblock.Problem() is { } problem)
            throw Fault.At(place, problem.Offset, problem.Expected, problem.Actual);

        if (superblock.IsV5 && !XfsSuperblock.ChecksumFits(volume.ReadBytes(0, superblock.SectorSize)))
            throw Fault.At(place, 224, "the checksum of the superblock", "another");

        if (superblock.UnknownFeatures() is { } unknown)
            throw Fault.At(place, 216, "features that are supported", unknown);

        return new Lookup<IVolume>.Found(new XfsVolume(volume, superblock));
    }

    private XfsInode OfKind(FileEntry entry, FileKind kind)
    {
        var inode = XfsInode.Read(_disk, entry.Id);
        return inode.Kind == kind ? inode : throw Fault.At(inode.Place, null, $"a {kind}", $"a {inode.Kind}");
    }
}
