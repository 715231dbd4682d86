using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Tests.Volumes;

public class FstabReaderTests
{
    [Theory]
    [InlineData("UUID=ABC-1 / ext4", "Uuid { Value = ABC-1 }")]
    [InlineData("LABEL=a\\040b /x ext4", "Label { Value = a b }")]
    [InlineData("LABEL=\"root\" / ext4", "Label { Value = root }")]
    [InlineData("PARTUUID=1234-01 /boot vfat", "PartUuid { Value = 1234-01 }")]
    [InlineData("PARTLABEL=var /var xfs", "PartLabel { Value = var }")]
    [InlineData("/dev/disk/by-uuid/ABC-1 / ext4", "Uuid { Value = ABC-1 }")]
    [InlineData("/dev/disk/by-label/a\\x20b / ext4", "Label { Value = a b }")]
    [InlineData("/dev/mapper/rootvg-varlv /var xfs", "LogicalVolume { Group = rootvg, Name = varlv }")]
    [InlineData("/dev/mapper/my--vg-a--b /var xfs", "LogicalVolume { Group = my-vg, Name = a-b }")]
    [InlineData("/dev/mapper/luks1 /var xfs", "Device { Value = /dev/mapper/luks1 }")]
    [InlineData("/dev/rootvg/varlv /var xfs", "LogicalVolume { Group = rootvg, Name = varlv }")]
    [InlineData("/dev/sda2 /boot xfs", "DiskPartition { Number = 2 }")]
    [InlineData("/dev/nvme0n1p15 /boot xfs", "DiskPartition { Number = 15 }")]
    [InlineData("/dev/sdb1 /data xfs", "Device { Value = /dev/sdb1 }")]
    [InlineData("/dev/disk/cloud/azure_root-part1 / ext4", "DiskPartition { Number = 1 }")]
    [InlineData("/dev/disk/cloud/azure_resource-part1 /mnt auto", "ResourceDisk { }")]
    [InlineData("tmpfs /tmp tmpfs", "None { Value = tmpfs }")]
    [InlineData("server:/share /home nfs", "None { Value = nfs }")]
    [InlineData("/srv/var /var none bind", "TreePath { Value = /srv/var }")]
    public void The_first_field_is_understood(string line, string expected) =>
        Assert.Equal(expected, Assert.Single(FstabReader.Read(line)).Spec.ToString());

    [Fact]
    public void Comments_and_half_lines_say_nothing_and_the_other_fields_are_kept()
    {
        var entries = FstabReader.Read("# comment\n\n  \nalone\nUUID=1\t/my\\040data/  btrfs\tsubvol=@home,noauto,nofail 0 0\r\nUUID=2 none swap sw\n");
        Assert.Equal([5, 6], entries.Select(entry => entry.Line));
        Assert.Equal(("/my data", "btrfs", "@home", true), (entries[0].MountPoint, entries[0].FileSystem, entries[0].SubVolume, entries[0].IsManual));
        Assert.True(entries[1].IsSwap);
    }
}
