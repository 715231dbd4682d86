using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>
/// Whole disks of machines in use, to be broken. No broken one may be called generalized: on Windows several markers deny that, on Linux the
/// checksums of ext4, which are left as they are.
/// </summary>
public static class DisksInUse
{
    /// <summary>Windows on NTFS.</summary>
    public static IByteSource Windows() => WindowsGuest.InUse.Disk(64L << 20);

    /// <summary>The same as a dynamic VHD.</summary>
    public static IByteSource WindowsVhd()
    {
        var disk = Windows();
        var bytes = new byte[disk.Length];
        disk.Read(0, bytes);
        return new MemoryByteSource("disk.vhd", VhdBuilder.Dynamic(bytes));
    }

    /// <summary>Linux on ext4.</summary>
    public static IByteSource Linux()
    {
        var uuid = new Guid("11111111-2222-3333-4444-555555555555");
        var volume = new ExtBuilder().Checksums().Known("root", uuid)
            .File("/etc/fstab", $"UUID={uuid} / ext4 defaults 0 1\n")
            .File("/etc/hostname", "vm-build\n")
            .File("/etc/os-release", "PRETTY_NAME=\"Test\"\n")
            .File("/usr/sbin/waagent", "#!\n")
            .File("/var/lib/waagent/provisioned", "B0F1C2D3-0000-0000-0000-000000000001\n")
            .Directory("/var/lib/cloud");
        return DiskBuilder.Gpt(16L << 20, (GptEntry.EfiSystem, new SparseByteSource("efi", 1L << 20)), (GptEntry.Linux, volume.Build()));
    }
}
