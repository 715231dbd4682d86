using DeployGate.Core.Assessment;
using DeployGate.Disks.Lvm;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Tests.Volumes;
using DeployGate.Disks.Volumes;
using DeployGate.Disks.Xfs;

namespace DeployGate.Disks.Tests.Lvm;

/// <summary>Compares with what the tools of LVM write. They need loop devices, and no device mapper.</summary>
public class LvmOracleTests
{
    [Fact]
    public void Linear_striped_and_scattered_volumes_of_two_physical_volumes_are_found()
    {
        using var group = new Group(2);
        group.Lvm("lvcreate", "--name", "one", "--size", "8m", "vg-test");
        group.Lvm("lvcreate", "--name", "gone", "--size", "4m", "vg-test");
        group.Lvm("lvcreate", "--name", "two", "--size", "8m", "vg-test");
        group.Lvm("lvremove", "--yes", "vg-test/gone");
        group.Lvm("lvextend", "--size", "20m", "vg-test/one");
        group.Lvm("lvcreate", "--name", "striped", "--stripes", "2", "--stripesize", "8k", "--size", "16m", "vg-test");
        for (var i = 0; i < 25; i++)
            group.Lvm("lvchange", "--addtag", $"tag{i}", "vg-test/two");

        var volumes = group.Find();
        Assert.Equal(["one", "striped", "two"], volumes.Select(volume => volume.Name).Order());
        Assert.All(volumes, volume => Assert.Equal("vg-test", volume.Group));
        Assert.Equal([20L << 20, 16L << 20, 8L << 20], volumes.OrderBy(volume => volume.Name).Select(volume => volume.Content.Found().Length));
        foreach (var volume in volumes)
            group.SameBytes(volume);
    }

