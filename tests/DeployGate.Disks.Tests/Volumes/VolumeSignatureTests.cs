using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Volumes;

public class VolumeSignatureTests
{
    [Theory]
    [InlineData("luks", "cryptsetup", "-q luksFormat --type luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file IMAGE IMAGE")]
    [InlineData("luks", "cryptsetup", "-q luksFormat --type luks1 --pbkdf-force-iterations 1000 --key-file IMAGE IMAGE")]
    [InlineData("btrfs", "mkfs.btrfs", "-q IMAGE")]
    [InlineData("swap", "mkswap", "IMAGE")]
    [InlineData("fat16", "mkfs.vfat", "-F 16 IMAGE")]
    [InlineData("fat32", "mkfs.vfat", "-F 32 IMAGE")]
    [InlineData("ntfs", "mkntfs", "-q -F -f IMAGE")]
    [InlineData("exfat", "mkfs.exfat", "IMAGE")]
    [InlineData("ext", "mke2fs", "-q -F IMAGE")]
    public void What_tools_make_is_named(string expected, string tool, string arguments)
    {
        LinuxTools.Need(tool);
        using var tools = new LinuxTools();
        var image = tools.Image("disk", 128 << 20);
        File.WriteAllText(tools.At("key"), "secret");
        var parts = arguments.Replace("--key-file IMAGE", "--key-file KEY", StringComparison.Ordinal).Split(' ');
        LinuxTools.Run(tool, [.. parts.Select(part => part switch { "IMAGE" => image, "KEY" => tools.At("key"), _ => part })]);
        using var file = new ImageFile(image);
        Assert.Equal(expected, VolumeSignature.Of(file).Found());
    }

    [Theory]
    [InlineData("bitlocker", 3, "-FVE-FS-")]
    [InlineData("squashfs", 0, "hsqs")]
    [InlineData("refs", 3, "ReFS\0\0\0\0")]
    [InlineData("iso9660", 0x8001, "CD001")]
    [InlineData("fat12", 54, "FAT12   ")]
    [InlineData("btrfs", 0x10040, "_BHRfS_M")]
    [InlineData("swap", 65526, "SWAPSPACE2")]
    public void Others_by_their_bytes(string expected, int offset, string signature)
    {
        var bytes = new byte[0x20000];
        System.Text.Encoding.ASCII.GetBytes(signature).CopyTo(bytes, offset);
        using var source = new MemoryByteSource("volume", bytes);
        Assert.Equal(expected, VolumeSignature.Of(source).Found());
    }

    [Fact]
    public void Code_that_looks_like_the_two_bytes_of_ext_does_not_hide_another_file_system()
    {
        var bytes = new byte[0x20000];
        "NTFS    "u8.CopyTo(bytes.AsSpan(3));
        (bytes[1080], bytes[1081]) = (0x53, 0xEF);
        using var source = new MemoryByteSource("volume", bytes);
        Assert.Equal(("ntfs", "ntfs"), (VolumeSignature.Of(source).Found(), VolumeSignature.OfHead(source)));
    }

    [Fact]
    public void The_first_bytes_name_what_they_can_and_read_no_more()
    {
        using var physical = new LvmBuilder("vg").Linear("one", 4).Build(0);
        using var counted = new CountingByteSource(physical);
        Assert.Equal(("lvm2", 1), (VolumeSignature.OfHead(counted), counted.Reads));
        var btrfs = new byte[0x20000];
        "_BHRfS_M"u8.CopyTo(btrfs.AsSpan(0x10040));
        using var rare = new MemoryByteSource("volume", btrfs);
        Assert.Null(VolumeSignature.OfHead(rare));
    }

    [Fact]
    public void Zeros_are_empty_and_anything_else_is_absent()
    {
        using var zeros = new MemoryByteSource("volume", new byte[100_000]);
        Assert.Equal("empty", VolumeSignature.Of(zeros).Found());
        using var text = new MemoryByteSource("volume", "some text"u8.ToArray());
        Assert.IsType<Lookup<string>.Absent>(VolumeSignature.Of(text));
    }
}
