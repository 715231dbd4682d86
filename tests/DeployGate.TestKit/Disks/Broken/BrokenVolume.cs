using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>
/// A volume broken where its structures lie: whatever is in it, every answer is Found, Absent or Unreadable, and takes few reads. The image
/// ends a walk that reads too much.
/// </summary>
internal sealed class BrokenVolume : IBrokenImage
{
    private const int MostEntries = 150;

    private readonly MutatedImage _image;
    private readonly Func<IByteSource, Lookup<IVolume>> _open;
    private readonly Action<byte[]>? _mend;
    private readonly IReadOnlyList<(long Offset, int Count)> _places;

    /// <summary>Walks the unbroken volume once, to learn where its structures lie.</summary>
    /// <param name="image">The volume.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="mend">Puts the checksums of a structure right; null where there are none.</param>
    internal BrokenVolume(MutatedImage image, Func<IByteSource, Lookup<IVolume>> open, Action<byte[]>? mend)
    {
        (_image, _open, _mend) = (image, open, mend);
        _image.IsNoting = true;
        Walk(_image, open, contents: 1);
        _image.IsNoting = false;
        _places = _image.Structures;
    }

    /// <summary>How many of the broken volumes could still be opened.</summary>
    internal int Found { get; private set; }

    public long Break(Random random)
    {
        _image.Mutate(random, _places, _mend);
        return _image.Kept;
    }

    public void Read() => Found += Walk(_image, _open, contents: 5000) ? 1 : 0;

    public void Save(Stream file)
    {
        _image.Forget();
        BrokenImages.Save(_image, file);
    }

    private static bool Walk(IByteSource image, Func<IByteSource, Lookup<IVolume>> open, int contents)
    {
        if (open(image) is not Lookup<IVolume>.Found { Value: var volume })
            return false;

        if (volume.Root() is not Lookup<FileEntry>.Found { Value: var root })
            return true;

        var ahead = new Queue<FileEntry>([root]);
        for (var seen = 0; seen < MostEntries && ahead.TryDequeue(out var entry); seen++)
            Visit(volume, entry, ahead, contents);

        _ = volume.Unsettled;
        new FileTree(volume).ReadText("/links/relative", 1000);
        return true;
    }

    private static void Visit(IVolume volume, FileEntry entry, Queue<FileEntry> ahead, int contents)
    {
        if (entry.Kind == FileKind.Directory)
        {
            volume.Child(entry, "not there");
            if (volume.Children(entry) is Lookup<System.Collections.Immutable.ImmutableArray<FileEntry>>.Found children)
            {
                foreach (var child in children.Value.Take(MostEntries))
                    ahead.Enqueue(child);
            }
        }
        else if (entry.Kind == FileKind.Link)
        {
            volume.LinkTarget(entry);
        }
        else if (entry.Kind == FileKind.File)
        {
            volume.Open(entry).Then(file => Fault.Catch<int>(() =>
            {
                // The start, the middle and the end are enough to walk the trees of extents everywhere.
                foreach (var at in (ReadOnlySpan<long>)[0, file.Length / 2, Math.Max(0, file.Length - contents)])
                    file.ReadBytes(at, (int)Math.Min(contents, file.Length - at));

                return new Lookup<int>.Found(0);
            }));
        }
    }
}
