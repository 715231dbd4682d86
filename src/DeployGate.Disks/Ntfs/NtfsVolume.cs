using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ntfs;

/// <summary>
/// An NTFS volume, read-only. The log is not replayed: <see cref="Unsettled"/> says when that matters. An entry from
/// <see cref="Children"/> has the size that the directory notes, which Windows brings up to date late; one from
/// <see cref="Child"/> has the file's own.
/// </summary>
/// <seealso href="https://flatcap.github.io/linux-ntfs/ntfs/index.html"/>
public sealed class NtfsVolume : IVolume
{
    private const long RootRecord = 5;
    private const int MostEntries = 1 << 16;

    private readonly IByteSource _volume;
    private readonly MasterFileTable _table;
    private readonly Collation _collation;
    private readonly Lazy<string?> _unsettled;

    private NtfsVolume(IByteSource volume, BootSector boot, ImmutableArray<string>.Builder remarks)
    {
        _volume = volume;
        _table = MasterFileTable.Open(volume, boot, remarks);
        _collation = new Collation(_table);
        Facts = new VolumeFacts("ntfs", VolumeState.Label(_table), boot.Serial.ToString("X16", null), remarks.ToImmutable());
        _unsettled = new Lazy<string?>(() => VolumeState.Unsettled(_table));
    }

    /// <inheritdoc/>
    public VolumeFacts Facts { get; }

    /// <inheritdoc/>
    public string? Unsettled => _unsettled.Value;

    /// <summary>
    /// Opens the volume in <paramref name="volume"/>. Absent when neither its first sector nor the copy in its last one is NTFS's;
    /// Unreadable when one is, but geometry or $MFT make no sense.
    /// </summary>
    public static Lookup<IVolume> Open(IByteSource volume) => Fault.Catch<IVolume>(() =>
    {
        ArgumentNullException.ThrowIfNull(volume);
        var remarks = ImmutableArray.CreateBuilder<string>();
        return ReadBoot(volume, remarks) is { } boot
            ? new Lookup<IVolume>.Found(new NtfsVolume(volume, boot, remarks))
            : new Lookup<IVolume>.Absent(volume.Name);
    });

    /// <inheritdoc/>
    public Lookup<FileEntry> Root() => Fault.Catch<FileEntry>(() =>
    {
        var root = _table.Record(RootRecord);
        return root.InUse && root.IsDirectory
            ? new Lookup<FileEntry>.Found(new FileEntry("", FileKind.Directory, 0, root.Reference))
            : throw Fault.At(root.Place, root.Offset, "the top directory", "a record that is free or no directory");
    });

    /// <inheritdoc/>
    public Lookup<FileEntry> Child(FileEntry directory, string name) => Fault.Catch<FileEntry>(() =>
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(name);
        var index = Index(directory);
        return (index.Descend(name) ?? index.Scan(name)) is { } entry
            ? new Lookup<FileEntry>.Found(Describe(_table.Record(entry.Reference), entry.Name))
            : new Lookup<FileEntry>.Absent(FormattableString.Invariant($"{_volume.Name}: directory of MFT record {FileRecord.NumberOf(directory.Id)}"));
    });

    /// <inheritdoc/>
    public Lookup<ImmutableArray<FileEntry>> Children(FileEntry directory) => Fault.Catch<ImmutableArray<FileEntry>>(() =>
    {
        ArgumentNullException.ThrowIfNull(directory);
        var children = ImmutableArray.CreateBuilder<FileEntry>();
        Index(directory).Walk(entry =>
        {
            // The top directory lists itself as ".".
            if (entry.IsDosName || entry.Name == ".")
            {
                return true;
            }

            if (children.Count == MostEntries)
            {
                throw Fault.At(FileRecord.PlaceOf(FileRecord.NumberOf(directory.Id)), null, FormattableString.Invariant($"at most {MostEntries} entries"), "more");
            }

            var kind = ReparsePoint.IsLink(entry.ReparseTag) ? FileKind.Link : entry.IsDirectory ? FileKind.Directory : FileKind.File;
            children.Add(new FileEntry(entry.Name, kind, kind == FileKind.File ? Math.Max(0, entry.Size) : 0, entry.Reference));
            return true;
        });
        return new Lookup<ImmutableArray<FileEntry>>.Found(children.ToImmutable());
    });

    /// <inheritdoc/>
    public Lookup<string> LinkTarget(FileEntry link) => Fault.Catch<string>(() =>
    {
        ArgumentNullException.ThrowIfNull(link);
        var record = _table.Record(link.Id);
        return new Lookup<string>.Found(ReparsePoint.Target(ReparsePoint.Read(_table, record), record));
    });

    /// <inheritdoc/>
    public Lookup<IByteSource> Open(FileEntry file) => Fault.Catch<IByteSource>(() =>
    {
        ArgumentNullException.ThrowIfNull(file);
        var record = _table.Record(file.Id);
        var name = _volume.Name + ": " + file.Name;
        if (ReparsePoint.TagOf(ReparsePoint.Read(_table, record)) is not 0 and var tag)
        {
            throw Fault.At(name, record.Offset, "a file with its own bytes", ReparsePoint.NameOf(tag));
        }

        return _table.Find(record, AttributeType.Data) is { } data && !record.IsDirectory
            ? new Lookup<IByteSource>.Found(data.Source(name, _volume, _table.ClusterSize))
            : throw Fault.At(name, record.Offset, "a file", record.IsDirectory ? "a directory" : "a record without contents");
    });

    private static BootSector? ReadBoot(IByteSource volume, ImmutableArray<string>.Builder remarks)
    {
        if (volume.Length < 2 * BootSector.Size)
        {
            return null;
        }

        var first = volume.ReadBytes(0, BootSector.Size);
        if (BootSector.Read(first, out var defect) is { } boot)
        {
            return boot;
        }

        // The copy stands in the last sector, of 512 bytes or of 4096.
        foreach (var sector in (ReadOnlySpan<int>)[512, 4096])
        {
            var offset = volume.Length / 512 * 512 - sector;
            if (offset > 0 && BootSector.Read(volume.ReadBytes(offset, BootSector.Size), out _) is { } copy && copy.SectorSize <= sector)
            {
                remarks.Add(FormattableString.Invariant($"the boot sector is damaged ({defect}); its copy at byte {offset} was used"));
                return copy;
            }
        }

        return BootSector.HasSignature(first) ? throw Fault.At("NTFS: boot sector", 0, "the geometry of a volume, or a copy of it at the end", defect) : null;
    }

    private DirectoryIndex Index(FileEntry directory) => new(_table, _table.Record(directory.Id), _collation);

    private FileEntry Describe(FileRecord record, string name)
    {
        var isLink = ReparsePoint.IsLink(ReparsePoint.TagOf(ReparsePoint.Read(_table, record)));
        if (isLink || record.IsDirectory)
        {
            return new FileEntry(name, isLink ? FileKind.Link : FileKind.Directory, 0, record.Reference);
        }

        var data = _table.FindFirst(record, AttributeType.Data);
        return new FileEntry(name, FileKind.File, data?.Piece?.Size ?? data?.Value.Length ?? 0, record.Reference);
    }
}
