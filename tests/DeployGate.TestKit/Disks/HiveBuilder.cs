using System.Text;

namespace DeployGate.TestKit.Disks;

/// <summary>How the subkeys of a key are listed.</summary>
public enum SubKeyListKind
{
    /// <summary>With a hash of each name (Windows XP and later).</summary>
    Hash,

    /// <summary>With the first four letters of each name.</summary>
    Fast,

    /// <summary>Places only.</summary>
    Plain,
}

/// <summary>
/// Writes a registry hive. Each key keeps the order in which it was added; lists are sorted as Windows sorts them.
/// </summary>
public sealed class HiveBuilder
{
    private readonly HiveKey _root = new("ROOT");

    /// <summary>How subkeys are listed.</summary>
    public SubKeyListKind Lists { get; set; } = SubKeyListKind.Hash;

    /// <summary>Lists longer than this are divided and joined by an index root (ri); 0 never divides.</summary>
    public int LargestList { get; set; } = 500;

    /// <summary>Writes names in UTF-16 also where one byte a letter would do.</summary>
    public bool Utf16Names { get; set; }

    /// <summary>Puts a wrong hash into the lists.</summary>
    public bool WrongHashes { get; set; }

    /// <summary>Both sequence numbers.</summary>
    public uint Sequence { get; set; } = 7;

    /// <summary>When it was last written, 100 nanoseconds since 1601.</summary>
    public long LastWritten { get; set; } = 133_000_000_000_000_000;

    /// <summary>Size of the bins in bytes that free cells between the keys fill up to; 0 for none.</summary>
    public long PadTo { get; set; }

    /// <summary>Adds a key and those above it.</summary>
    public HiveBuilder Key(string path)
    {
        Find(path);
        return this;
    }

    /// <summary>Adds or replaces a text (REG_SZ).</summary>
    public HiveBuilder Value(string keyPath, string name, string text) => Value(keyPath, name, 1, Encoding.Unicode.GetBytes(text + "\0"));

    /// <summary>Adds or replaces a number (REG_DWORD).</summary>
    public HiveBuilder Value(string keyPath, string name, uint number) => Value(keyPath, name, 4, BitConverter.GetBytes(number));

    /// <summary>Adds or replaces a value of any type (its number) and bytes.</summary>
    public HiveBuilder Value(string keyPath, string name, uint type, byte[] data)
    {
        var values = Find(keyPath).Values;
        values.RemoveAll(value => string.Equals(value.Name, name, StringComparison.OrdinalIgnoreCase));
        values.Add(new HiveValue(name, type, data));
        return this;
    }

    /// <summary>The hive's bytes.</summary>
    public byte[] Build()
    {
        var source = BuildSource();
        var bytes = new byte[source.Length];
        source.Read(0, bytes);
        return bytes;
    }

    /// <summary>The hive, of which free space costs nothing.</summary>
    public SparseByteSource BuildSource() => new HiveWriter(this, _root).Write();

    private HiveKey Find(string path)
    {
        var key = _root;
        foreach (var name in path.Split('\\', StringSplitOptions.RemoveEmptyEntries))
        {
            var child = key.SubKeys.Find(below => string.Equals(below.Name, name, StringComparison.OrdinalIgnoreCase));
            if (child is null)
            {
                child = new HiveKey(name);
                key.SubKeys.Add(child);
            }

            key = child;
        }

        return key;
    }
}

internal sealed record HiveValue(string Name, uint Type, byte[] Data);

internal sealed record HiveKey(string Name)
{
    internal List<HiveKey> SubKeys { get; } = [];

    internal List<HiveValue> Values { get; } = [];

    internal int Count => 1 + SubKeys.Sum(key => key.Count);
}
