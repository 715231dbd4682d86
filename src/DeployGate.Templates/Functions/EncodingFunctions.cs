using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Base64 and data URIs, and the hashes that name things: <c>uniqueString</c> and <c>guid</c>.</summary>
internal static class EncodingFunctions
{
    private const string DataPrefix = "data:text/plain;charset=utf-8;base64,";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int UniqueLength = 13;

    // The namespace under which Azure Resource Manager derives its version 5 GUIDs.
    private static readonly Guid s_namespace = new("11fb06fb-712d-4ddd-98c7-e71bbd588830");

    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Strict("base64", 1, 1, ValueShape.Text, a => a.Text(0, out var text) ? new StringValue(ToBase64(text)) : a.Problem),
        Strict("base64ToString", 1, 1, ValueShape.Text, a => FromBase64(a, text => new StringValue(text))),
        Strict("base64ToJson", 1, 1, ValueShape.Any, a => FromBase64(a, text => ConversionFunctions.FromJson(a, text))),
        Strict("dataUri", 1, 1, ValueShape.Text, a => a.Text(0, out var text) ? new StringValue(DataPrefix + ToBase64(text)) : a.Problem),
        Strict("dataUriToString", 1, 1, ValueShape.Text, DataUriToString),
        Strict("uniqueString", 1, Any, ValueShape.IdSegment, a => Joined(a) is { } text ? new StringValue(UniqueString(text)) : a.Problem),
        Strict("guid", 1, Any, ValueShape.IdSegment, a => Joined(a) is { } text ? new StringValue(NameGuid(text)) : a.Problem),
    ];

    private static string ToBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static Value FromBase64(FunctionArguments a, Func<string, Value> use)
    {
        if (!a.Text(0, out var text))
        {
            return a.Problem;
        }

        return Decode(text) is { } bytes
            ? use(Encoding.UTF8.GetString(bytes))
            : a.Fail($"the argument of {a.Name} is not base64");
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[(text.Length * 3L / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    // data:[type][;charset=name][;base64],content
    private static Value DataUriToString(FunctionArguments a)
    {
        if (!a.Text(0, out var uri))
        {
            return a.Problem;
        }

        var comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return a.Fail($"the argument of {a.Name} is not a data URI");
        }

        var (isBase64, encoding) = (false, Encoding.UTF8);
        foreach (var option in uri["data:".Length..comma].Split(';').Skip(1))
        {
            if (option.Trim().Equals("base64", StringComparison.OrdinalIgnoreCase))
            {
                isBase64 = true;
            }
            else if (option.Trim().StartsWith("charset=", StringComparison.OrdinalIgnoreCase)
                && !TryEncoding(option.Trim()["charset=".Length..], out encoding))
            {
                return a.Fail($"{a.Name} does not know the character set of the data URI");
            }
        }

        var content = uri[(comma + 1)..];
        return !isBase64 ? new StringValue(Uri.UnescapeDataString(content))
            : Decode(content) is { } bytes ? new StringValue(encoding.GetString(bytes))
            : a.Fail($"the content of the data URI given to {a.Name} is not base64");
    }

    private static bool TryEncoding(string name, out Encoding encoding)
    {
        Encoding? found = name.ToUpperInvariant() switch
        {
            // "utf8" is no registered name, but older documentation writes it.
            "UTF-8" or "UTF8" => Encoding.UTF8,
            "US-ASCII" => Encoding.ASCII,
            "ISO-8859-1" => Encoding.Latin1,
            "UTF-16" or "UTF-16LE" => Encoding.Unicode,
            "UTF-16BE" => Encoding.BigEndianUnicode,
            _ => null,
        };
        encoding = found ?? Encoding.UTF8;
        return found is not null;
    }

    private static string? Joined(FunctionArguments a)
    {
        var text = new TextBuilder();
        for (var i = 0; i < a.Count; i++)
        {
            if (!a.Text(i, out var part))
            {
                return null;
            }

            text.Add('-', i == 0 ? 0 : 1);
            text.Add(part);
        }

        return (text.ToValue(a) as StringValue)?.Text;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Version 5 GUIDs are SHA-1 by definition; nothing is protected by it.")]
    private static string NameGuid(string name)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        _ = s_namespace.TryWriteBytes(input, bigEndian: true, out _);
        _ = Encoding.UTF8.GetBytes(name, input.AsSpan(16));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        _ = SHA1.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D");
    }

    // A 64-bit hash of the MurmurHash3 family, written in base 32 without its last bits.
    private static string UniqueString(string text)
    {
        var value = Hash64(Encoding.UTF8.GetBytes(text));
        return string.Create(UniqueLength, value, static (characters, rest) =>
        {
            foreach (ref var character in characters)
            {
                character = Alphabet[(int)(rest >> 59)];
                rest <<= 5;
            }
        });
    }

    private static ulong Hash64(ReadOnlySpan<byte> data)
    {
        const uint C1 = 597399067;
        const uint C2 = 2869860233;
        var (h1, h2) = (0u, 0u);
        var rest = data;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            h1 ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(rest) * C1, 15) * C2;
            h1 = ((BitOperations.RotateLeft(h1, 19) + h2) * 5) + 1444728091;
            h2 ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) * C2, 17) * C1;
            h2 = ((BitOperations.RotateLeft(h2, 13) + h1) * 5) + 197830471;
        }

        if (!rest.IsEmpty)
        {
            h1 ^= BitOperations.RotateLeft(LittleEndian(rest[..Math.Min(4, rest.Length)]) * C1, 15) * C2;
            h2 ^= rest.Length > 4 ? BitOperations.RotateLeft(LittleEndian(rest[4..]) * C2, 17) * C1 : 0;
        }

        h1 ^= (uint)data.Length;
        h2 ^= (uint)data.Length;
        h1 += h2;
        h2 += h1;
        (h1, h2) = (Mix(h1), Mix(h2));
        h1 += h2;
        h2 += h1;
        return ((ulong)h2 << 32) | h1;
    }

    private static uint LittleEndian(ReadOnlySpan<byte> tail)
    {
        var value = 0u;
        for (var i = tail.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | tail[i];
        }

        return value;
    }

    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 2246822507;
        hash = (hash ^ (hash >> 13)) * 3266489909;
        return hash ^ (hash >> 16);
    }
}
