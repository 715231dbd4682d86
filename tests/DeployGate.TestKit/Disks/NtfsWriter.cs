using System.Numerics;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>Lays a volume out: files first, the tables that tell of them after, the boot sector and its copy last.</summary>
internal sealed class NtfsWriter
{
    private const int FirstUserRecord = 24;
    private const int UnitShift = 4;

    private readonly NtfsBuilder _options;
    private readonly SparseByteSource _volume;
    private readonly long _clusters;
    private readonly List<(long Start, long Count)> _used = [];
    private readonly NtfsRecords _records;
    private long _next;

    internal NtfsWriter(NtfsBuilder options, SparseByteSource volume)
    {
        _options = options;
        _volume = volume;
        _clusters = (volume.Length / options.SectorSize - 1) * options.SectorSize / options.ClusterSize;
        _records = new NtfsRecords(options.RecordSize, options.ClusterSize, FirstUserRecord + Nodes(options.Root).Count(), Store);
    }

    private int Cluster => _options.ClusterSize;

    internal SparseByteSource Write()
    {
        var boot = Allocate((8192 + Cluster - 1) / Cluster, 1);
        var number = FirstUserRecord;
        foreach (var node in Nodes(_options.Root))
        {
            node.Number = number++;
        }

        _options.Root.Number = 5;
        foreach (var node in Nodes(_options.Root))
        {
            WriteNode(node);
        }

        var system = new NtfsSystemFiles(_options, _records);
        system.Write(Stream(0x80, new MemoryByteSource("boot", new byte[8192]), boot), content => Stream(0x80, content, null));
        WriteDirectory(_options.Root, 5, NtfsSystemFiles.Names());
        WriteTables(system);
        return _volume;
    }

    private static IEnumerable<NtfsNode> Nodes(NtfsNode node) => node.Children.SelectMany(child => Nodes(child).Prepend(child));

    private void WriteNode(NtfsNode node)
    {
        if (node.Content is null)
        {
            WriteDirectory(node, node.Number, []);
            return;
        }

        var options = node.Options;
        var content = node.Content;
        var fits = content.Length <= _options.RecordSize / 3 && !options.NonResident && !options.AttributeList && !options.Compressed && !options.Sparse && options.Pieces == 1;
        var data = fits ? NtfsStream.Resident(0x80, ReadAll(content)) : options.Compressed ? Compress(content) : Spread(content, options);
        data = data with { Flags = (ushort)(data.Flags | (options.Encrypted ? 0x4000 : 0)), Initialized = options.Initialized ?? data.Initialized };
        List<NtfsStream> streams = [.. NtfsNames.Of(node), data];
        if (options.Reparse is { } point)
        {
            streams.Add(NtfsNames.Reparse(point.Tag, point.Data));
        }

        _records.Add(node.Number, 1, streams, options);
    }

    private void WriteDirectory(NtfsNode node, long number, IEnumerable<(string Name, ulong Reference, byte[] Key)> more)
    {
        var index = new NtfsIndexWriter(_options.IndexBlockSize, Cluster, _options.RecordSize / 2);
        var root = index.Write(more.Concat(node.Children.SelectMany(NtfsNames.Keys)));
        List<NtfsStream> streams = [.. number == 5 ? NtfsSystemFiles.RootNames() : NtfsNames.Of(node), NtfsStream.Resident(0x90, root, "$I30")];
        if (index.Blocks.Count > 0)
        {
            byte[] blocks = [.. index.Blocks.SelectMany(block => block)];
            streams.Add(Spread(new MemoryByteSource("index", blocks), node.Options) with { Type = 0xa0, Name = "$I30", Size = blocks.Length, Initialized = blocks.Length });
            var bits = new byte[(index.Blocks.Count + 63) / 64 * 8];
            for (var i = 0; i < index.Blocks.Count; i++)
            {
                bits[i / 8] |= (byte)(1 << i % 8);
            }

            streams.Add(bits.Length <= 64 ? NtfsStream.Resident(0xb0, bits, "$I30") : Stream(0xb0, new MemoryByteSource("bits", bits), null) with { Name = "$I30" });
        }

        if (node.Options.Reparse is { } point)
        {
            streams.Add(NtfsNames.Reparse(point.Tag, point.Data));
        }

        _records.Add(number, 3, streams, node.Options);
    }

    private void WriteTables(NtfsSystemFiles system)
    {
        // $MFT lies behind all else; its first piece holds the records that tell of the others.
        var count = (_records.Count + 63) / 64 * 64;
        var mftClusters = ((long)count * _options.RecordSize + Cluster - 1) / Cluster;
        var firstPiece = Math.Min(mftClusters, (64L * _options.RecordSize + Cluster - 1) / Cluster);
        List<NtfsRun> runs = [.. Allocate(firstPiece, 1), .. mftClusters > firstPiece ? Allocate(mftClusters - firstPiece, Math.Max(1, _options.MftPieces - 1)) : []];
        var mirrorClusters = (4 * _options.RecordSize + Cluster - 1) / Cluster;
        var mirror = Allocate(mirrorClusters, 1);
        var bitmapSize = (_clusters + 63) / 64 * 8;
        var bitmapRuns = Allocate((bitmapSize + Cluster - 1) / Cluster, 1);
        system.WriteLast(runs, mirror, bitmapRuns, bitmapSize, count);
        var bitmap = new byte[bitmapSize];
        foreach (var (start, number) in _used)
        {
            for (var bit = start; bit < start + number; bit++)
            {
                bitmap[bit / 8] |= (byte)(1 << (int)(bit % 8));
            }
        }

        Put(new MemoryByteSource("bitmap", bitmap), bitmapRuns);
        var table = new byte[(long)count * _options.RecordSize];
        for (var i = 0; i < count; i++)
        {
            _records.Bytes(i).CopyTo(table, i * _options.RecordSize);
        }

        Put(new MemoryByteSource("mft", table), runs);
        Put(new MemoryByteSource("mirror", table.AsMemory(0, 4 * _options.RecordSize)), mirror);
        var boot = Boot(runs[0].Target, mirror[0].Target);
        _volume.Write(0, boot);
        _volume.Write(_volume.Length / _options.SectorSize * _options.SectorSize - _options.SectorSize, boot);
    }

