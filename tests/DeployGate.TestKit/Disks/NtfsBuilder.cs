using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>How a file is stored.</summary>
public sealed record NtfsFileOptions
{
    /// <summary>The usual: in the record when it fits, else in one piece.</summary>
    public static readonly NtfsFileOptions Usual = new();

    /// <summary>Number of pieces its clusters lie in, out of order.</summary>
    public int Pieces { get; init; } = 1;

    /// <summary>Compressed in units of 16 clusters (LZNT1).</summary>
    public bool Compressed { get; init; }

    /// <summary>Clusters of zeros are not stored.</summary>
    public bool Sparse { get; init; }

    /// <summary>Marked as encrypted.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Never in the record.</summary>
    public bool NonResident { get; init; }

    /// <summary>Spread over further records, with an attribute list, also when that is not needed.</summary>
    public bool AttributeList { get; init; }

    /// <summary>Stores the attribute list in clusters of its own.</summary>
    public bool NonResidentList { get; init; }

    /// <summary>Bytes ever written; null for all. What is stored after them is not zeros.</summary>
    public long? Initialized { get; init; }

    /// <summary>The 8.3 name beside the long one.</summary>
    public string? DosName { get; init; }

    /// <summary>A reparse point: its tag and, after the header of 8 bytes, its data.</summary>
    public (uint Tag, byte[] Data)? Reparse { get; init; }
}

/// <summary>Writes a small but whole NTFS volume, which other readers read too.</summary>
public sealed class NtfsBuilder
{
    /// <summary>Bytes in a sector: 512 or 4096.</summary>
    public int SectorSize { get; set; } = 512;

    /// <summary>Bytes in a cluster.</summary>
    public int ClusterSize { get; set; } = 4096;

    /// <summary>Bytes in an MFT record.</summary>
    public int RecordSize { get; set; } = 1024;

    /// <summary>Bytes in an index block.</summary>
    public int IndexBlockSize { get; set; } = 4096;

    /// <summary>Number of pieces $MFT lies in; many need an attribute list.</summary>
    public int MftPieces { get; set; } = 1;

    /// <summary>The volume's label; empty for none.</summary>
    public string Label { get; set; } = "";

    /// <summary>The volume's serial number.</summary>
    public ulong Serial { get; set; } = 0x0123_4567_89ab_cdef;

    /// <summary>Sets the volume's dirty flag.</summary>
    public bool Dirty { get; set; }

    /// <summary>Leaves $LogFile open, as after a hard stop.</summary>
    public bool LogOpen { get; set; }

    internal NtfsNode Root { get; } = new("", null);

    /// <summary>Adds a directory and those above it; <c>/</c> or <c>\</c> separate.</summary>
    public NtfsBuilder Directory(string path, string? dosName = null)
    {
        var node = Find(path);
        node.Options = node.Options with { DosName = dosName ?? node.Options.DosName };
        return this;
    }

    /// <summary>Adds a file and the directories above it.</summary>
    public NtfsBuilder File(string path, byte[] content, NtfsFileOptions? options = null) => File(path, new MemoryByteSource(path, content), options);

    /// <summary>Adds a file and the directories above it.</summary>
    public NtfsBuilder File(string path, IByteSource content, NtfsFileOptions? options = null)
    {
        var node = Find(path);
        (node.Content, node.Options) = (content, options ?? NtfsFileOptions.Usual);
        return this;
    }

    /// <summary>Adds a hive and the directories above it.</summary>
    public NtfsBuilder Hive(string path, Action<HiveBuilder> fill, NtfsFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var hive = new HiveBuilder();
        fill(hive);
        return File(path, hive.BuildSource(), options);
    }

    /// <summary>Adds a symbolic link, or a junction, which is a directory.</summary>
    public NtfsBuilder Link(string path, string target, bool junction = false)
    {
        var name = System.Text.Encoding.Unicode.GetBytes(target);
        byte[] lengths = [.. Word(0), .. Word(name.Length), .. Word(name.Length), .. Word(0)];
        byte[] data = junction ? [.. lengths, .. name] : [.. lengths, 0, 0, 0, 0, .. name];
        var options = new NtfsFileOptions { Reparse = (junction ? 0xa000_0003 : 0xa000_000c, data) };
        if (!junction)
        {
            return File(path, [], options);
        }

        Find(path).Options = options;
        return this;
    }

    /// <summary>The volume in <paramref name="length"/> bytes.</summary>
    public SparseByteSource Build(long length) => new NtfsWriter(this, new SparseByteSource("volume", length)).Write();

    private static byte[] Word(int value) => BitConverter.GetBytes((ushort)value);

    private NtfsNode Find(string path)
    {
        var node = Root;
        foreach (var name in path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            node = node.Child(name);
        }

        return node;
    }
}

internal sealed class NtfsNode(string name, NtfsNode? parent)
{
    private readonly Dictionary<string, NtfsNode> _byName = new(StringComparer.OrdinalIgnoreCase);

    internal string Name => name;

    internal NtfsNode? Parent => parent;

    /// <summary>Null for a directory.</summary>
    internal IByteSource? Content { get; set; }

    internal NtfsFileOptions Options { get; set; } = NtfsFileOptions.Usual;

    internal IReadOnlyCollection<NtfsNode> Children => _byName.Values;

    internal long Number { get; set; }

    internal NtfsNode Child(string child)
    {
        if (!_byName.TryGetValue(child, out var node))
        {
            node = _byName[child] = new NtfsNode(child, this);
        }

        return node;
    }
}
