using System.Collections.Immutable;

namespace DeployGate.Disks.Volumes;

/// <summary>One line of fstab.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Device">The first field as written, escapes resolved.</param>
/// <param name="Spec">What that names.</param>
/// <param name="MountPoint">Where it is mounted, without a slash at the end; <c>none</c> and the like for swap.</param>
/// <param name="FileSystem">The third field: <c>ext4</c>, <c>auto</c>, <c>swap</c>; <c>auto</c> when it is left out.</param>
/// <param name="Options">The fourth field's parts.</param>
public sealed record FstabEntry(int Line, string Device, MountSpec Spec, string MountPoint, string FileSystem, ImmutableArray<string> Options)
{
    /// <summary>Whether the line mounts a directory that is in the tree already.</summary>
    public bool IsBind => Options.Contains("bind") || Options.Contains("rbind") || Options.Contains("--bind");

    /// <summary>Whether it is swap space and mounts nothing.</summary>
    public bool IsSwap => FileSystem == "swap" || !MountPoint.StartsWith('/');

    /// <summary>Whether it is left to be mounted by hand.</summary>
    public bool IsManual => Options.Contains("noauto") && !Options.Contains("x-systemd.automount");

    /// <summary>The option <c>subvol=</c> of btrfs; null when there is none.</summary>
    public string? SubVolume => Options.FirstOrDefault(option => option.StartsWith("subvol=", StringComparison.Ordinal))?["subvol=".Length..];
}
