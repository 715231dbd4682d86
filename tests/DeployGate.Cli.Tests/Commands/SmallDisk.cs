using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Commands;

/// <summary>Small Windows disks in files and in memory, made once.</summary>
internal static class SmallDisk
{
    private static readonly Lazy<byte[]> s_inUse = new(() => Bytes(WindowsGuest.InUse));
    private static readonly Lazy<byte[]> s_undeployable = new(() => Bytes(WindowsGuest.Prepared with { ImageState = "IMAGE_STATE_UNDEPLOYABLE", StateFile = "IMAGE_STATE_UNDEPLOYABLE" }));

    internal static byte[] InUse => s_inUse.Value;

    internal static byte[] Undeployable => s_undeployable.Value;

    private static byte[] Bytes(WindowsGuest guest)
    {
        using var disk = guest.Disk(64L << 20);
        var bytes = new byte[disk.Length];
        disk.Read(0, bytes);
        return bytes;
    }
}
