using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

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
        Assert.Equal(expected, TreeComparison.Get(VolumeSignature.Of(file)));
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
        Assert.Equal(expected, TreeComparison.Get(VolumeSignature.Of(source)));
    }

    [Fact]
    public void Zeros_are_empty_and_anything_else_is_absent()
    {
        using var zeros = new MemoryByteSource("volume", new byte[100_000]);
        Assert.Equal("empty", TreeComparison.Get(VolumeSignature.Of(zeros)));
        using var text = new MemoryByteSource("volume", "some text"u8.ToArray());
        Assert.IsType<Lookup<string>.Absent>(VolumeSignature.Of(text));
    }
}
