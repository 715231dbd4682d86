using System.Buffers.Binary;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>
/// Writes a small ext4: one group, blocks of 1 KiB, 256 inodes, directories of one block. Bitmaps and counters are left empty: no
/// reader needs them. <c>debugfs</c> reads the result.
/// </summary>
public sealed class ExtBuilder
{
    private const int BlockSize = 1024;
    private const int Blocks = 2048;
    private const int Inodes = 256;
    private const int InodeSize = 256;
    private const int TableBlock = 5;
    private const int FirstData = TableBlock + (Inodes * InodeSize / BlockSize);
    private const ushort FileMode = 0x81A4;
    private const ushort DirectoryMode = 0x41ED;
    private const ushort LinkMode = 0xA1FF;

    private readonly byte[] _bytes = new byte[Blocks * BlockSize];
    private readonly SortedDictionary<string, (ushort Mode, byte[] Contents)> _entries = new(StringComparer.Ordinal) { [""] = (DirectoryMode, []) };
    private string _label = "";
    private Guid _uuid;
    private bool _extents = true;
    private bool _checksums;
    private ushort _state = 1;
    private uint _incompatible = 0x2;
    private int _nextBlock = FirstData;

    /// <summary>A file with a text.</summary>
    public ExtBuilder File(string path, string text) => Add(path, FileMode, Encoding.UTF8.GetBytes(text));

    /// <summary>A directory, where no file needs it already.</summary>
    public ExtBuilder Directory(string path) => Add(path, DirectoryMode, []);

    /// <summary>A symbolic link.</summary>
    public ExtBuilder Link(string path, string target) => Add(path, LinkMode, Encoding.UTF8.GetBytes(target));

    /// <summary>The name and identity that fstab goes by.</summary>
    public ExtBuilder Known(string label, Guid uuid)
    {
        (_label, _uuid) = (label, uuid);
        return this;
    }

    /// <summary>Lists of blocks instead of extents.</summary>
    public ExtBuilder BlockMap()
    {
        _extents = false;
        return this;
    }

    /// <summary>Checksums over all metadata.</summary>
    public ExtBuilder Checksums()
    {
        _checksums = true;
        return this;
    }

    /// <summary>As if the machine had been stopped while it wrote.</summary>
    public ExtBuilder Unsettled()
    {
        _incompatible |= 0x4;
        return this;
    }

    /// <summary>An incompatible feature more.</summary>
    public ExtBuilder Feature(uint bit)
    {
        _incompatible |= bit;
        return this;
    }

    /// <summary>The state of the superblock: 1 is clean, 2 has errors.</summary>
    public ExtBuilder State(ushort state)
    {
        _state = state;
        return this;
    }

    /// <summary>The volume.</summary>
    public MemoryByteSource Build()
    {
        Superblock();
        Write32(2 * BlockSize + 0, 3);
        Write32(2 * BlockSize + 4, 4);
        Write32(2 * BlockSize + 8, TableBlock);
        if (_checksums)
            Write16(2 * BlockSize + 0x1E, (ushort)Castagnoli.Append(Castagnoli.Append(Seed, 0u), _bytes.AsSpan(2 * BlockSize, 32)));

        var numbers = _entries.Keys.Select((path, index) => (path, Number: index == 0 ? 2u : (uint)(index + 11))).ToDictionary(item => item.path, item => item.Number);
        foreach (var (path, entry) in _entries)
            Inode(numbers[path], entry.Mode, entry.Mode == DirectoryMode ? Listing(path, numbers) : entry.Contents);

        return new MemoryByteSource("ext", _bytes);
    }

    private uint Seed => Castagnoli.Append(uint.MaxValue, _uuid.ToByteArray(bigEndian: true));

    private ExtBuilder Add(string path, ushort mode, byte[] contents)
    {
        path = path.Trim('/');
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            _entries.TryAdd(path[..slash], (DirectoryMode, []));

        _entries[path] = (mode, contents);
        return this;
    }