    private byte[] Boot(long mft, long mirror)
    {
        var boot = new byte[512];
        byte[] start = [0xeb, 0x52, 0x90, .. "NTFS    "u8];
        start.CopyTo(boot, 0);
        NtfsPieces.Set16(boot, 0x0b, _options.SectorSize);
        var sectors = Cluster / _options.SectorSize;
        boot[0x0d] = (byte)(sectors <= 0x80 ? sectors : 256 - BitOperations.Log2((uint)sectors));
        boot[0x15] = 0xf8;
        NtfsPieces.Set16(boot, 0x18, 63);
        NtfsPieces.Set16(boot, 0x1a, 255);
        boot[0x24] = boot[0x26] = 0x80;
        NtfsPieces.Set64(boot, 0x28, _volume.Length / _options.SectorSize - 1);
        NtfsPieces.Set64(boot, 0x30, mft);
        NtfsPieces.Set64(boot, 0x38, mirror);
        boot[0x40] = SizeByte(_options.RecordSize);
        boot[0x44] = SizeByte(_options.IndexBlockSize);
        NtfsPieces.Set64(boot, 0x48, (long)_options.Serial);
        NtfsPieces.Set16(boot, 510, 0xaa55);
        return boot;
    }

    private byte SizeByte(int size) => (byte)(size >= Cluster ? size / Cluster : 256 - BitOperations.Log2((uint)size));

    private NtfsStream Spread(IByteSource content, NtfsFileOptions options)
    {
        var clusters = (content.Length + Cluster - 1) / Cluster;
        if (!options.Sparse)
        {
            return Stream(0x80, content, Allocate(clusters, options.Pieces));
        }

        var runs = new List<NtfsRun>();
        var bytes = new byte[Cluster];
        for (var i = 0L; i < clusters; i++)
        {
            var here = bytes.AsSpan(0, (int)Math.Min(Cluster, content.Length - i * Cluster));
            content.Read(i * Cluster, here);
            runs.Add(here.ContainsAnyExcept((byte)0) ? Allocate(1, 1)[0] : new NtfsRun(-1, 1));
        }

        return Stream(0x80, content, runs) with { Flags = 0x8000 };
    }

    private NtfsStream Compress(IByteSource content)
    {
        var runs = new List<NtfsRun>();
        var unit = Cluster << UnitShift;
        for (var at = 0L; at < content.Length; at += unit)
        {
            var bytes = content.ReadAll(at, (int)Math.Min(unit, content.Length - at));
            var packed = Lznt1Packer.Pack(bytes);
            var needed = (packed.Length + Cluster - 1) / Cluster;
            var isEmpty = !bytes.AsSpan().ContainsAnyExcept((byte)0);
            var stored = isEmpty ? [] : needed < 1 << UnitShift ? packed : bytes;
            var clusters = isEmpty ? 0 : needed < 1 << UnitShift ? needed : 1 << UnitShift;
            if (clusters > 0)
            {
                var run = Allocate(clusters, 1);
                Put(new MemoryByteSource("unit", stored), run);
                runs.AddRange(run);
            }

            if (clusters < 1 << UnitShift)
            {
                runs.Add(new NtfsRun(-1, (1 << UnitShift) - clusters));
            }
        }

        return new NtfsStream(0x80, "", null, runs, content.Length, content.Length, 1, UnitShift);
    }

    private NtfsStream Stream(uint type, IByteSource content, IReadOnlyList<NtfsRun>? runs)
    {
        runs ??= Allocate((content.Length + Cluster - 1) / Cluster, 1);
        Put(content, runs);
        return new NtfsStream(type, "", null, runs, content.Length, content.Length, 0, 0);
    }

    private IReadOnlyList<NtfsRun> Store(byte[] content)
    {
        var runs = Allocate((content.Length + Cluster - 1) / Cluster, 1);
        Put(new MemoryByteSource("list", content), runs);
        return runs;
    }

    private List<NtfsRun> Allocate(long count, int pieces)
    {
        var runs = new List<NtfsRun>();
        for (var i = 0; i < pieces && count > 0; i++)
        {
            var here = Math.Max(1, count / (pieces - i));
            if (_next + here > _clusters)
            {
                throw new InvalidOperationException("The volume is full.");
            }

            runs.Add(new NtfsRun(_next, here));
            _used.Add((_next, here));
            _next += here + (pieces > 1 ? 1 : 0);
            count -= here;
        }

        // Out of order: a run list also steps back.
        for (var i = 1; i + 1 < runs.Count; i += 2)
        {
            (runs[i], runs[i + 1]) = (runs[i + 1], runs[i]);
        }

        return runs;
    }

    private void Put(IByteSource content, IReadOnlyList<NtfsRun> runs)
    {
        var at = 0L;
        foreach (var (target, count) in runs)
        {
            for (var done = 0L; done < count * Cluster && at < content.Length;)
            {
                var bytes = content.ReadAll(at, (int)Math.Min(Math.Min(1 << 20, count * Cluster - done), content.Length - at));
                if (target >= 0)
                {
                    _volume.Write(target * Cluster + done, bytes);
                }

                done += bytes.Length;
                at += bytes.Length;
            }
        }
    }

    private static byte[] ReadAll(IByteSource content) => content.ReadAll(0, (int)content.Length);
}
