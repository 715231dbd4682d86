using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>$MFT: finds records by number, and the attributes of a file wherever their pieces stand.</summary>
internal sealed class MasterFileTable
{
    private const int CachedRecords = 16;

    // Windows stops at 256 KiB.
    private const int LongestList = 512 << 10;

    private readonly IByteSource _volume;
    private readonly BootSector _boot;
    private readonly RunMap _runs;
    private readonly FileRecord?[] _cache = new FileRecord?[CachedRecords];
    private IByteSource _table;
    private int _nextInCache;

    private MasterFileTable(IByteSource volume, BootSector boot)
    {
        _volume = volume;
        _boot = boot;
        Clusters = boot.Sectors / (boot.ClusterSize / boot.SectorSize);
        _runs = new RunMap(Clusters);
        _table = Table(0, 0);
    }

    internal int ClusterSize => _boot.ClusterSize;

    internal IByteSource Volume => _volume;

    /// <summary>Number of clusters on the volume.</summary>
    internal long Clusters { get; }

    internal static MasterFileTable Open(IByteSource volume, BootSector boot, ImmutableArray<string>.Builder remarks)
    {
        var table = new MasterFileTable(volume, boot);
        var self = table.ReadFirst(remarks);
        var data = Pick(self.Attributes, AttributeType.Data, "", 0)?.Piece
            ?? throw Fault.At(self.Place, self.Offset, "a run list of $MFT", "none");
        table._table = table.Table(data.Size, data.Initialized);
        // The pieces of $MFT are found through the pieces before them: the map grows while it is used.
        table.Collect(self, AttributeType.Data, "", table._runs);
        return table;
    }

    /// <summary>The record of that number, whether in use or not.</summary>
    internal FileRecord Record(long number)
    {
        foreach (var cached in _cache)
        {
            if (cached?.Number == number)
            {
                return cached;
            }
        }

        if (number > _table.Length / _boot.RecordSize - 1)
        {
            throw Fault.At(FileRecord.PlaceOf(number), null, FormattableString.Invariant($"a record of {_table.Length / _boot.RecordSize}"), "a number beyond");
        }

        var position = number * _boot.RecordSize;
        var bytes = _table.ReadBytes(position, _boot.RecordSize);
        var (target, _) = _runs.At(position / ClusterSize, _table.Name, ClusterSize);
        var record = FileRecord.Parse(bytes, number, Math.Max(target, 0) * ClusterSize + position % ClusterSize);
        _cache[_nextInCache++ % CachedRecords] = record;
        return record;
    }

    /// <summary>The record that a reference means: in use, of the same life, and not the continuation of another.</summary>
    internal FileRecord Record(ulong reference)
    {
        var record = Record(FileRecord.NumberOf(reference));
        if (!record.InUse || record.Sequence != FileRecord.SequenceOf(reference))
        {
            throw Fault.At(record.Place, record.Offset, FormattableString.Invariant($"a record in use with sequence {FileRecord.SequenceOf(reference)}"), record.Standing);
        }

        if (record.BaseReference != 0)
        {
            throw Fault.At(record.Place, record.Offset + 0x20, "the first record of a file", FormattableString.Invariant($"a continuation of record {FileRecord.NumberOf(record.BaseReference)}"));
        }

        return record;
    }

    /// <summary>A whole attribute of a file; null when it has none of that type and name.</summary>
    internal AttributeData? Find(FileRecord file, AttributeType type, string name = "") => Collect(file, type, name, new RunMap(Clusters));

    /// <summary>The attribute that tells the sizes, without the pieces after it.</summary>
    internal NtfsAttribute? FindFirst(FileRecord file, AttributeType type, string name = "")
    {
        if (Pick(file.Attributes, type, name, 0) is { } own)
        {
            return own;
        }

        foreach (var entry in List(file))
        {
            if (entry.Type == type && entry.FirstCluster == 0 && IsName(entry.Name, name))
            {
                return Piece(file, entry);
            }
        }

        return null;
    }