    private void Superblock()
    {
        const int At = 1024;
        Write32(At, Inodes);
        Write32(At + 0x04, Blocks);
        Write32(At + 0x14, 1);
        Write32(At + 0x20, 8192);
        Write32(At + 0x24, 8192);
        Write32(At + 0x28, Inodes);
        Write16(At + 0x38, 0xEF53);
        Write16(At + 0x3A, _state);
        Write32(At + 0x4C, 1);
        Write32(At + 0x54, 11);
        Write16(At + 0x58, InodeSize);
        Write32(At + 0x60, _incompatible | (_extents ? 0x40u : 0));
        Write32(At + 0x64, _checksums ? 0x400u : 0);
        _uuid.ToByteArray(bigEndian: true).CopyTo(_bytes, At + 0x68);
        Encoding.UTF8.GetBytes(_label).CopyTo(_bytes, At + 0x78);
        if (!_checksums)
            return;

        _bytes[At + 0x175] = 1;
        Write32(At + 0x3FC, Castagnoli.Append(uint.MaxValue, _bytes.AsSpan(At, 0x3FC)));
    }

    private byte[] Listing(string directory, Dictionary<string, uint> numbers)
    {
        var block = new byte[BlockSize];
        var end = BlockSize - (_checksums ? 12 : 0);
        var prefix = directory.Length == 0 ? "" : directory + "/";
        var children = numbers.Where(item => item.Key.Length > prefix.Length && item.Key.StartsWith(prefix, StringComparison.Ordinal) && !item.Key[prefix.Length..].Contains('/', StringComparison.Ordinal));
        List<(byte[] Name, uint Number)> entries = [([.. "."u8], numbers[directory]), ([.. ".."u8], 2), .. children.Select(item => (Encoding.UTF8.GetBytes(item.Key[prefix.Length..]), item.Value))];
        var at = 0;
        foreach (var (name, number) in entries)
        {
            var length = (8 + name.Length + 3) & ~3;
            var isLast = number == entries[^1].Number;
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(at), number);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(at + 4), (ushort)(isLast ? end - at : length));
            block[at + 6] = (byte)name.Length;
            name.CopyTo(block, at + 8);
            at += length;
        }

        if (!_checksums)
            return block;

        block[end + 4] = 12;
        block[end + 7] = 0xDE;
        var seed = Castagnoli.Append(Castagnoli.Append(Seed, numbers[directory]), 0u);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(end + 8), Castagnoli.Append(seed, block.AsSpan(0, end)));
        return block;
    }

    private void Inode(uint number, ushort mode, byte[] contents)
    {
        var at = (TableBlock * BlockSize) + ((int)(number - 1) * InodeSize);
        Write16(at, mode);
        Write32(at + 0x04, (uint)contents.Length);
        Write16(at + 0x1A, 1);
        Write16(at + 0x80, 32);
        if (mode == LinkMode && contents.Length < 60)
            contents.CopyTo(_bytes, at + 0x28);
        else
            Map(at, contents);

        if (!_checksums)
            return;

        var crc = Castagnoli.Append(Castagnoli.Append(Castagnoli.Append(Seed, number), 0u), _bytes.AsSpan(at, InodeSize));
        Write16(at + 0x7C, (ushort)crc);
        Write16(at + 0x82, (ushort)(crc >> 16));
    }

    private void Map(int at, byte[] contents)
    {
        var count = (contents.Length + BlockSize - 1) / BlockSize;
        contents.CopyTo(_bytes, _nextBlock * BlockSize);
        Write32(at + 0x1C, (uint)count * 2);
        if (_extents)
        {
            Write32(at + 0x20, 0x80000);
            Write16(at + 0x28, 0xF30A);
            Write16(at + 0x2A, (ushort)(count > 0 ? 1 : 0));
            Write16(at + 0x2C, 4);
            Write16(at + 0x34 + 4, (ushort)count);
            Write32(at + 0x34 + 8, (uint)_nextBlock);
        }
        else
        {
            for (var i = 0; i < Math.Min(count, 12); i++)
                Write32(at + 0x28 + (i * 4), (uint)(_nextBlock + i));
        }

        _nextBlock += count;
    }

    private void Write16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(at), value);

    private void Write32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);
}
