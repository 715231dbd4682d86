using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Guest.Tests;

/// <summary>
/// Whole disks of machines in use, broken where an inspection reads: there is always an answer, and it is never that the machine was
/// generalized.
/// </summary>
public class DiskMutationTests
{
    [Fact]
    public void A_broken_disk_of_a_Windows_machine_in_use_is_never_generalized() => Each(DisksInUse.Windows());

    [Fact]
    public void A_broken_dynamic_VHD_of_a_Windows_machine_in_use_is_never_generalized() => Each(DisksInUse.WindowsVhd());

    [Fact]
    public void A_broken_disk_of_a_Linux_machine_in_use_is_never_generalized() => Each(DisksInUse.Linux());

    private static void Each(IByteSource disk)
    {
        using var image = new MutatedImage(disk) { IsNoting = true };
        Assert.Equal(GuestState.Specialized, Inspect(image).State);
        image.IsNoting = false;
        var places = image.Structures;
        MutationRun.Each("whole disks", 300, random =>
        {
            image.Mutate(random, places, random.Next(4) == 0 ? GptBuilder.Seal : null);
            Assert.NotEqual(GuestState.Generalized, Inspect(image).State);
        });
    }

    private static DiskInspection Inspect(IByteSource source) => GuestInspector.Inspect("disk", source, null, DateTimeOffset.UnixEpoch);
}
