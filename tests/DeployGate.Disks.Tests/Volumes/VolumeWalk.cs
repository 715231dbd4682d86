using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>Looks at all of a volume that may be broken: every answer is Found, Absent or Unreadable, and it takes few reads.</summary>
internal static class VolumeWalk
{
    private const int MostEntries = 150;

    /// <summary>Walks an image with many changes, one after another. The image ends a walk that reads too much.</summary>
    internal static void Broken(string format, MutatedImage image, Func<IByteSource, Lookup<IVolume>> open, Action<byte[]>? mend)
    {
        image.IsNoting = true;
        Walk(image, open, contents: 1);
        image.IsNoting = false;
        var places = image.Structures;
        var found = 0;
        MutationRun.Each(format, 150, random =>
        {
            image.Mutate(random, places, mend);
            found += Walk(image, open, contents: 5000) ? 1 : 0;
        });
        Assert.NotEqual(0, found);
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
