namespace DeployGate.Disks.Volumes;

/// <summary>What the first field of a line of fstab names.</summary>
public abstract record MountSpec
{
    private MountSpec()
    {
    }

    /// <summary>A file system by its identity: <c>UUID=</c>, <c>/dev/disk/by-uuid/</c>.</summary>
    public sealed record Uuid(string Value) : MountSpec;

    /// <summary>A file system by its label: <c>LABEL=</c>, <c>/dev/disk/by-label/</c>.</summary>
    public sealed record Label(string Value) : MountSpec;

    /// <summary>A partition by its identity: <c>PARTUUID=</c>, <c>/dev/disk/by-partuuid/</c>.</summary>
    public sealed record PartUuid(string Value) : MountSpec;

    /// <summary>A partition by its name: <c>PARTLABEL=</c>, <c>/dev/disk/by-partlabel/</c>.</summary>
    public sealed record PartLabel(string Value) : MountSpec;

    /// <summary>A logical volume: <c>/dev/group/name</c>, <c>/dev/mapper/group-name</c>.</summary>
    public sealed record LogicalVolume(string Group, string Name) : MountSpec;

    /// <summary>A partition of the first disk by number: <c>/dev/sda1</c>, <c>/dev/nvme0n1p1</c>, <c>/dev/disk/cloud/azure_root-part1</c>.</summary>
    public sealed record DiskPartition(int Number) : MountSpec;

    /// <summary>Azure's temporary disk, which no image contains: <c>/dev/disk/cloud/azure_resource-part1</c>.</summary>
    public sealed record ResourceDisk : MountSpec;

    /// <summary>A path in the tree, for a bind mount or a file that holds a file system.</summary>
    public sealed record TreePath(string Value) : MountSpec;

    /// <summary>Any other device: another disk, something in <c>/dev/mapper</c> that is no logical volume.</summary>
    public sealed record Device(string Value) : MountSpec;

    /// <summary>No device: memory, the kernel's own trees, a network share, an overlay.</summary>
    public sealed record None(string Value) : MountSpec;
}
