using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Registry;

/// <summary>Reads cells, and of each only what is asked for.</summary>
/// <param name="bins">The bins; offset 0 is the first one.</param>
internal sealed class CellReader(IByteSource bins)
{
    /// <summary>In place of an offset: points nowhere.</summary>
    internal const uint None = 0xffff_ffff;
    private const int BinHeader = 32;
    private const int SizeField = 4;

    internal string Name => bins.Name;

    /// <summary>The place of a cell in the hive file, as failures and values state it.</summary>
    internal static long InFile(uint cell) => BaseBlock.BinsStart + (long)cell;

    /// <summary>
    /// The first <paramref name="most"/> bytes of what a cell holds, or all of it when it holds fewer; <paramref name="size"/> is
    /// what it holds.
    /// </summary>
    internal byte[] Read(uint cell, int most, out int size)
    {
        if (cell < BinHeader || cell % 8 != 0 || cell > bins.Length - 2 * SizeField)
        {
            throw Fault.At(Name, InFile(cell), FormattableString.Invariant($"a cell in {bins.Length} bytes of bins"), cell == None ? "a reference to nothing" : "a place that no cell can have");
        }

        // Size and contents in one read: most cells are small, and each read may be a request.
        var bytes = bins.ReadBytes(cell, (int)Math.Min((long)most + SizeField, bins.Length - cell));
        var stated = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var total = -(long)stated;
        if (total < 2 * SizeField || total > bins.Length - cell)
        {
            throw Fault.At(Name, InFile(cell), FormattableString.Invariant($"the size of a cell in use, at most {bins.Length - cell}"), stated >= 0 ? FormattableString.Invariant($"a free cell of {stated} bytes") : FormattableString.Invariant($"{total}"));
        }

        size = (int)(total - SizeField);
        return bytes[SizeField..Math.Min(bytes.Length, SizeField + size)];
    }

    /// <summary>Bytes within a cell; outside of what it holds is a fault.</summary>
    internal void ReadPart(uint cell, int size, long at, Span<byte> destination)
    {
        if (at > size - destination.Length)
        {
            throw Fault.At(Name, InFile(cell), FormattableString.Invariant($"{at + destination.Length} bytes in a cell"), FormattableString.Invariant($"{size}"));
        }

        bins.Read(cell + SizeField + at, destination);
    }

    internal DiskFaultException Wrong(uint cell, string expected, string found) => Fault.At(Name, InFile(cell), expected, found);
}
