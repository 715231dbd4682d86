namespace DeployGate.Disks.Volumes;

/// <summary>Where a path of a file tree leads.</summary>
/// <param name="Path">The path without links: <c>/usr/lib/os-release</c> for <c>/etc/os-release</c>.</param>
/// <param name="Volume">The volume that it lies on.</param>
/// <param name="Entry">What it is there.</param>
public sealed record TreeEntry(string Path, IVolume Volume, FileEntry Entry);
