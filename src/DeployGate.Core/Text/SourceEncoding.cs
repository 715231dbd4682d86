using System.Text;

namespace DeployGate.Core.Text;

/// <summary>
/// Turns a file's bytes into text: a byte order mark decides (UTF-8, UTF-16, UTF-32); without one, zero bytes in every
/// other place mean UTF-16, as Windows PowerShell's redirection writes it; all else is UTF-8, bad bytes replaced.
/// </summary>
public static class SourceEncoding
{
    /// <summary>Decodes; the result has no byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
        [0xFF, 0xFE, 0x00, 0x00, ..] => Encoding.UTF32.GetString(bytes[4..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        [not 0x00, 0x00, not 0x00, 0x00, ..] => Encoding.Unicode.GetString(bytes),
        [0x00, not 0x00, 0x00, not 0x00, ..] => Encoding.BigEndianUnicode.GetString(bytes),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
