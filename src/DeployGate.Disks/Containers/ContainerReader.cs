using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers;

/// <summary>Finds out by its content how a disk is packed. A file's name says nothing: <c>.vhd</c> files are raw, VHDX, qcow2, gzip.</summary>
public static class ContainerReader
{
    /// <summary>Differencing disks that may lie on top of each other.</summary>
    internal const int MaxChain = 16;

    private const string Supported = "a raw disk, a VHD or a VHDX";

    /// <summary>Opens a disk.</summary>
    /// <param name="source">The file's bytes; the image reads from it as long as it is used.</param>
    /// <param name="findParent">Finds the parent of a differencing disk; null where there is no folder to look in.</param>
    public static Lookup<DiskImage> Open(IByteSource source, FindParent? findParent = null) => Fault.Catch(() => new Lookup<DiskImage>.Found(Read(source, findParent, 0)));

    internal static DiskImage Read(IByteSource source, FindParent? findParent, int depth)
    {
        if (source.Length < 512)
        {
            throw Fault.At(source.Name, null, Supported, source.Length == 0 ? "an empty file" : FormattableString.Invariant($"a file of {source.Length} bytes"));
        }

        var head = source.ReadBytes(0, (int)Math.Min(4096, source.Length));
        if (head.AsSpan().StartsWith("vhdxfile"u8))
        {
            return Vhdx.VhdxReader.Read(source);
        }

        if (Vhd.VhdReader.Read(source, head, findParent, depth) is { } vhd)
        {
            return vhd;
        }

        if (ForeignFormats.NameOf(head) is { } foreign)
        {
            throw Fault.At(source.Name, 0, Supported, foreign);
        }

        var isTorn = source.Length % (1 << 20) == 512;
        return new DiskImage(ContainerKind.Raw, source, 512, isTorn ? ["the file is as long as a fixed VHD, but has no VHD footer at its end: read as a raw disk"] : []);
    }
}
