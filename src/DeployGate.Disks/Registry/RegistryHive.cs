using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Registry;

/// <summary>
/// A hive of the Windows registry, read on demand: of a hive of 60 MB a look at one value takes a few kilobytes. A hive that was
/// not written to its end is completed from its logs in memory, as Windows does when it loads it, or is not read at all.
/// </summary>
/// <seealso href="https://github.com/msuhanov/regf/blob/master/Windows%20registry%20file%20format%20specification.md"/>
public sealed class RegistryHive
{
    private const int MostNames = 1 << 16;

    private readonly CellReader _cells;
    private readonly BaseBlock _base;

    private RegistryHive(IByteSource bins, BaseBlock block, bool isRecovered, ImmutableArray<string> remarks)
    {
        _cells = new CellReader(bins);
        _base = block;
        IsRecovered = isRecovered;
        Remarks = remarks;
    }

    /// <summary>Whether logs were applied because the file was not written to its end.</summary>
    public bool IsRecovered { get; }

    /// <summary>What was odd and did not stop the reading: logs that were applied, and how far.</summary>
    public ImmutableArray<string> Remarks { get; }

    /// <summary>When it was written last; Windows 8.1 and later no longer keep that up to date. Null when what stands there is no time.</summary>
    public DateTimeOffset? LastWritten => FileTime.Read(_base.LastWritten);

    /// <summary>
    /// Opens a hive. Unreadable when it is none, and when it is dirty (sequence numbers that differ, a wrong checksum) and the logs
    /// do not complete it: what it says then may be out of date. The logs of a clean hive are not looked at.
    /// </summary>
    /// <param name="hive">The primary file, <c>SOFTWARE</c>.</param>
    /// <param name="log1"><c>SOFTWARE.LOG1</c>; null when there is none.</param>
    /// <param name="log2"><c>SOFTWARE.LOG2</c>; null when there is none.</param>
    public static Lookup<RegistryHive> Open(IByteSource hive, IByteSource? log1, IByteSource? log2) => Fault.Catch<RegistryHive>(() =>
    {
        ArgumentNullException.ThrowIfNull(hive);
        if (hive.Length < BaseBlock.BinsStart + BaseBlock.BinsStart)
        {
            throw Fault.At(hive.Name, 0, "a registry hive", FormattableString.Invariant($"{hive.Length} bytes"));
        }

        var block = BaseBlock.Read(hive.ReadBytes(0, BaseBlock.Size));
        var bins = new PageOverlay(hive) { Length = Math.Min(block.BinsSize, hive.Length - BaseBlock.BinsStart) };
        var remarks = ImmutableArray.CreateBuilder<string>();
        var isDirty = !block.IsSound || block.PrimarySequence != block.SecondarySequence;
        if (isDirty)
        {
            block = HiveRecovery.Run(hive, block, bins, [log1, log2], remarks);
        }
        else if (block.FileType != 0)
        {
            throw Fault.At(hive.Name, 28, "a primary hive file (type 0)", FormattableString.Invariant($"type {block.FileType}"));
        }

        return new Lookup<RegistryHive>.Found(new RegistryHive(bins, block, isDirty, remarks.ToImmutable()));
    });

    /// <summary>A key by its path from the root key, separated by <c>\</c>; the empty path is the root key. Case does not matter.</summary>
    public Lookup<RegistryKey> Key(string path) => Fault.Catch<RegistryKey>(() => Find(path) is { } node
        ? new Lookup<RegistryKey>.Found(new RegistryKey(node.Name, FileTime.Read(node.LastWritten), node.SubKeys, node.Values, CellReader.InFile(node.Cell)))
        : new Lookup<RegistryKey>.Absent(PlaceOf(path)));

    /// <summary>A value by the path of its key and its name; the empty name is the default value. Absent also when there is no such key.</summary>
    public Lookup<RegistryValue> Value(string keyPath, string name) => Fault.Catch<RegistryValue>(() =>
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(keyPath) is { } node && new ValueReader(_cells).Find(node, name) is { } value
            ? new Lookup<RegistryValue>.Found(value)
            : new Lookup<RegistryValue>.Absent(PlaceOf(keyPath));
    });

    /// <summary>The names of the keys below a key, in the order of its list.</summary>
    public Lookup<ImmutableArray<string>> SubKeys(string path) => Fault.Catch<ImmutableArray<string>>(() =>
    {
        if (Find(path) is not { } node)
        {
            return new Lookup<ImmutableArray<string>>.Absent(PlaceOf(path));
        }

        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (cell, _) in SubKeyCells(node))
        {
            if (names.Count == MostNames)
            {
                throw _cells.Wrong(node.Cell, FormattableString.Invariant($"at most {MostNames} subkeys"), "more");
            }

            names.Add(KeyNode.Read(_cells, cell).Name);
        }

        CheckCount(node, names.Count);
        return new Lookup<ImmutableArray<string>>.Found(names.ToImmutable());
    });

    private string PlaceOf(string path) => _cells.Name + @"\" + path;

    private KeyNode? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var node = KeyNode.Read(_cells, _base.RootCell);
        foreach (var name in path.Split('\\', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Child(node, name) is not { } child)
            {
                return null;
            }

            node = child;
        }

        return node;
    }

    private KeyNode? Child(KeyNode parent, string name)
    {
        var hash = SubKeyList.HashOf(name);
        var others = new List<uint>();
        var count = 0L;
        foreach (var (cell, hint) in SubKeyCells(parent))
        {
            count++;
            // The hash only says where to look first: a wrong one must not hide a key.
            if (hint is { } other && other != hash)
            {
                others.Add(cell);
            }
            else if (KeyNode.Read(_cells, cell) is var node && string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return node;
            }
        }

        foreach (var cell in others)
        {
            if (KeyNode.Read(_cells, cell) is var node && string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return node;
            }
        }

        CheckCount(parent, count);
        return null;
    }

    // A list that is shorter than the key says may have lost the very name that is looked for.
    private void CheckCount(KeyNode parent, long count)
    {
        if (count != parent.SubKeys)
        {
            throw _cells.Wrong(parent.Cell, FormattableString.Invariant($"a list of {parent.SubKeys} subkeys"), FormattableString.Invariant($"{count}"));
        }
    }

    private IEnumerable<(uint Cell, uint? Hash)> SubKeyCells(KeyNode parent) =>
        parent.SubKeys == 0 ? [] : new SubKeyList(_cells).Read(parent.SubKeyList);
}
