using System.Buffers.Binary;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.Guest;
using DeployGate.Reporting.Inspections;
using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Fuzz.Targets.Disks;

/// <summary>
/// A whole disk of a machine in use, broken where an inspection reads. It is never called generalized: on Windows several markers deny
/// that, on Linux the checksums of ext4, which are left as they are.
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

    internal static IReadOnlyList<IBrokenImage> All()
    {
        var windows = WindowsGuest.InUse.Disk(64L << 20);
        var bytes = new byte[windows.Length];
        windows.Read(0, bytes);
        return [new BrokenDisk(windows), new BrokenDisk(new MemoryByteSource("disk.vhd", VhdBuilder.Dynamic(bytes))), new BrokenDisk(Linux())];
    }

    public long Break(Random random)
    {
        _image.Mutate(random, _places, random.Next(4) == 0 ? SealTables : null);
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

    private static SparseByteSource Linux()
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

    // The checksum of a GPT header, so that its fields are believed.
    private static void SealTables(byte[] bytes)
    {
        if (bytes.Length >= 92 && bytes.AsSpan().StartsWith("EFI PART"u8))
        {
            bytes.AsSpan(16, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), GptBuilder.Checksum(bytes.AsSpan(0, 92)));
        }
    }

    private DiskInspection Inspect() => GuestInspector.Inspect("disk", _image, null, DateTimeOffset.UnixEpoch);
}
