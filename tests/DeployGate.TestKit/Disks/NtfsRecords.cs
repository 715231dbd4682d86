using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>Collects MFT records, and spreads over further ones what does not fit into one.</summary>
internal sealed class NtfsRecords(int recordSize, int clusterSize, int firstFree, Func<byte[], IReadOnlyList<NtfsRun>> store)
{
    private readonly Dictionary<long, byte[]> _records = [];
    private readonly Queue<long> _reserved = new(Enumerable.Range(12, 12).Select(number => (long)number));
    private int _next = firstFree;

    /// <summary>Number of records up to the last.</summary>
    internal int Count => _next;

    private int Room => recordSize - 0x30 - 2 * (recordSize / 512 + 1) - 16;

    internal static ushort SequenceOf(long number) => (ushort)(number is > 0 and < 16 ? number : 1);

    internal static ulong ReferenceOf(long number) => (ulong)number | (ulong)SequenceOf(number) << 48;

    internal byte[] Bytes(long number) => _records.TryGetValue(number, out var record) ? record : NtfsPieces.Record(recordSize, number, SequenceOf(number), 0, 0, []);

    internal void Add(long number, ushort flags, List<NtfsStream> streams, NtfsFileOptions options)
    {
        streams.Sort((left, right) => left.Type.CompareTo(right.Type));
        var attributes = streams.Select((stream, i) => NtfsPieces.Attribute(stream, (ushort)i, clusterSize)).ToList();
        if (!options.AttributeList && attributes.Sum(attribute => attribute.Length) <= Room)
        {
            Put(number, flags, 0, attributes);
            return;
        }

        var entries = new List<byte[]>();
        var own = new List<(uint Type, byte[] Bytes)>();
        for (var i = 0; i < streams.Count; i++)
        {
            if (streams[i].Value is not null)
            {
                own.Add((streams[i].Type, attributes[i]));
                entries.Add(Entry(streams[i], 0, number, (ushort)i));
                continue;
            }

            Divide(number, flags, streams[i], (ushort)i, own, entries);
        }

        byte[] list = [.. entries.SelectMany(entry => entry)];
        var isSmall = own.Sum(attribute => attribute.Bytes.Length) + list.Length + 32 <= Room && !options.NonResidentList;
        var stream = isSmall ? NtfsStream.Resident(0x20, list) : new NtfsStream(0x20, "", null, store(list), list.Length, list.Length, 0, 0);
        own.Add((0x20, NtfsPieces.Attribute(stream, 99, clusterSize)));
        Put(number, flags, 0, own.OrderBy(attribute => attribute.Type).Select(attribute => attribute.Bytes));
    }

    // The first piece of $MFT stands in its own record: there is no other way in.
    private void Divide(long number, ushort flags, NtfsStream stream, ushort id, List<(uint Type, byte[] Bytes)> own, List<byte[]> entries)
    {
        var first = 0L;
        var most = Math.Max(1, Math.Min((Room - 100) / 12, (stream.Runs.Count + 1) / 2));
        for (var i = 0; i < stream.Runs.Count;)
        {
            var isOwn = number == 0 && first == 0;
            var runs = stream.Runs.Skip(i).Take(isOwn ? 1 : most).ToList();
            var piece = NtfsPieces.Attribute(stream, isOwn ? id : (ushort)0, clusterSize, runs, first);
            var place = number;
            if (isOwn)
            {
                own.Add((stream.Type, piece));
            }
            else
            {
                place = number == 0 ? _reserved.Dequeue() : _next++;
                Put(place, (ushort)(flags & 1), ReferenceOf(number), [piece]);
            }

            entries.Add(Entry(stream, first, place, isOwn ? id : (ushort)0));
            i += runs.Count;
            first += runs.Sum(run => run.Count);
        }
    }

    private static byte[] Entry(NtfsStream stream, long first, long record, ushort id)
    {
        var entry = new byte[(0x1a + 2 * stream.Name.Length + 7) / 8 * 8];
        NtfsPieces.Set32(entry, 0, stream.Type);
        NtfsPieces.Set16(entry, 4, entry.Length);
        entry[6] = (byte)stream.Name.Length;
        entry[7] = 0x1a;
        NtfsPieces.Set64(entry, 8, first);
        NtfsPieces.Set64(entry, 16, (long)ReferenceOf(record));
        NtfsPieces.Set16(entry, 24, id);
        Encoding.Unicode.GetBytes(stream.Name).CopyTo(entry, 0x1a);
        return entry;
    }

    private void Put(long number, ushort flags, ulong baseReference, IEnumerable<byte[]> attributes) =>
        _records[number] = NtfsPieces.Record(recordSize, number, SequenceOf(number), flags, baseReference, attributes);
}

internal static class SourceBytes
{
    internal static byte[] ReadAll(this IByteSource source, long offset, int count)
    {
        var bytes = new byte[count];
        source.Read(offset, bytes);
        return bytes;
    }
}
