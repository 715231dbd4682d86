using DeployGate.Disks.Registry;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Ntfs;

/// <summary>What an answer costs: bytes and reads, never time.</summary>
public class NtfsCostTests
{
    private const long Gibibyte = 1L << 30;

    [Fact]
    public void A_value_in_a_large_fragmented_hive_costs_kilobytes()
    {
        var builder = new NtfsBuilder { ClusterSize = 4096, MftPieces = 99 };
        for (var i = 0; i < 4000; i++)
        {
            builder.File($"Windows/System32/library number {i}.dll", [1]);
        }

        builder.Hive("Windows/System32/config/SOFTWARE", Large, new NtfsFileOptions { Pieces = 1503 });
        using var volume = new CountingByteSource(builder.Build(127 * Gibibyte));
        var ntfs = NtfsVolumeTests.Open(volume);
        var file = NtfsVolumeTests.Find(ntfs, "Windows/System32/config/SOFTWARE").Found();
        var (foundReads, foundBytes) = (volume.Reads, volume.Bytes);
        var hive = RegistryHive.Open(ntfs.Open(file).Found(), null, null).Found();
        Assert.Equal("IMAGE_STATE_COMPLETE", hive.Value(Registry.RegistryHiveTests.State, "ImageState").Found().AsText);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"hive of {file.Length} bytes: found with {foundReads} reads, {foundBytes} bytes; with the value {volume.Reads} reads, {volume.Bytes} bytes"));
        Assert.True(file.Length > 60_000_000);
        Assert.InRange(volume.Bytes, 1, 200_000);
        Assert.InRange(volume.Reads, 1, 400);
    }

    private static void Large(HiveBuilder hive)
    {
        hive.PadTo = 60 << 20;
        for (var i = 0; i < 500; i++)
        {
            hive.Value($@"Microsoft\Product {i}", "v", "text");
        }

        hive.Value(Registry.RegistryHiveTests.State, "ImageState", "IMAGE_STATE_COMPLETE");
    }
}
