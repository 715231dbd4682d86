using System.Diagnostics;
using System.Globalization;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>Looks at all of a volume that may be broken: every answer is Found, Absent or Unreadable, and it comes soon.</summary>
internal static class VolumeWalk
{
    private const int MostEntries = 150;

    /// <summary>How many mutations a test runs; <c>DEPLOYGATE_MUTATIONS</c> asks for more.</summary>
    internal static int Mutations { get; } = int.TryParse(Environment.GetEnvironmentVariable("DEPLOYGATE_MUTATIONS"), CultureInfo.InvariantCulture, out var count) ? count : 150;

    /// <summary>Walks an image with many changes, one after another.</summary>
    internal static void Broken(MutatedImage image, Func<IByteSource, Lookup<IVolume>> open, Action<byte[]>? mend)
    {
        image.IsNoting = true;
        Look(image, open, contents: 1);
        image.IsNoting = false;

        // Single bytes are contents of files; everything else is structure.
        var places = image.Places.Where(place => place.Count is > 1 and <= 65536).Order().ToList();
        var found = 0;
        for (var seed = 0; seed < Mutations; seed++)
        {
            image.Mutate(seed, places, mend);
            var watch = Stopwatch.StartNew();
            try
            {
                found += Look(image, open, contents: 5000) ? 1 : 0;
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Seed {seed}: {fault.Message}", fault);
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"Seed {seed} took {watch.Elapsed}.");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Mutations} mutations, {found} still opened");
    }

    private static bool Look(IByteSource image, Func<IByteSource, Lookup<IVolume>> open, int contents)
    {
        if (open(image) is not Lookup<IVolume>.Found { Value: var volume })
            return false;

        if (volume.Root() is not Lookup<FileEntry>.Found { Value: var root })
            return true;

        var ahead = new Queue<FileEntry>([root]);
        for (var seen = 0; seen < MostEntries && ahead.TryDequeue(out var entry); seen++)
            Visit(volume, entry, ahead, contents);

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
