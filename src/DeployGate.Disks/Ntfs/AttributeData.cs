using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>A whole attribute, put together from all its pieces.</summary>
/// <param name="First">The piece with the sizes, or the resident attribute.</param>
/// <param name="Runs">Where it lies; null when it stands in the record.</param>
internal sealed record AttributeData(NtfsAttribute First, RunMap? Runs)
{
    private const ushort CompressedMask = 0x00ff;
    private const ushort EncryptedMask = 0x4000;

    /// <summary>Number of bytes.</summary>
    internal long Size => First.Piece?.Size ?? First.Value.Length;

    /// <summary>Its bytes, read on demand.</summary>
    internal IByteSource Source(string name, IByteSource volume, int clusterSize)
    {
        if ((First.Flags & EncryptedMask) != 0)
        {
            throw Fault.At(name, null, "bytes that are not encrypted", "a file encrypted by EFS");
        }

        if (First.Piece is not { } piece || Runs is null)
        {
            return new MemoryByteSource(name, First.Value);
        }

        return (First.Flags & CompressedMask) != 0
            ? new CompressedSource(name, volume, Runs, clusterSize, piece, First.Offset)
            : new RunSource(name, volume, Runs, clusterSize, piece.Size, piece.Initialized);
    }

    /// <summary>All its bytes; more than <paramref name="most"/> is a fault.</summary>
    internal byte[] ReadAll(string name, IByteSource volume, int clusterSize, int most)
    {
        if (Size > most)
        {
            throw Fault.At(name, First.Offset, FormattableString.Invariant($"at most {most} bytes"), FormattableString.Invariant($"{Size}"));
        }

        return Source(name, volume, clusterSize).ReadBytes(0, (int)Size);
    }

    /// <summary>Where on the volume a byte of it lies; null when that is not one place.</summary>
    internal long? PlaceOnVolume(long offset, int clusterSize)
    {
        if (Runs is null || offset < 0 || offset / clusterSize >= Runs.End)
        {
            return null;
        }

        var (target, _) = Runs.At(offset / clusterSize, "", clusterSize);
        return target == RunMap.Hole ? null : target * clusterSize + offset % clusterSize;
    }
}
