using System.Text;
using System.Text.Unicode;

namespace DeployGate.Core.Text;

/// <summary>
/// Turns a file's bytes into text: a byte order mark decides (UTF-8, UTF-16, UTF-32); without one, zero bytes in every
/// other place mean UTF-16, as Windows PowerShell's redirection writes it; all else is UTF-8, bad bytes replaced.
/// </summary>
public static class SourceEncoding
{
    /// <summary>Decodes; the result has no byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var (encoding, mark) = Detect(bytes);
        return encoding.GetString(bytes[mark..]);
    }

    /// <summary>The same text in UTF-8, without its byte order mark: mostly a part of the bytes themselves.</summary>
    public static ReadOnlyMemory<byte> Utf8Of(ReadOnlyMemory<byte> bytes)
    {
        var (encoding, mark) = Detect(bytes.Span);
        return encoding is UTF8Encoding && Utf8.IsValid(bytes.Span) ? bytes[mark..] : Encoding.UTF8.GetBytes(Decode(bytes.Span));
    }

    /// <summary>
    /// The bytes of a changed text, in the encoding of the bytes it was decoded from, with their byte order mark; null when those bytes do not
    /// come back from their own text, so that writing would change more than was meant.
    /// </summary>
    /// <param name="text">The changed text.</param>
    /// <param name="before">The text that <paramref name="bytes"/> decode to.</param>
    /// <param name="bytes">The file before.</param>
    public static byte[]? Encode(string text, string before, ReadOnlySpan<byte> bytes)
    {
        var (encoding, mark) = Detect(bytes);
        return encoding.GetBytes(before).AsSpan().SequenceEqual(bytes[mark..]) ? [.. bytes[..mark], .. encoding.GetBytes(text)] : null;
    }

    private static (Encoding Encoding, int Mark) Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0x00, 0x00, ..] => (Encoding.UTF32, 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        [not 0x00, 0x00, not 0x00, 0x00, ..] => (Encoding.Unicode, 0),
        [0x00, not 0x00, 0x00, not 0x00, ..] => (Encoding.BigEndianUnicode, 0),
        _ => (Encoding.UTF8, 0),
    };
}
