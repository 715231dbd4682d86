using System.Buffers.Binary;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Guest.Tests;

/// <summary>
/// Whole disks of machines in use, broken where an inspection reads: there is always an answer, and it is never that the machine was
/// generalized. On Windows several markers deny that; on Linux the checksums of ext4 do, which are left as they are.
/// </summary>
public class DiskMutationTests
{
    [Fact]
    public void A_broken_disk_of_a_Windows_machine_in_use_is_never_generalized() => Each(WindowsGuest.InUse.Disk(64L << 20));

    [Fact]
    public void A_broken_dynamic_VHD_of_a_Windows_machine_in_use_is_never_generalized()
    {
        var disk = WindowsGuest.InUse.Disk(64L << 20);
        var bytes = new byte[disk.Length];
        disk.Read(0, bytes);
        Each(new MemoryByteSource("disk.vhd", VhdBuilder.Dynamic(bytes)));
    }

    [Fact]
    public void A_broken_disk_of_a_Linux_machine_in_use_is_never_generalized()
    {
        var uuid = new Guid("11111111-2222-3333-4444-555555555555");
        var volume = new ExtBuilder().Checksums().Known("root", uuid)
            .File("/etc/fstab", $"UUID={uuid} / ext4 defaults 0 1\n")
            .File("/etc/hostname", "vm-build\n")
            .File("/etc/os-release", "PRETTY_NAME=\"Test\"\n")
            .File("/usr/sbin/waagent", "#!\n")
            .File("/var/lib/waagent/provisioned", "B0F1C2D3-0000-0000-0000-000000000001\n")
            .Directory("/var/lib/cloud");
        Each(DiskBuilder.Gpt(16L << 20, (GptEntry.EfiSystem, new SparseByteSource("efi", 1L << 20)), (GptEntry.Linux, volume.Build())));
    }

    private static void Each(IByteSource disk)
    {
        using var image = new MutatedImage(disk) { IsNoting = true };
        Assert.Equal(GuestState.Specialized, Inspect(image).State);
        image.IsNoting = false;
        var places = image.Structures;
        MutationRun.Each("whole disks", 300, random =>
        {
            image.Mutate(random, places, random.Next(4) == 0 ? SealTables : null);
            Assert.NotEqual(GuestState.Generalized, Inspect(image).State);
        });
    }

    /// <summary>The checksum of a GPT header, so that its fields are believed.</summary>
    private static void SealTables(byte[] bytes)
    {
        if (bytes.Length >= 92 && bytes.AsSpan().StartsWith("EFI PART"u8))
        {
            bytes.AsSpan(16, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), GptBuilder.Checksum(bytes.AsSpan(0, 92)));
        }
    }

    private static DiskInspection Inspect(IByteSource source) => GuestInspector.Inspect("disk", source, null, DateTimeOffset.UnixEpoch);
}
