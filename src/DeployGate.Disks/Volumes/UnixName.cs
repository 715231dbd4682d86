using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>Names as Linux file systems keep them: bytes, by custom in UTF-8.</summary>
internal static class UnixName
{
    /// <summary>Most entries of a directory that are listed; looking one up has no such limit.</summary>
    internal const int MostEntries = 1 << 18;

    /// <summary>Most bytes of a directory that are read before it counts as broken: some two million names.</summary>
    internal const long MostDirectoryBytes = 64L << 20;

    internal static string Decode(ReadOnlySpan<byte> raw) => Encoding.UTF8.GetString(raw);

    internal static byte[] Encode(string name) => Encoding.UTF8.GetBytes(name);

    internal static bool IsDots(ReadOnlySpan<byte> raw) => raw.SequenceEqual("."u8) || raw.SequenceEqual(".."u8);

    /// <summary>A text in a field of fixed width; null when it is empty.</summary>
    internal static string? Label(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var text = Decode(end < 0 ? field : field[..end]);
        return text.Length == 0 ? null : text;
    }

    /// <summary>A UUID in the order of its bytes; null when it is all zeros.</summary>
    internal static string? Uuid(ReadOnlySpan<byte> raw) => raw.ContainsAnyExcept((byte)0) ? new Guid(raw, bigEndian: true).ToString() : null;

    /// <summary>A name that could not have been made by a system is a broken directory, not a name.</summary>
    internal static void Check(ReadOnlySpan<byte> raw, string place, long offset)
    {
        if (raw.Length == 0 || raw.ContainsAny((byte)'/', (byte)0))
            throw Fault.At(place, offset, "a name", "no bytes, a slash or a zero byte");
    }
}