    private IByteSource Table(long size, long initialized) => new RunSource(FileRecord.PlaceOf(0), _volume, _runs, ClusterSize, size, initialized);

    private AttributeData? Collect(FileRecord file, AttributeType type, string name, RunMap runs)
    {
        NtfsAttribute? first = null;
        foreach (var attribute in Pieces(file, type, name))
        {
            first ??= attribute;
            if (attribute.Piece is not { } piece)
            {
                return new AttributeData(attribute, null);
            }

            runs.Append(piece, file.Place, attribute.Offset);
        }

        return first is null ? null : new AttributeData(first, runs);
    }

    private IEnumerable<NtfsAttribute> Pieces(FileRecord file, AttributeType type, string name)
    {
        var list = List(file);
        if (list.Count == 0)
        {
            if (Pick(file.Attributes, type, name, 0) is { } only)
            {
                yield return only;
            }

            yield break;
        }

        foreach (var entry in list)
        {
            if (entry.Type == type && IsName(entry.Name, name))
            {
                yield return Piece(file, entry);
            }
        }
    }

    private List<AttributeListEntry> List(FileRecord file)
    {
        foreach (var attribute in file.Attributes)
        {
            if (attribute.Type != AttributeType.AttributeList)
            {
                continue;
            }

            var runs = attribute.Piece is null ? null : new RunMap(Clusters);
            runs?.Append(attribute.Piece!, file.Place, attribute.Offset);
            var bytes = new AttributeData(attribute, runs).ReadAll(file.Place, _volume, ClusterSize, LongestList);
            return AttributeListEntry.ReadAll(bytes, file.Place, attribute.Offset);
        }

        return [];
    }

    private NtfsAttribute Piece(FileRecord file, AttributeListEntry entry)
    {
        var number = FileRecord.NumberOf(entry.Record);
        var record = number == file.Number ? file : Record(number);
        // A list may name itself or records of other files; only what says that it belongs here counts.
        if (record != file && (!record.InUse || record.Sequence != FileRecord.SequenceOf(entry.Record) || record.BaseReference != file.Reference))
        {
            throw Fault.At(
                record.Place, record.Offset, FormattableString.Invariant($"a continuation of record {file.Number}"),
                FormattableString.Invariant($"{record.Standing}, base {FileRecord.NumberOf(record.BaseReference)}"));
        }

        return Pick(record.Attributes, entry.Type, entry.Name, entry.FirstCluster)
            ?? throw Fault.At(record.Place, record.Offset, FormattableString.Invariant($"attribute {(uint)entry.Type:x} from cluster {entry.FirstCluster}, as the list of record {file.Number} says"), "none");
    }

    private static NtfsAttribute? Pick(IReadOnlyList<NtfsAttribute> attributes, AttributeType type, string name, long firstCluster)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Type == type && (attribute.Piece?.First ?? 0) == firstCluster && IsName(attribute.Name, name))
            {
                return attribute;
            }
        }

        return null;
    }

    private static bool IsName(string found, string wanted) => string.Equals(found, wanted, StringComparison.OrdinalIgnoreCase);

    private FileRecord ReadFirst(ImmutableArray<string>.Builder remarks)
    {
        var offset = _boot.MftCluster * ClusterSize;
        var bytes = _volume.ReadBytes(offset, _boot.RecordSize);
        try
        {
            return FileRecord.Parse(bytes, 0, offset);
        }
        catch (DiskFaultException first) when (_boot.MirrorCluster > 0 && _boot.MirrorCluster < Clusters)
        {
            // The mirror is there for this: the first record is the one without which nothing else is found.
            var mirror = _boot.MirrorCluster * ClusterSize;
            if (mirror > _volume.Length - _boot.RecordSize || !FileRecord.HasSignature(bytes = _volume.ReadBytes(mirror, _boot.RecordSize)))
            {
                throw;
            }

            remarks.Add("the first MFT record was taken from $MFTMirr: " + first.Failure.Message);
            return FileRecord.Parse(bytes, 0, mirror);
        }
    }
}
