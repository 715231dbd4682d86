namespace DeployGate.Disks.Partitions;

/// <summary>One entry of a partition table.</summary>
/// <param name="Index">Its number as the operating systems count, from 1; 0 stands for a disk without a table.</param>
/// <param name="Type">GPT: the type GUID in lower case; MBR: two hexadecimal digits; empty without a table.</param>
/// <param name="PartUuid">What <c>PARTUUID=</c> in fstab would write, lower case; null when there is none.</param>
/// <param name="Offset">First byte on the disk.</param>
/// <param name="Length">Number of bytes.</param>
public sealed record Partition(int Index, string Type, string? PartUuid, long Offset, long Length);
