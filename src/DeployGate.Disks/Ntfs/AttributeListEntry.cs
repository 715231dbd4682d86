using System.Buffers.Binary;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>One line of $ATTRIBUTE_LIST: which record holds an attribute, or a piece of it.</summary>
internal readonly record struct AttributeListEntry(AttributeType Type, string Name, long FirstCluster, ulong Record, ushort Id)
{
    private const int HeaderSize = 0x1a;

    internal static List<AttributeListEntry> ReadAll(ReadOnlySpan<byte> list, string place, long offset)
    {
        var entries = new List<AttributeListEntry>();
        for (var at = 0; at < list.Length;)
        {
            var entry = list[at..];
            var length = entry.Length < HeaderSize ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
            if (length < HeaderSize || length > entry.Length || entry[7] + 2 * entry[6] > length)
            {
                throw Fault.At(place, offset, "a list of attributes", FormattableString.Invariant($"an entry of {length} bytes at {at} of {list.Length}"));
            }

            entries.Add(new AttributeListEntry(
                (AttributeType)BinaryPrimitives.ReadUInt32LittleEndian(entry),
                Encoding.Unicode.GetString(entry.Slice(entry[6] == 0 ? 0 : entry[7], 2 * entry[6])),
                BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[24..])));
            at += length;
        }

        return entries;
    }
}
