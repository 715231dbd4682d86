using System.Text;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>Files of all shapes that file systems keep differently: sizes around every limit, links short and long, names of all kinds.</summary>
internal static class SampleTree
{
    /// <summary>Number of entries that <see cref="Write"/> makes, without the huge directory.</summary>
    internal const int Count = 78;

    internal static void Write(string folder, int hugeDirectory = 0, int largest = 300_000, bool sparse = true, bool spaces = true, int longestLink = 1023)
    {
        foreach (var size in (ReadOnlySpan<int>)[0, 1, 59, 60, 61, 100, 130, 150, 160, 200, 1023, 1024, 4096, 5000, 65536, largest])
            Put(folder, $"sizes/{size}.bin", Bytes(size, size));

        Put(folder, "etc/hostname", Encoding.UTF8.GetBytes("localhost.localdomain\n"));
        Put(folder, "usr/lib/os-release", Encoding.UTF8.GetBytes("ID=rhel\n"));
        Put(folder, string.Join('/', Enumerable.Range(0, 30).Select(i => $"level{i}")) + "/deep.txt", Bytes(77, 1));
        Put(folder, "names/" + new string('n', 255), Bytes(10, 2));
        if (spaces)
            Put(folder, "names/Grüße an 世界 – with spaces", Bytes(11, 3));
        Put(folder, "names/UPPER", Bytes(12, 4));
        Put(folder, "names/upper", Bytes(13, 5));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        foreach (var length in (ReadOnlySpan<int>)[1, 30, 59, 60, 61, 100, 155, 156, 157, 300, 336, 337, 511, 1000, 1023])
        {
            if (length <= longestLink)
                Link(folder, $"links/to{length}", new string('t', length));
        }

        Link(folder, "links/relative", "../usr/lib/os-release");
        Link(folder, "links/absolute", "/usr/lib/os-release");
        if (sparse)
            Sparse(Path.Combine(folder, "sparse.bin"));
        for (var i = 0; i < hugeDirectory; i++)
            Put(folder, $"huge/entry-number-{i}", Encoding.UTF8.GetBytes($"{i}"));
    }

    internal static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static void Put(string folder, string path, byte[] contents)
    {
        var whole = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllBytes(whole, contents);
    }

    private static void Link(string folder, string path, string target)
    {
        var whole = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.CreateSymbolicLink(whole, target);
    }

    private static void Sparse(string path)
    {
        using var file = File.Create(path);
        for (var i = 0; i < 12; i++)
        {
            file.Position = i * 700_000;
            file.Write(Bytes(9000, i));
        }

        file.SetLength(9_000_000);
    }
}
