using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Disks.Tests.Containers;

/// <summary>Broken containers and partition tables end in an answer, within a budget, and never in another exception.</summary>
public class ContainerMutationTests
{
    [Fact]
    public void Broken_fixed_VHDs_are_answered() => Each("VHD", BrokenContainers.FixedVhd());

    [Fact]
    public void Broken_dynamic_VHDs_are_answered() => Each("VHD", BrokenContainers.DynamicVhd());

    [Fact]
    public void Broken_differencing_VHDs_are_answered() => Each("VHD", BrokenContainers.DifferencingVhd());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Broken_VHDXs_are_answered(bool hasLog)
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        Each("VHDX", BrokenContainers.Vhdx(hasLog));
    }

    [Fact]
    public void Broken_GUID_partition_tables_are_answered() => Each("GPT", BrokenContainers.GuidTable());

    [Fact]
    public void Broken_boot_records_and_logical_partitions_are_answered() => Each("MBR", BrokenContainers.BootRecords());

    private static void Each(string format, IBrokenImage image)
    {
        MutationRun.Each(format, 300, image.Attempt);
        Assert.True(((BrokenContainer)image).IsRestored(), "A change was not undone: images would pile up.");
    }
}
