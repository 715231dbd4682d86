using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>
/// A root volume with others mounted in it, as the system that lies on them sees it. Paths start at the root and are separated by
/// <c>/</c>; symbolic links are followed inside the tree, absolute ones too, and <c>..</c> never leaves it. Immutable.
/// </summary>
public sealed class FileTree
{
    private readonly IVolume _root;
    private readonly ImmutableDictionary<string, TreeMount> _mounts;

    /// <summary>A tree of one volume.</summary>
    public FileTree(IVolume root)
        : this(root, ImmutableDictionary.Create<string, TreeMount>(StringComparer.Ordinal))
    {
    }

    private FileTree(IVolume root, ImmutableDictionary<string, TreeMount> mounts) => (_root, _mounts) = (root, mounts);

    /// <summary>The volume at <c>/</c>.</summary>
    public IVolume RootVolume => _root;

    /// <summary>The paths where something is mounted, or should be and could not be read; sorted.</summary>
    public IEnumerable<string> MountPoints => _mounts.Keys.Order(StringComparer.Ordinal);

    /// <summary>The tree with a volume's top directory at a path.</summary>
    public FileTree Mount(string path, IVolume volume) => With(path, new TreeMount(volume, null, null));

    /// <summary>The tree with a directory of it shown at a second path (a bind mount). What is mounted below that directory is not shown there.</summary>
    public FileTree Mount(string path, TreeEntry directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return With(path, new TreeMount(directory.Volume, directory.Entry, null));
    }

    /// <summary>The tree with something at a path that cannot be read: whatever is looked for below it is unreadable, never absent.</summary>
    public FileTree MountUnreadable(string path, ReadFailure failure) => With(path, new TreeMount(null, null, failure));

    /// <summary>Where a path leads, the last link followed too.</summary>
    /// <returns>Absent when it, or what a link on it names, is not there; unreadable when that could not be told.</returns>
    public Lookup<TreeEntry> Find(string path) => Walk(path, followLast: true);

    /// <summary>As <see cref="Find"/>, but a link at the end of the path is what is found.</summary>
    public Lookup<TreeEntry> FindLink(string path) => Walk(path, followLast: false);

    /// <summary>Where the link at a path points, as written.</summary>
    public Lookup<string> LinkTarget(string path) => FindLink(path).Then(found => found.Entry.Kind == FileKind.Link
        ? found.Volume.LinkTarget(found.Entry)
        : Unexpected<string>(found, "a symbolic link"));

    /// <summary>The entries of a directory, in its order.</summary>
    public Lookup<ImmutableArray<FileEntry>> List(string path) => Find(path).Then(found => found.Entry.Kind == FileKind.Directory
        ? found.Volume.Children(found.Entry)
        : Unexpected<ImmutableArray<FileEntry>>(found, "a directory"));

    /// <summary>A file's bytes.</summary>
    public Lookup<IByteSource> Open(string path) => Find(path).Then(found => found.Entry.Kind == FileKind.File
        ? found.Volume.Open(found.Entry)
        : Unexpected<IByteSource>(found, "a file"));

    /// <summary>A file's text (UTF-8, or what its byte order mark says).</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Most bytes that are read; a longer file is unreadable.</param>
    public Lookup<string> ReadText(string path, int maxBytes) => Open(path).Then(file => Fault.Catch<string>(() =>
    {
        if (file.Length > maxBytes)
            throw Fault.At(file.Name, null, FormattableString.Invariant($"at most {maxBytes} bytes"), FormattableString.Invariant($"{file.Length}"));

        using var reader = new StreamReader(new MemoryStream(file.ReadBytes(0, (int)file.Length)), Encoding.UTF8);
        return new Lookup<string>.Found(reader.ReadToEnd());
    }));

    private static Lookup<T>.Unreadable Unexpected<T>(TreeEntry found, string expected) =>
        new(new ReadFailure(found.Path, null, expected, $"a {found.Entry.Kind}"));

    // The kernel follows links when it mounts, so a mount point may be written with some on its way.
    private FileTree With(string path, TreeMount mount)
    {
        var point = Find(path) is Lookup<TreeEntry>.Found found ? found.Value.Path : TreeWalk.Normal(path);
        return new FileTree(_root, _mounts.SetItem(point, mount));
    }

    private Lookup<TreeEntry> Walk(string path, bool followLast)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Fault.Catch(() => new TreeWalk(_root, _mounts).Run(path, followLast));
    }
}

/// <summary>What is mounted at a path: a volume's top directory, another directory of it, or something that cannot be read.</summary>
internal sealed record TreeMount(IVolume? Volume, FileEntry? Directory, ReadFailure? Failure);
