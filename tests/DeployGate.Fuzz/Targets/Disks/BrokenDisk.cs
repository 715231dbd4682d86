using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.Guest;
using DeployGate.Reporting.Inspections;
using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Fuzz.Targets.Disks;

/// <summary>
/// A whole disk of a machine in use (<see cref="DisksInUse"/>), broken where an inspection reads. It is never called generalized.
/// </summary>
#pragma warning disable CA1001 // What it holds is memory alone.
internal sealed class BrokenDisk : IBrokenImage
#pragma warning restore CA1001
{
    private readonly MutatedImage _image;
    private readonly IReadOnlyList<(long Offset, int Count)> _places;

    internal BrokenDisk(IByteSource disk)
    {
        _image = new MutatedImage(disk) { IsNoting = true };
        Properties.Holds(Inspect().State == GuestState.Specialized, "the unbroken disk is one in use");
        _image.IsNoting = false;
        _places = _image.Structures;
    }

    internal static IReadOnlyList<IBrokenImage> All() => [new BrokenDisk(DisksInUse.Windows()), new BrokenDisk(DisksInUse.WindowsVhd()), new BrokenDisk(DisksInUse.Linux())];

    public long Break(Random random)
    {
        _image.Mutate(random, _places, random.Next(4) == 0 ? GptBuilder.Seal : null);
        return _image.Kept;
    }

    public void Read()
    {
        var inspection = Inspect();
        Properties.Holds(inspection.State != GuestState.Generalized, "the broken disk of a machine in use is called generalized");
        using var text = new StringWriter();
        InspectionJson.Write(text, inspection);
        Properties.Json(text.ToString());
    }

    public void Save(Stream file)
    {
        _image.Forget();
        BrokenImages.Save(_image, file);
    }

    private DiskInspection Inspect() => GuestInspector.Inspect("disk", _image, null, DateTimeOffset.UnixEpoch);
}
