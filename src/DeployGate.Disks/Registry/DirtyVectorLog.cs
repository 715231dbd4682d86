using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Registry;

/// <summary>A log of Windows 8 and before: one bit for each 512 bytes of the hive, then the pages whose bit is set.</summary>
/// <param name="Source">The log file.</param>
/// <param name="Base">Its own base block, made from memory: newer than the one in the hive.</param>
internal sealed record DirtyVectorLog(IByteSource Source, BaseBlock Base)
{
    private const int VectorPart = 4096;

    /// <summary>Lays the dirty pages over the hive; null when all went well, else what is wrong with the log.</summary>
    internal ReadFailure? Apply(PageOverlay overlay)
    {
        // The vector stands in the second sector; a sector has 512 bytes whenever the field makes no sense.
        var sector = Base.SectorFactor is >= 1 and <= 8 ? Base.SectorFactor * 512L : 512L;
        var vectorSize = Base.BinsSize / PageOverlay.PageSize / 8;
        if (Base.BinsSize == 0 || Base.BinsSize % BaseBlock.BinsStart != 0)
        {
            return new ReadFailure(Source.Name, 40, "the size of a hive in pages", FormattableString.Invariant($"{Base.BinsSize} bytes"));
        }

        if (sector + 4 + vectorSize > Source.Length || !Source.ReadBytes(sector, 4).AsSpan().SequenceEqual("DIRT"u8))
        {
            return new ReadFailure(Source.Name, sector, FormattableString.Invariant($"DIRT and a vector of {vectorSize} bytes"), "something else");
        }

        var data = (sector + 4 + vectorSize + sector - 1) / sector * sector;
        for (var at = 0L; at < vectorSize; at += VectorPart)
        {
            var vector = Source.ReadBytes(sector + 4 + at, (int)Math.Min(VectorPart, vectorSize - at));
            for (var bit = 0; bit < 8 * vector.Length; bit++)
            {
                if ((vector[bit / 8] >> bit % 8 & 1) == 0)
                {
                    continue;
                }

                if (data > Source.Length - PageOverlay.PageSize)
                {
                    return new ReadFailure(Source.Name, data, "a dirty page", "the end of the log");
                }

                overlay.Put((at * 8 + bit) * PageOverlay.PageSize, Source, data);
                data += PageOverlay.PageSize;
            }
        }

        overlay.Length = Base.BinsSize;
        return overlay.Count > 0 ? null : new ReadFailure(Source.Name, sector, "dirty pages", "none");
    }
}
