using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DeployGate.Disks.Volumes;

/// <summary>Reads <c>/etc/fstab</c>.</summary>
/// <seealso href="https://man7.org/linux/man-pages/man5/fstab.5.html"/>
public static partial class FstabReader
{
    private const int MostEntries = 1000;

    private static readonly ImmutableHashSet<string> s_withoutDevice =
    [
        "autofs", "bdev", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fusectl",
        "hugetlbfs", "mqueue", "none", "nsfs", "overlay", "aufs", "proc", "pstore", "ramfs", "rpc_pipefs", "securityfs", "selinuxfs",
        "sysfs", "tmpfs", "tracefs", "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "9p", "virtiofs", "fuse", "fuse.sshfs",
    ];

    /// <summary>The lines that say something, in their order; a line with fewer than two fields says nothing, as for mount(8).</summary>
    public static ImmutableArray<FstabEntry> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var entries = ImmutableArray.CreateBuilder<FstabEntry>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var fields = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 2 && fields[0][0] != '#' && entries.Count < MostEntries)
                entries.Add(Entry(number, fields));
        }

        return entries.ToImmutable();
    }

    private static FstabEntry Entry(int line, string[] fields)
    {
        var device = Unescape(fields[0]);
        var point = Unescape(fields[1]);
        var fileSystem = fields.Length > 2 ? fields[2] : "auto";
        ImmutableArray<string> options = fields.Length > 3 ? [.. Unescape(fields[3]).Split(',')] : [];
        var spec = s_withoutDevice.Contains(fileSystem) && !options.Contains("bind") && !options.Contains("rbind") ? new MountSpec.None(fileSystem) : Spec(device);
        return new FstabEntry(line, device, spec, point.Length > 1 ? point.TrimEnd('/') : point, fileSystem, options);
    }

    private static MountSpec Spec(string device)
    {
        if (Tagged(device) is { } tagged)
            return tagged;

        if (!device.StartsWith("/dev/", StringComparison.Ordinal))
            return device.StartsWith('/') ? new MountSpec.TreePath(device) : new MountSpec.None(device);

        return device["/dev/".Length..].Split('/') switch
        {
            ["disk", var by, var value] => ByLink(by, Unhex(value)) ?? new MountSpec.Device(device),
            ["mapper", var name] => Mapped(name) ?? (MountSpec)new MountSpec.Device(device),
            [var name] when FirstDisk().Match(name) is { Success: true } match => new MountSpec.DiskPartition(int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)),
            [var group, var name] when !s_ownFolders.Contains(group) => new MountSpec.LogicalVolume(group, name),
            _ => new MountSpec.Device(device),
        };
    }

    // Folders of /dev that are no volume groups.
    private static readonly ImmutableHashSet<string> s_ownFolders = ["block", "bus", "char", "cpu", "disk", "input", "mapper", "md", "net", "pts", "shm", "snd", "zvol", "vfio"];

    private static MountSpec? Tagged(string device)
    {
        var equals = device.IndexOf('=', StringComparison.Ordinal);
        var value = equals < 0 ? "" : device[(equals + 1)..].Trim('"', '\'');
        return (equals < 0 ? "" : device[..equals].ToUpperInvariant()) switch
        {
            "UUID" => new MountSpec.Uuid(value),
            "LABEL" => new MountSpec.Label(value),
            "PARTUUID" => new MountSpec.PartUuid(value),
            "PARTLABEL" => new MountSpec.PartLabel(value),
            "ID" => new MountSpec.Device(device),
            _ => null,
        };
    }

    private static MountSpec? ByLink(string by, string value) => by switch
    {
        "by-uuid" => new MountSpec.Uuid(value),
        "by-label" => new MountSpec.Label(value),
        "by-partuuid" => new MountSpec.PartUuid(value),
        "by-partlabel" => new MountSpec.PartLabel(value),
        "cloud" when value.StartsWith("azure_resource", StringComparison.Ordinal) => new MountSpec.ResourceDisk(),
        "cloud" when RootDisk().Match(value) is { Success: true } match => new MountSpec.DiskPartition(int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)),
        _ => null,
    };

    // The device mapper joins group and name with a hyphen, and doubles the hyphens that either has.
    private static MountSpec.LogicalVolume? Mapped(string name)
    {
        var parts = name.Replace("--", "\0", StringComparison.Ordinal).Split('-');
        return parts.Length == 2 && parts[0].Length > 0 && parts[1].Length > 0
            ? new MountSpec.LogicalVolume(parts[0].Replace('\0', '-'), parts[1].Replace('\0', '-'))
            : null;
    }

    // \040 and other octal escapes.
    private static string Unescape(string field) => field.Contains('\\', StringComparison.Ordinal)
        ? Octal().Replace(field, match => ((char)Convert.ToInt32(match.Groups["digits"].Value, 8)).ToString())
        : field;

    // udev writes characters of labels that a file's name should not have as \x20.
    private static string Unhex(string name)
    {
        if (!name.Contains("\\x", StringComparison.Ordinal))
            return name;

        var bytes = Hex().Replace(name, match => ((char)Convert.ToInt32(match.Groups["digits"].Value, 16)).ToString());
        return bytes.All(one => one < 256) ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes)) : name;
    }

    [GeneratedRegex("^(?:(?:sd|vd|xvd|hd)a|(?:nvme0n1|mmcblk0)p)(?<number>[0-9]{1,3})$")]
    private static partial Regex FirstDisk();

    [GeneratedRegex("^azure_root-part(?<number>[0-9]{1,3})$")]
    private static partial Regex RootDisk();

    [GeneratedRegex(@"\\(?<digits>[0-3][0-7]{2})")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\\x(?<digits>[0-9a-fA-F]{2})")]
    private static partial Regex Hex();
}
