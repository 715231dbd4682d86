using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace DeployGate.Disks.Registry;

/// <summary>The types of values that are read as something; others keep their bytes.</summary>
public enum RegistryValueType
{
    /// <summary>REG_NONE.</summary>
    None = 0,

    /// <summary>REG_SZ: text.</summary>
    Text = 1,

    /// <summary>REG_EXPAND_SZ: text with <c>%names%</c> that are left as they are.</summary>
    ExpandText = 2,

    /// <summary>REG_BINARY.</summary>
    Binary = 3,

    /// <summary>REG_DWORD: 32 bits, little-endian.</summary>
    Number32 = 4,

    /// <summary>REG_DWORD_BIG_ENDIAN.</summary>
    Number32BigEndian = 5,

    /// <summary>REG_LINK.</summary>
    Link = 6,

    /// <summary>REG_MULTI_SZ: several texts.</summary>
    Texts = 7,

    /// <summary>REG_QWORD: 64 bits, little-endian.</summary>
    Number64 = 11,
}

/// <summary>A value of the registry.</summary>
/// <param name="Name">Its name as written; empty for the default value.</param>
/// <param name="Type">Its type; a number outside the enumeration is kept.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Offset">Where it stands, in bytes from the start of the hive file (of the recovered one, when logs were applied).</param>
public sealed record RegistryValue(string Name, RegistryValueType Type, ReadOnlyMemory<byte> Data, long Offset)
{
    /// <summary>
    /// The text up to its terminator or, where it has none, to its end; null when the type is not a text. An odd last byte does
    /// not count.
    /// </summary>
    public string? AsText => Type is RegistryValueType.Text or RegistryValueType.ExpandText or RegistryValueType.Link ? Decode(Data.Span, out _) : null;

    /// <summary>The number; null when the type is not one or the bytes are too few.</summary>
    public ulong? AsNumber => (Type, Data.Length) switch
    {
        (RegistryValueType.Number32, >= 4) => BinaryPrimitives.ReadUInt32LittleEndian(Data.Span),
        (RegistryValueType.Number32BigEndian, >= 4) => BinaryPrimitives.ReadUInt32BigEndian(Data.Span),
        (RegistryValueType.Number64, >= 8) => BinaryPrimitives.ReadUInt64LittleEndian(Data.Span),
        _ => null,
    };

    /// <summary>The texts, up to the first empty one; null when the type is not REG_MULTI_SZ.</summary>
    public ImmutableArray<string>? AsTexts
    {
        get
        {
            if (Type != RegistryValueType.Texts)
            {
                return null;
            }

            var texts = ImmutableArray.CreateBuilder<string>();
            for (var left = Data.Span; Decode(left, out var used) is { Length: > 0 } text; left = left[used..])
            {
                texts.Add(text);
            }

            return texts.ToImmutable();
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, out int used)
    {
        var end = 0;
        while (end + 1 < bytes.Length && (bytes[end] | bytes[end + 1]) != 0)
        {
            end += 2;
        }

        used = Math.Min(end + 2, bytes.Length);
        return Encoding.Unicode.GetString(bytes[..end]);
    }
}
