using System.Buffers.Binary;
using DeployGate.Disks.Containers;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Containers;

public class VhdTests
{
    private const int MiB = 1 << 20;
    private static readonly byte[] s_disk = Pattern(5 * MiB, 3);

    [Fact]
    public void A_fixed_vhd_is_the_disk_without_its_footer() => AssertSame(s_disk, Open(VhdBuilder.Fixed(s_disk)).Found(), ContainerKind.VhdFixed);

    [Fact]
    public void A_dynamic_vhd_reads_as_the_disk() => AssertSame(s_disk, Open(VhdBuilder.Dynamic(s_disk)).Found(), ContainerKind.VhdDynamic);

    [Fact]
    public void A_torn_footer_of_a_dynamic_vhd_is_taken_from_its_copy_with_a_remark()
    {
        var file = VhdBuilder.Dynamic(s_disk);
        file[^100] ^= 1;
        var image = Open(file).Found();
        AssertSame(s_disk, image, ContainerKind.VhdDynamic);
        Assert.Equal(["the VHD footer at the end is torn: its copy at the beginning was taken"], image.Remarks);
    }

    [Fact]
    public void A_dynamic_vhd_that_lost_its_end_is_found_by_its_copy()
    {
        var file = VhdBuilder.Dynamic(s_disk);
        AssertSame(s_disk, Open(file[..^512]).Found(), ContainerKind.VhdDynamic);
    }

    [Fact]
    public void A_dynamic_vhd_with_two_torn_footers_is_no_raw_disk()
    {
        var file = VhdBuilder.Dynamic(s_disk);
        file[^100] ^= 1;
        file[100] ^= 1;
        Assert.Equal("VHD footer: expected a right checksum in the footer or its copy, found wrong checksums in both", Open(file).Unreadable());
    }

    [Fact]
    public void A_fixed_vhd_that_was_cut_in_the_middle_and_closed_again_is_unreadable()
    {
        var file = VhdBuilder.Fixed(s_disk);
        byte[] cut = [.. file[..MiB], .. file[^512..]];
        Assert.Equal("disk.vhd: fixed VHD, byte 1049088: expected 5242880 bytes and a footer, found a file of 1049088 bytes", Open(cut).Unreadable());
    }

    [Fact]
    public void A_fixed_vhd_without_its_footer_is_a_raw_disk()
    {
        var image = Open(VhdBuilder.Fixed(s_disk)[..^512]).Found();
        AssertSame(s_disk, image, ContainerKind.Raw);
        Assert.Empty(image.Remarks);
    }

    [Fact]
    public void A_fixed_vhd_whose_footer_was_overwritten_is_read_raw_with_a_remark()
    {
        var file = VhdBuilder.Fixed(s_disk);
        file[^512] = 0;
        Assert.Contains("no VHD footer at its end", Assert.Single(Open(file).Found().Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_azure_refuses_is_said()
    {
        Assert.Contains("Azure refuses such a VHD", Assert.Single(Open(VhdBuilder.Fixed(Pattern(MiB + 512, 1))).Found().Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_differencing_vhd_takes_each_sector_from_itself_or_its_parent()
    {
        var child = (byte[])s_disk.Clone();
        Array.Clear(child, MiB, 4096);
        Pattern(3000, 9).CopyTo(child, (3 * MiB) + 700);
        var file = VhdBuilder.Differencing(child, s_disk, @".\base.vhd");
        AssertSame(child, Open(file, path => path == "./base.vhd" ? Source(VhdBuilder.Dynamic(s_disk)) : null).Found(), ContainerKind.VhdDifferencing);
    }

    [Fact]
    public void A_parent_with_another_identity_is_not_taken()
    {
        var file = VhdBuilder.Differencing(s_disk, s_disk[..MiB], "base.vhd", parentIdentity: 7);
        Assert.Contains("expected the identity 07070707070707070707070707070707, found the identity 01010101010101010101010101010101", Open(file, _ => Source(VhdBuilder.Fixed(s_disk))).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_that_is_not_beside_the_child_is_named()
    {
        var file = VhdBuilder.Differencing(s_disk, s_disk[..MiB], "base.vhd");
        Assert.Equal("disk.vhd: differencing VHD: expected its parent in the same folder, found no such file ('base.vhd')", Open(file, _ => null).Unreadable());
    }

    [Fact]
    public void A_differencing_vhd_that_is_its_own_parent_ends()
    {
        var file = VhdBuilder.Differencing(s_disk, s_disk[..MiB], "base.vhd", identity: 5, parentIdentity: 5);
        Assert.Contains("at most 16 disks on top of each other, found more, or a circle", Open(file, _ => Source(file)).Unreadable(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, 0u, "a block size that is a power of two")]
    [InlineData(32, 3u << 20, "a block size that is a power of two")]
    [InlineData(32, 1u << 31, "a block size that is a power of two")]
    [InlineData(28, 0u, "an entry for block 0, found 0 entries")]
    [InlineData(16, 0x7FFFFFFFu, "the end after")]
    public void A_hostile_dynamic_header_is_unreadable_with_its_place(int field, uint value, string says)
    {
        var file = VhdBuilder.Dynamic(s_disk);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(512 + field), value);
        VhdBuilder.Seal(file.AsSpan(512, 1024), 36);
        var failure = Open(file).Then(image => Fault.Catch(() => new DeployGate.Core.Assessment.Lookup<byte[]>.Found(image.Content.ReadBytes(0, 512)))).Unreadable();
        Assert.Contains(says, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "an empty file")]
    [InlineData(511, "a file of 511 bytes")]
    public void A_file_that_is_no_disk_is_named(int length, string says) =>
        Assert.Equal($"disk.vhd: expected a raw disk, a VHD or a VHDX, found {says}", Open(new byte[length]).Unreadable());

    [Theory]
    [InlineData("514649FB", "a qcow2 image")]
    [InlineData("4B444D56", "a VMDK")]
    [InlineData("1F8B0800", "a gzip file (unpack it first)")]
    [InlineData("504B0304", "a zip archive (unpack it first)")]
    [InlineData("FD377A585A00", "an xz file (unpack it first)")]
    public void Another_format_is_named_with_the_cure(string head, string says)
    {
        var file = new byte[4096];
        Convert.FromHexString(head).CopyTo(file, 0);
        Assert.Contains(says, Open(file).Unreadable(), StringComparison.Ordinal);
    }

    internal static byte[] Pattern(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static MemoryByteSource Source(byte[] file) => new("disk.vhd", file);

    private static DeployGate.Core.Assessment.Lookup<DiskImage> Open(byte[] file, FindParent? findParent = null) => ContainerReader.Open(Source(file), findParent);

    private static void AssertSame(byte[] expected, DiskImage image, ContainerKind kind)
    {
        Assert.Equal(kind, image.Container);
        Assert.Equal(expected.Length, image.Content.Length);
        Assert.True(expected.AsSpan().SequenceEqual(image.Content.ReadBytes(0, expected.Length)));
    }
}
