using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>
/// A file system of the ext family, read-only: ext2, ext3 and ext4 with every feature that changes how names and contents lie. The
/// journal is not replayed; <see cref="Unsettled"/> says when it holds something. Not safe for use by several threads.
/// </summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/"/>
public sealed class ExtVolume : IVolume
{
    private const ulong RootInode = 2;

    private readonly ExtDisk _disk;
    private readonly ExtInodes _inodes;

    private ExtVolume(IByteSource volume, ExtSuperblock superblock, ImmutableArray<string> remarks)
    {
        _disk = new ExtDisk(volume, superblock);
        _inodes = new ExtInodes(_disk);
        Facts = new VolumeFacts(superblock.FileSystem, superblock.Label, superblock.Uuid, remarks);
        Unsettled = WhyUnsettled(superblock, remarks);
        if (superblock.HasErrors)
            Facts = Facts with { Remarks = Facts.Remarks.Add("the file system has noted errors in itself") };
    }

    /// <inheritdoc/>
    public VolumeFacts Facts { get; }

    /// <inheritdoc/>
    public string? Unsettled { get; }

    /// <summary>Opens the file system that starts at the first byte of <paramref name="volume"/>, which it does not own.</summary>
    /// <returns>Absent when there is no ext superblock; unreadable when neither it nor a copy can be used, or a feature is not known.</returns>
    public static Lookup<IVolume> Open(IByteSource volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Fault.Catch(() => OpenOrThrow(volume));
    }

    /// <inheritdoc/>
    public Lookup<FileEntry> Root() => Fault.Catch<FileEntry>(() => new Lookup<FileEntry>.Found(_inodes.Entry("", RootInode)));

    /// <inheritdoc/>
    public Lookup<FileEntry> Child(FileEntry directory, string name) => Fault.Catch<FileEntry>(() =>
    {
        var inode = Directory(directory);
        var wanted = UnixName.Encode(name);
        uint found = 0;
        new ExtDirectory(inode).Walk((number, raw) =>
        {
            found = raw.SequenceEqual(wanted) ? number : 0;
            return found == 0;
        });

        if (found != 0)
            return new Lookup<FileEntry>.Found(_inodes.Entry(name, found));

        if (inode.IsCasefolded)
            throw Fault.At(inode.Place, null, "a directory that tells upper from lower case", "one that does not (casefold)");

        return new Lookup<FileEntry>.Absent($"{_disk.Volume.Name}: {name}");
    });

    /// <inheritdoc/>
    public Lookup<ImmutableArray<FileEntry>> Children(FileEntry directory) => Fault.Catch<ImmutableArray<FileEntry>>(() =>
    {
        var inode = Directory(directory);
        var names = new ChildList(inode.Place);
        new ExtDirectory(inode).Walk((number, raw) => names.Add(number, raw));
        return new Lookup<ImmutableArray<FileEntry>>.Found([.. names.Select(child => _inodes.Entry(child.Name, child.Number))]);
    });

    /// <inheritdoc/>
    public Lookup<string> LinkTarget(FileEntry link) => Fault.Catch<string>(() =>
        new Lookup<string>.Found(ExtFile.Target(OfKind(link, FileKind.Link))));

    /// <inheritdoc/>
    public Lookup<IByteSource> Open(FileEntry file) => Fault.Catch<IByteSource>(() =>
        new Lookup<IByteSource>.Found(ExtFile.Open(OfKind(file, FileKind.File), $"{_disk.Volume.Name}: {file.Name}")));

    private static Lookup<IVolume> OpenOrThrow(IByteSource volume)
    {
        if (ExtSuperblocks.Find(volume) is not { } found)
            return new Lookup<IVolume>.Absent($"{volume.Name}: ext superblock");

        if (ExtFeatures.Unknown(found.Superblock.Incompatible) is { } unknown)
            throw Fault.At($"{volume.Name}: ext superblock", ExtSuperblock.Position + 0x60, "features that are supported", unknown);

        return new Lookup<IVolume>.Found(new ExtVolume(volume, found.Superblock, found.Remarks));
    }

    private static string? WhyUnsettled(ExtSuperblock superblock, ImmutableArray<string> remarks)
    {
        if ((superblock.Incompatible & ExtFeatures.Recover) != 0)
            return "the journal holds changes that were not applied (needs_recovery)";

        if (!remarks.IsEmpty)
            return "whether the journal holds changes is not known: the superblock is a copy";

        return superblock.IsClean ? null : "the file system was not unmounted in order";
    }

    private ExtInode Directory(FileEntry directory)
    {
        var inode = OfKind(directory, FileKind.Directory);
        if (inode.IsEncrypted)
            throw Fault.At(inode.Place, null, "plain names", "names encrypted by the file system (fscrypt)");

        return inode;
    }

    private ExtInode OfKind(FileEntry entry, FileKind kind)
    {
        var inode = _inodes.Read(entry.Id);
        return inode.Kind == kind ? inode : throw Fault.At(inode.Place, null, $"a {kind}", $"a {inode.Kind}");
    }
}
