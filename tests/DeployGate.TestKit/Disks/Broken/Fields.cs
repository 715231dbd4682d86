using System.Buffers.Binary;
using System.Collections.Immutable;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>A number in a structure of a file: where it stands, its bytes, and their order.</summary>
internal readonly record struct Field(int At, int Width, bool IsBig)
{
    internal ulong Read(ReadOnlySpan<byte> file)
    {
        ulong value = 0;
        for (var i = 0; i < Width; i++)
        {
            value = (value << 8) | file[At + (IsBig ? i : Width - 1 - i)];
        }

        return value;
    }

    internal void Write(Span<byte> file, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        for (var i = 0; i < Width; i++)
        {
            file[At + (IsBig ? Width - 1 - i : i)] = bytes[i];
        }
    }
}

/// <summary>Changes lengths, offsets, counts and kinds to values at which readers err.</summary>
internal static class Fields
{
    private const int MostChanged = 64;

    private static readonly ulong[] s_boundaries =
    [
        0, 1, 2, 3, 5, 6, 7, 127, 128, 255, 511, 512, 513, 4095, 4096, 4097, 65535, 65536, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20, 256 << 20, int.MaxValue, 1UL << 31,
        uint.MaxValue - 1, uint.MaxValue, 1UL << 32, 1UL << 40, 1UL << 46, (1UL << 46) + 1, 1UL << 55, long.MaxValue - 511, long.MaxValue, 1UL << 63, ulong.MaxValue - 511, ulong.MaxValue,
    ];

    /// <summary>Fields of the same kind, a stride apart.</summary>
    internal static IEnumerable<Field> Array(int at, int count, int stride, bool isBig, params (int At, int Width)[] fields) =>
        Enumerable.Range(0, count).SelectMany(index => At(at + (index * stride), isBig, fields));

    /// <summary>The fields of one structure.</summary>
    internal static IEnumerable<Field> At(int at, bool isBig, params (int At, int Width)[] fields) => fields.Select(field => new Field(at + field.At, field.Width, isBig));

    /// <summary>Undoes all changes: the checksums that are put right are fields as well.</summary>
    internal static void Restore(byte[] file, byte[] whole, ImmutableArray<Field> fields)
    {
        foreach (var field in fields)
        {
            var length = Math.Min(MostChanged, whole.Length - field.At);
            whole.AsSpan(field.At, length).CopyTo(file.AsSpan(field.At));
        }
    }

    /// <summary>Changes one place: mostly a field, sometimes a bit or some bytes in or behind one.</summary>
    internal static void Change(byte[] file, ImmutableArray<Field> fields, Random random)
    {
        var field = fields[random.Next(fields.Length)];
        var value = field.Read(file);
        switch (random.Next(8))
        {
            case 0:
                file[field.At + random.Next(field.Width)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                field.Write(file, unchecked(value + (ulong)random.Next(-2, 3)));
                break;
            case 2:
                field.Write(file, value << random.Next(1, 16));
                break;
            case 3:
                // What another field says is well formed, and wrong.
                field.Write(file, fields[random.Next(fields.Length)].Read(file));
                break;
            case 4:
                field.Write(file, unchecked((ulong)file.Length + (ulong)random.Next(-1024, 1025)) / (random.Next(2) == 0 ? 1u : 512u));
                break;
            case 5:
                file.AsSpan(field.At, Math.Min(random.Next(1, MostChanged), file.Length - field.At)).Clear();
                break;
            default:
                field.Write(file, s_boundaries[random.Next(s_boundaries.Length)]);
                break;
        }
    }
}
