using System.Buffers.Binary;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>How names compare on a volume: each UTF-16 unit through the volume's own table $UpCase.</summary>
/// <param name="table">The records, for $UpCase.</param>
internal sealed class Collation(MasterFileTable table)
{
    private const int Letters = 65536;
    private const long UpCaseRecord = 10;
    private ushort[]? _upper;

    /// <summary>Below zero when <paramref name="wanted"/> stands before <paramref name="name"/>.</summary>
    internal int Compare(string wanted, ReadOnlySpan<byte> name)
    {
        // The table costs 128 KiB, and Windows' own paths are ASCII. For these the rules of .NET say the same.
        var upper = System.Text.Ascii.IsValid(wanted) ? null : _upper ??= Load();
        for (var i = 0; i < wanted.Length && 2 * i + 1 < name.Length; i++)
        {
            var (left, right) = (wanted[i], (char)BinaryPrimitives.ReadUInt16LittleEndian(name[(2 * i)..]));
            var order = upper is null ? char.ToUpperInvariant(left) - char.ToUpperInvariant(right) : upper[left] - upper[right];
            if (order != 0)
            {
                return order;
            }
        }

        return wanted.Length - name.Length / 2;
    }

    private ushort[] Load()
    {
        var upper = new ushort[Letters];
        var read = Fault.Catch<byte[]>(() => new Lookup<byte[]>.Found(
            table.Find(table.Record(UpCaseRecord), AttributeType.Data)?.ReadAll("NTFS: $UpCase", table.Volume, table.ClusterSize, 2 * Letters) ?? []));
        if (read is Lookup<byte[]>.Found { Value: { Length: 2 * Letters } bytes })
        {
            for (var i = 0; i < Letters; i++)
            {
                upper[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i));
            }

            return upper;
        }

        // A torn table must not make a file disappear: the names are compared all the same, and a directory is read as a whole
        // before something is said to be absent.
        for (var i = 0; i < Letters; i++)
        {
            upper[i] = char.ToUpperInvariant((char)i);
        }

        return upper;
    }
}
