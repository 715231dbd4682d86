using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Lvm;

/// <summary>A logical volume of LVM.</summary>
/// <param name="Group">Its volume group's name; empty for a physical volume whose metadata could not be read.</param>
/// <param name="Name">Its name; empty as above.</param>
/// <param name="Uuid">Its identity as LVM writes it, with hyphens; of the physical volume as above; empty when not even that is known.</param>
/// <param name="Content">
/// Its bytes; unreadable when a physical volume is missing or it is not linear or striped, naming which. The source need not be disposed.
/// </param>
public sealed record LogicalVolume(string Group, string Name, string Uuid, Lookup<IByteSource> Content);