    [Fact]
    public void A_missing_physical_volume_is_named_for_the_volumes_that_need_it()
    {
        using var group = new Group(2);
        group.Lvm("lvcreate", "--name", "first", "--size", "8m", "vg-test", group.Devices[0]);
        group.Lvm("lvcreate", "--name", "second", "--size", "8m", "vg-test", group.Devices[1]);
        group.Find();
        var volumes = LvmGroups.Find([group.Sources[0]]);
        Assert.IsType<Lookup<IByteSource>.Found>(volumes.Single(volume => volume.Name == "first").Content);
        Assert.Contains("found none: it is missing", Assert.IsType<Lookup<IByteSource>.Unreadable>(volumes.Single(volume => volume.Name == "second").Content).Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_of_RHEL_is_joined_by_its_fstab()
    {
        LinuxTools.Need("mkfs.xfs");
        using var group = new Group(1, 1400);
        foreach (var name in (ReadOnlySpan<string>)["rootlv", "varlv"])
            group.Lvm("lvcreate", "--name", name, "--size", "320m", "vg-test");

        group.Fill("rootlv", "etc/fstab", "/dev/mapper/vg--test-rootlv / xfs defaults 0 0\n/dev/mapper/vg--test-varlv /var xfs defaults 0 0\n/dev/mapper/vg--test-optlv /opt xfs defaults 0 0\n");
        group.Fill("varlv", "lib/waagent/provisioned", "uuid");
        var candidates = group.Find().Select(volume => new MountCandidate(null, volume.Group, volume.Name, volume.Content.Then(XfsVolume.Open), null)).ToList();
        var root = candidates.Single(candidate => candidate.Name == "rootlv").Volume.Found();
        var tree = Mounts.Assemble(root, candidates).Found().Tree;
        Assert.Equal("uuid", tree.ReadText("/var/lib/waagent/provisioned", 100).Found());
        Assert.IsType<Lookup<TreeEntry>.Absent>(tree.Find("/var/lib/cloud"));
        Assert.IsType<Lookup<TreeEntry>.Unreadable>(tree.Find("/opt/anything"));
    }

    /// <summary>A volume group on loop devices, and the mapping of its volumes as lvm itself tells it.</summary>
    private sealed class Group : IDisposable
    {
        private readonly LinuxTools _tools = new();
        private readonly List<string> _images = [];

        internal Group(int count, int mebibytes = 64)
        {
            LinuxTools.Need("lvm", "losetup");
            try
            {
                for (var i = 0; i < count; i++)
                {
                    _images.Add(_tools.Image($"pv{i}", (long)mebibytes << 20));
                    Devices.Add(_tools.Loop(_images[i]));
                    Lvm("pvcreate", "--yes", Devices[i]);
                }

                Lvm("vgcreate", ["--physicalextentsize", "4m", "vg-test", .. Devices]);
            }
            catch
            {
                _tools.Dispose();
                throw;
            }
        }

        internal List<string> Devices { get; } = [];

        internal List<ImageFile> Sources { get; } = [];

        internal System.Collections.Immutable.ImmutableArray<LogicalVolume> Find()
        {
            // Written bytes must have left the loop devices.
            LinuxTools.Run("blockdev", ["--flushbufs", .. Devices]);
            return LvmGroups.Find(Open());
        }

        internal void Lvm(string command, params string[] arguments)
        {
            var devices = Devices.Count == 0 ? "" : string.Join(", ", Devices.Select(device => $"\"a|^{device}$|\"")) + ", ";
            var configuration = $"devices {{ filter = [ {devices}\"r|.*|\" ] }} activation {{ checks = 0 udev_sync = 0 udev_rules = 0 }} backup {{ backup = 0 archive = 0 }}";
            List<string> all = [command, "--config", configuration, "--driverloaded", "n", .. arguments];
            if (command == "lvcreate")
                all.AddRange(["--activate", "n", "--zero", "n", "--wipesignatures", "n"]);

            LinuxTools.Run("lvm", [.. all]);
        }

        /// <summary>Writes different bytes to every sector of the physical volumes' extents, and compares by lvm's own map.</summary>
        internal void SameBytes(LogicalVolume volume)
        {
            var content = volume.Content.Found();
            var map = LinuxTools.Run("lvm", "lvs", "--driverloaded", "n", "--noheadings", "--segments", "--units", "b", "--nosuffix", "--options", "seg_start,seg_size,stripe_size,seg_pe_ranges", $"vg-test/{volume.Name}");
            foreach (var line in map.Split('\n').Where(line => line.Contains("/dev/loop", StringComparison.Ordinal)))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var (start, size, stripe) = (long.Parse(fields[0], null), long.Parse(fields[1], null), long.Parse(fields[2], null));
                var ranges = fields[3..].Select(Range).ToList();
                for (long at = 0; at < size; at += 4096)
                    Same(content, start + at, ranges, stripe, at);
            }
        }

        internal void Fill(string volume, string path, string text)
        {
            var file = Find().Single(one => one.Name == volume).Content.Found();
            SampleTree.Put(_tools.At("tree-" + volume), path, System.Text.Encoding.UTF8.GetBytes(text));
            File.WriteAllText(_tools.At("proto"), Xfs.XfsProto.Of(_tools.At("tree-" + volume)));
            var image = _tools.Image("fs-" + volume, file.Length);
            LinuxTools.Run("mkfs.xfs", "-q", "-f", "-p", _tools.At("proto"), image);
            var map = LinuxTools.Run("lvm", "lvs", "--driverloaded", "n", "--noheadings", "--segments", "--options", "seg_pe_ranges", $"vg-test/{volume}");
            var (device, extent) = Range(map.Split('\n').First(line => line.Contains("/dev/loop", StringComparison.Ordinal)).Trim());
            LinuxTools.Run("dd", $"if={image}", $"of={_images[Devices.IndexOf(device)]}", "bs=1M", $"seek={1 + (extent * 4)}", "conv=notrunc,sparse", "status=none");
        }

        public void Dispose()
        {
            Sources.ForEach(source => source.Dispose());
            _tools.Dispose();
        }

        private List<ImageFile> Open()
        {
            if (Sources.Count == 0)
                Sources.AddRange(_images.Select(image => new ImageFile(image)));

            return Sources;
        }

        private static (string Device, long Extent) Range(string range)
        {
            var parts = range.Split(':');
            return (parts[0], long.Parse(parts[1].Split('-')[0], null));
        }

        private void Same(IByteSource content, long offset, List<(string Device, long Extent)> ranges, long stripe, long at)
        {
            var chunk = ranges.Count == 1 ? 0 : at / stripe;
            var (device, extent) = ranges[(int)(chunk % ranges.Count)];
            var within = ranges.Count == 1 ? at : (chunk / ranges.Count * stripe) + (at % stripe);
            var place = (1 << 20) + (extent * (4 << 20)) + within;
            var mark = BitConverter.GetBytes(offset * 31);
            using (var raw = File.OpenHandle(_images[Devices.IndexOf(device)], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
                RandomAccess.Write(raw, mark, place);

            Assert.Equal(mark, content.ReadBytes(offset, 8));
        }
    }
}
