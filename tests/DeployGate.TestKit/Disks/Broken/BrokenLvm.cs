using DeployGate.Core.Assessment;
using DeployGate.Disks.Lvm;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>An LVM physical volume, broken in its label and in the text that describes its group.</summary>
#pragma warning disable CA1001 // What it holds is memory alone.
internal sealed class BrokenLvm : IBrokenImage
#pragma warning restore CA1001
{
    private readonly MutatedImage _image;
    private readonly IReadOnlyList<(long Offset, int Count)> _places;
    private byte[] _bytes = [];

    internal BrokenLvm()
    {
        using var whole = new LvmBuilder("vg").Linear("one", 4).Striped("two", 8).Refused("thin", "thin").Build(0);
        _image = new MutatedImage(whole) { IsNoting = true };
        if (LvmGroups.Find([_image]).Length != 3)
        {
            throw new InvalidOperationException("The unbroken group has three volumes.");
        }

        _image.IsNoting = false;
        _places = [.. _image.Places.Order()];
    }

    public long Break(Random random)
    {
        _image.Mutate(random, _places, null);
        _bytes = _image.ReadBytes(0, (int)_image.Length);
        if (random.Next(4) != 0)
        {
            LvmBuilder.Mend(_bytes);
        }

        return _bytes.Length;
    }

    public void Read()
    {
        using var mended = new MemoryByteSource("pv0", _bytes);
        foreach (var volume in LvmGroups.Find([mended]))
        {
            volume.Content.Then(content => Fault.Catch<int>(() => new Lookup<int>.Found(content.ReadBytes(content.Length / 2, 1).Length)));
        }
    }

    public void Save(Stream file) => file.Write(_bytes);
}
