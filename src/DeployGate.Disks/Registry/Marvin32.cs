using System.Buffers.Binary;
using System.Numerics;

namespace DeployGate.Disks.Registry;

/// <summary>The keyed checksum of log entries; the key is the same for every hive. Bytes are added in any number of parts.</summary>
internal struct Marvin32
{
    private const ulong Key = 0x82ef_4d88_7a4e_55c5;
    private uint _low;
    private uint _high;
    private uint _rest;
    private int _restCount;

    public Marvin32()
    {
        _low = unchecked((uint)Key);
        _high = (uint)(Key >> 32);
    }

    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = new Marvin32();
        hash.Add(bytes);
        return hash.Finish();
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        while (_restCount != 0 && !bytes.IsEmpty)
        {
            AddByte(bytes[0]);
            bytes = bytes[1..];
        }

        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            Mix(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            AddByte(value);
        }
    }

    internal ulong Finish()
    {
        AddByte(0x80);
        if (_restCount != 0)
        {
            Mix(_rest);
        }

        Mix(0);
        return _low | (ulong)_high << 32;
    }

    private void AddByte(byte value)
    {
        _rest |= (uint)value << 8 * _restCount;
        if (++_restCount == 4)
        {
            var word = _rest;
            _rest = 0;
            _restCount = 0;
            Mix(word);
        }
    }

    private void Mix(uint word)
    {
        unchecked
        {
            _low += word;
            _high ^= _low;
            _low = BitOperations.RotateLeft(_low, 20) + _high;
            _high = BitOperations.RotateLeft(_high, 9) ^ _low;
            _low = BitOperations.RotateLeft(_low, 27) + _high;
            _high = BitOperations.RotateLeft(_high, 19);
        }
    }
}
