using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>
/// One file system, read-only. Paths, mount points and links over several volumes are the matter of the file tree; a
/// volume knows directories and their entries only.
/// </summary>
public interface IVolume
{
    /// <summary>What it is and what is known of it without looking into a directory.</summary>
    VolumeFacts Facts { get; }

    /// <summary>
    /// Why what is on the disk may be behind what the system had written (a journal or log not empty, the dirty flag); null when the
    /// volume was closed in order. It is looked for when it is first asked for, because that may cost many reads.
    /// </summary>
    string? Unsettled { get; }

    /// <summary>The top directory.</summary>
    Lookup<FileEntry> Root();

    /// <summary>The entry of that name; names compare as the file system does.</summary>
    Lookup<FileEntry> Child(FileEntry directory, string name);

    /// <summary>All entries but <c>.</c> and <c>..</c>, in the order of the directory, each once.</summary>
    Lookup<ImmutableArray<FileEntry>> Children(FileEntry directory);

    /// <summary>Where a symbolic link points, as written.</summary>
    Lookup<string> LinkTarget(FileEntry link);

    /// <summary>A file's bytes, read on demand. It is not owned by the volume and need not be disposed.</summary>
    Lookup<IByteSource> Open(FileEntry file);
}

/// <summary>What a volume says of itself.</summary>
/// <param name="FileSystem"><c>ntfs</c>, <c>ext2</c>, <c>ext3</c>, <c>ext4</c>, <c>xfs</c>.</param>
/// <param name="Label">The label as <c>LABEL=</c> in fstab would write it; null when there is none.</param>
/// <param name="Uuid">The identity as <c>UUID=</c> in fstab would write it, lower case for Linux file systems; null when there is none.</param>
/// <param name="Remarks">What was odd and did not stop the reading: a boot sector taken from its copy.</param>
public sealed record VolumeFacts(string FileSystem, string? Label, string? Uuid, ImmutableArray<string> Remarks);

/// <summary>What an entry of a directory is.</summary>
public enum FileKind
{
    /// <summary>A file with bytes.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link (on NTFS also a junction).</summary>
    Link,

    /// <summary>Anything else: a device, a socket, a pipe.</summary>
    Other,
}

/// <summary>One entry of a directory.</summary>
/// <param name="Name">Its name, as written; empty for the top directory.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Size in bytes of a file's contents; 0 for others.</param>
/// <param name="Id">The volume's own number of it: an inode, a file reference of NTFS.</param>
public sealed record FileEntry(string Name, FileKind Kind, long Length, ulong Id);
