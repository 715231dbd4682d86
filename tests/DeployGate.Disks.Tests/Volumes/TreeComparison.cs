using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>Compares a volume with a folder: every path, kind, length and byte, and where links point.</summary>
internal static class TreeComparison
{
    /// <summary>Number of entries that were compared.</summary>
    internal static int Same(IVolume volume, string folder, bool viaNames = false)
    {
        var root = volume.Root().Found();
        return Directory(volume, root, new DirectoryInfo(folder), viaNames);
    }

    private static int Directory(IVolume volume, FileEntry directory, DirectoryInfo folder, bool viaNames)
    {
        var expected = folder.EnumerateFileSystemInfos().Where(info => info.Name != "lost+found").OrderBy(info => info.Name, StringComparer.Ordinal).ToList();
        var actual = volume.Children(directory).Found().Where(entry => entry.Name != "lost+found").OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(expected.Select(info => info.Name), actual.Select(entry => entry.Name));
        Assert.IsType<Lookup<FileEntry>.Absent>(volume.Child(directory, "not there"));
        var count = 0;
        foreach (var (info, entry) in expected.Zip(actual))
        {
            if (viaNames || expected.Count < 100)
                Assert.Equal(entry, volume.Child(directory, info.Name).Found());

            count += 1 + Entry(volume, info, entry, viaNames);
        }

        return count;
    }

    private static int Entry(IVolume volume, FileSystemInfo info, FileEntry entry, bool viaNames)
    {
        if (info.LinkTarget is { } target)
        {
            Assert.Equal(FileKind.Link, entry.Kind);
            Assert.Equal(target, volume.LinkTarget(entry).Found());
        }
        else if (info is DirectoryInfo folder)
        {
            Assert.Equal(FileKind.Directory, entry.Kind);
            return Directory(volume, entry, folder, viaNames);
        }
        else
        {
            Assert.Equal(FileKind.File, entry.Kind);
            Assert.Equal(((FileInfo)info).Length, entry.Length);
            Contents(volume.Open(entry).Found(), info.FullName);
        }

        return 0;
    }

    private static void Contents(IByteSource actual, string path)
    {
        var expected = File.ReadAllBytes(path);
        Assert.Equal(expected.Length, actual.Length);
        var read = new byte[expected.Length];
        for (var at = 0; at < read.Length; at += 100_000)
            actual.Read(at, read.AsSpan(at, Math.Min(100_000, read.Length - at)));

        Assert.True(expected.AsSpan().SequenceEqual(read), $"{path}: bytes differ from {expected.AsSpan().CommonPrefixLength(read)} on");
    }
}
