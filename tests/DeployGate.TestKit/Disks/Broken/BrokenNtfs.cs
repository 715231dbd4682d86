using System.Buffers.Binary;
using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Ntfs;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>NTFS with files and directories of every form, broken in its boot sectors, file records and index blocks.</summary>
#pragma warning disable CA1001 // What it holds is memory alone.
internal sealed class BrokenNtfs : IBrokenImage
#pragma warning restore CA1001
{
    private const int Length = 8 << 20;
    private static readonly long[] s_numbers = [0, 1, 2, 0x10, 0x18, 0x28, 0x40, 0x1fe, 0x200, 0x3fc, 0x400, 0x7fff, 0x8000, 0xffff, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, -1];

    private sealed record Subject(MemoryByteSource Volume, byte[] Bytes, int[] Blocks);

    private static Subject Build(int cluster, int record, int index)
    {
        var builder = new NtfsBuilder { ClusterSize = cluster, RecordSize = record, IndexBlockSize = index, MftPieces = 30, Label = "broken" };
        for (var i = 0; i < 120; i++)
        {
            builder.File($"d/some name {i}", [(byte)i]);
        }

        var text = new byte[150_000];
        new Random(1).NextBytes(text.AsSpan(0, 40_000));
        builder.File("small", [1, 2, 3]).File("pieces", text, new NtfsFileOptions { Pieces = 12 })
            .File("list", text, new NtfsFileOptions { Pieces = 9, AttributeList = true })
            .File("list2", text, new NtfsFileOptions { Pieces = 9, AttributeList = true, NonResidentList = true })
            .File("sparse", text, new NtfsFileOptions { Sparse = true })
            .File("packed", text, new NtfsFileOptions { Compressed = cluster <= 4096 })
            .Link("link", @"\??\C:\x").Link("junction", @"\??\C:\y", junction: true);
        using var built = builder.Build(Length);
        var bytes = built.ReadBytes(0, Length);
        int[] blocks = [0, Length - 512, .. Enumerable.Range(0, Length / 512).Select(i => i * 512).Where(at => bytes.AsSpan(at).StartsWith("FILE"u8) || bytes.AsSpan(at).StartsWith("INDX"u8))];
        return new Subject(new MemoryByteSource("volume", bytes), bytes, blocks);
    }

    private readonly Subject[] _subjects = [Build(512, 1024, 1024), Build(4096, 1024, 4096), Build(1024, 4096, 4096)];
    private PatchedByteSource? _volume;

    public long Break(Random random)
    {
        var subject = _subjects[random.Next(_subjects.Length)];
        _volume = new PatchedByteSource(subject.Volume, random.Next(12) == 0 ? random.Next(Length) : null);
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            Break(_volume, subject, random);
        }

        return Length;
    }

    public void Read()
    {
        using var counted = new CountingByteSource(_volume!, 40_000, 200_000_000);
        _ = NtfsVolume.Open(counted).Map(Use);
    }

    public void Save(Stream file) => BrokenImages.Save(_volume!, file);

    private static void Break(PatchedByteSource volume, Subject subject, Random random)
    {
        // The first records are the ones that everything is found through.
        var block = subject.Blocks[random.Next(random.Next(3) == 0 ? Math.Min(40, subject.Blocks.Length) : subject.Blocks.Length)];
        var at = Math.Min(block + random.Next(random.Next(2) == 0 ? 0x200 : 0x60), Length - 8);
        var bytes = new byte[8];
        switch (random.Next(4))
        {
            case 0:
                volume.Patch(at, (byte)(subject.Bytes[at] ^ 1 << random.Next(8)));
                break;
            case 1:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, s_numbers[random.Next(s_numbers.Length)]);
                volume.Patch(at & ~1, bytes.AsSpan(0, 1 << random.Next(1, 4)));
                break;
            case 2:
                volume.Patch(at, (byte)random.Next(256));
                break;
            default:
                // Another block's bytes in its place: all is well formed, and wrong.
                var other = subject.Blocks[random.Next(subject.Blocks.Length)];
                volume.Patch(block, subject.Bytes.AsSpan(other, Math.Min(512, Length - other)));
                break;
        }
    }

    private static bool Use(IVolume volume)
    {
        var root = volume.Root();
        foreach (var name in (ReadOnlySpan<string>)["small", "PIECES", "list", "list2", "sparse", "packed", "link", "junction", "none", "ключ"])
        {
            var entry = root.Then(directory => volume.Child(directory, name));
            _ = entry.Then(volume.LinkTarget);
            _ = entry.Then(volume.Open).Then(Read);
        }

        var inner = root.Then(directory => volume.Child(directory, "d"));
        _ = inner.Then(directory => volume.Child(directory, "SOME NAME 77")).Then(volume.Open).Then(Read);
        _ = inner.Then(directory => volume.Child(directory, "some nam"));
        foreach (var entry in inner.Then(volume.Children).Match(entries => entries, _ => ImmutableArray<FileEntry>.Empty, _ => []))
        {
            if (entry.Length < 0)
            {
                throw new InvalidOperationException("A file's length is never negative.");
            }
        }

        return root.Then(volume.Children) is not null;
    }

    private static Lookup<bool> Read(IByteSource file) => Fault.Catch<bool>(() =>
    {
        var part = new byte[Math.Min(file.Length, 100_000)];
        file.Read(0, part);
        file.Read(file.Length - part.Length, part);
        return new Lookup<bool>.Found(true);
    });
}
