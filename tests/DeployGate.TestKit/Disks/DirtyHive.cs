using System.Buffers.Binary;
using System.Numerics;

namespace DeployGate.TestKit.Disks;

/// <summary>A hive and its logs; a log is null when there is none.</summary>
public sealed record HiveFiles(byte[] Hive, byte[]? Log1, byte[]? Log2);

/// <summary>
/// A hive whose file is behind and whose logs hold the rest: from the state in the file and the states after it, the pages that
/// differ are logged.
/// </summary>
public sealed class DirtyHive
{
    private const int BaseSize = 512;
    private const int BinsStart = 4096;
    private readonly byte[] _before;
    private readonly List<(byte[] State, int Log)> _steps = [];
    private int _log;

    /// <summary>Starts from what the file holds.</summary>
    public DirtyHive(byte[] before) => _before = before;

    /// <summary>Breaks the checksum of the file's base block.</summary>
    public bool BreakChecksum { get; set; }

    /// <summary>The number of the first entry; null for the secondary number of the file.</summary>
    public uint? FirstSequence { get; set; }

    /// <summary>Logs a state after the last one.</summary>
    public DirtyHive Then(byte[] state)
    {
        _steps.Add((state, _log));
        return this;
    }

    /// <summary>Further states go to the other log.</summary>
    public DirtyHive SwitchLog()
    {
        _log = 1 - _log;
        return this;
    }

    /// <summary>The files with logs of entries (Windows 8.1 and later).</summary>
    public HiveFiles WithEntries()
    {
        var sequence = FirstSequence ?? Read32(_before, 8);
        var logs = new MemoryStream?[2];
        var last = _before;
        foreach (var (state, log) in _steps)
        {
            if (logs[log] is null)
            {
                logs[log] = new MemoryStream();
                logs[log]!.Write(LogBase(state, sequence, 6));
            }

            logs[log]!.Write(Entry(last, state, sequence++));
            last = state;
        }

        return new HiveFiles(Primary(), logs[0]?.ToArray(), logs[1]?.ToArray());
    }

    /// <summary>The files with one log of the old kind (Windows 8 and before), which holds the last state.</summary>
    public HiveFiles WithVector()
    {
        var state = _steps[^1].State;
        var bins = state.Length - BinsStart;
        using var log = new MemoryStream();
        log.Write(LogBase(state, Read32(_before, 8) + 1, 1));
        var vector = new byte[(4 + bins / 512 / 8 + 511) / 512 * 512];
        "DIRT"u8.CopyTo(vector);
        var pages = new MemoryStream();
        for (var at = 0; at < bins; at += 4096)
        {
            if (Differs(_before, state, BinsStart + at, 4096))
            {
                vector[4 + at / 4096] = 0xff;
                pages.Write(state, BinsStart + at, 4096);
            }
        }

        log.Write(vector);
        log.Write(pages.ToArray());
        return new HiveFiles(Primary(), log.ToArray(), null);
    }

    private byte[] Primary()
    {
        var primary = (byte[])_before.Clone();
        BinaryPrimitives.WriteUInt32LittleEndian(primary.AsSpan(4), Read32(_before, 8) + 1);
        HiveBase.Sign(primary);
        if (BreakChecksum)
        {
            primary[508] ^= 0x5a;
        }

        return primary;
    }

    private static byte[] LogBase(byte[] state, uint sequence, uint type)
    {
        var block = state[..BaseSize];
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(28), type);
        HiveBase.Sign(block);
        return block;
    }

    private static byte[] Entry(byte[] last, byte[] state, uint sequence)
    {
        var pages = new List<int>();
        for (var at = BinsStart; at < state.Length; at += 4096)
        {
            if (Differs(last, state, at, 4096))
            {
                pages.Add(at);
            }
        }

        var data = 40 + 8 * pages.Count;
        var entry = new byte[(data + 4096 * pages.Count + 511) / 512 * 512];
        "HvLE"u8.CopyTo(entry);
        uint[] header = [(uint)entry.Length, 0, sequence, (uint)(state.Length - BinsStart), (uint)pages.Count];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4 + 4 * i), header[i]);
        }

        for (var i = 0; i < pages.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(40 + 8 * i), (uint)(pages[i] - BinsStart));
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(44 + 8 * i), 4096);
            state.AsSpan(pages[i], 4096).CopyTo(entry.AsSpan(data + 4096 * i));
        }

        Sign(entry);
        return entry;
    }

    /// <summary>Writes both checksums of the entry that fills <paramref name="entry"/>.</summary>
    public static void Sign(Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(entry[24..], Marvin(entry[40..]));
        BinaryPrimitives.WriteUInt64LittleEndian(entry[32..], Marvin(entry[..32]));
    }

    // Written apart from the reader's, which takes bytes in parts: an error in one does not hide in the other.
    private static ulong Marvin(ReadOnlySpan<byte> bytes)
    {
        // One mark, zeros up to a whole word, and a word of zeros.
        var words = bytes.Length / 4 + 2;
        var padded = new byte[4 * words];
        bytes.CopyTo(padded);
        padded[bytes.Length] = 0x80;
        var (low, high) = (0x7a4e55c5u, 0x82ef4d88u);
        for (var i = 0; i < words; i++)
        {
            low = unchecked(low + BinaryPrimitives.ReadUInt32LittleEndian(padded.AsSpan(4 * i)));
            high ^= low;
            low = unchecked(BitOperations.RotateLeft(low, 20) + high);
            high = BitOperations.RotateLeft(high, 9) ^ low;
            low = unchecked(BitOperations.RotateLeft(low, 27) + high);
            high = BitOperations.RotateLeft(high, 19);
        }

        return (ulong)high << 32 | low;
    }

    private static bool Differs(byte[] last, byte[] state, int at, int count) =>
        at + count > last.Length || !last.AsSpan(at, count).SequenceEqual(state.AsSpan(at, count));

    private static uint Read32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
