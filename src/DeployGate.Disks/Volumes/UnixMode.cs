namespace DeployGate.Disks.Volumes;

/// <summary>The upper four bits of an inode's mode.</summary>
internal static class UnixMode
{
    /// <summary>The kind of file; null when the bits name none.</summary>
    internal static FileKind? KindOf(ushort mode) => (mode >> 12) switch
    {
        0x8 => FileKind.File,
        0x4 => FileKind.Directory,
        0xA => FileKind.Link,
        0x1 or 0x2 or 0x6 or 0xC => FileKind.Other,
        _ => null,
    };
}
