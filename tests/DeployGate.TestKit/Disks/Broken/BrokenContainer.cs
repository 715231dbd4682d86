using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Containers;
using DeployGate.Disks.Partitions;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>A file with numbers in known places, some of which are changed; half of the time its checksums are put right.</summary>
internal sealed class BrokenContainer(byte[] whole, ImmutableArray<Field> fields, Action<byte[]>? seal) : IBrokenImage
{
    private const int MiB = 1 << 20;
    private const int MostReads = 20_000;
    private const long MostBytes = 256L << 20;

    private readonly byte[] _file = (byte[])whole.Clone();
    private readonly byte[] _parent = VhdBuilder.Fixed(new byte[4 * MiB]);
    private int _length;

    public long Break(Random random)
    {
        Fields.Restore(_file, whole, fields);
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            Fields.Change(_file, fields, random);
        }

        if (random.Next(2) == 0)
        {
            seal?.Invoke(_file);
        }

        _length = random.Next(8) == 0 ? random.Next(_file.Length) : _file.Length;
        return _length;
    }

    public void Read()
    {
        using var counted = new CountingByteSource(new MemoryByteSource("disk", _file.AsMemory(0, _length)), MostReads, MostBytes);
        Walk(counted, new MemoryByteSource("parent.vhd", _parent));
    }

    public void Save(Stream file) => file.Write(_file, 0, _length);

    /// <summary>True when a restored file is the whole one again: changes that are not undone would pile up.</summary>
    internal bool IsRestored()
    {
        Fields.Restore(_file, whole, fields);
        return whole.AsSpan().SequenceEqual(_file);
    }

    private static void Walk(IByteSource source, IByteSource parent)
    {
        if (ContainerReader.Open(source, _ => parent) is not Lookup<DiskImage>.Found { Value: { } image })
        {
            return;
        }

        foreach (var at in (ReadOnlySpan<long>)[0, image.Content.Length / 2, image.Content.Length - 4096])
        {
            Fault.Catch(() => new Lookup<byte[]>.Found(image.Content.ReadBytes(at, 4096)));
        }

        if (PartitionTable.Read(image.Content, image.SectorSize) is Lookup<PartitionTable>.Found { Value: { } table })
        {
            VolumeFinder.Find(image.Content, table.Partitions);
        }
    }
}
