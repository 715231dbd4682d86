using System.Text;

namespace DeployGate.Core.Text;

/// <summary>
/// The decoded text of one file, without its byte order mark, and the name under which reports show it.
/// Lines end at <c>\n</c>, <c>\r\n</c> or a lone <c>\r</c>.
/// </summary>
public sealed class SourceText
{
    // Found when a position is first asked for; threads that ask at once find the same.
    private int[]? _lineStarts;

    // The text, or the same with a byte for each character, or both.
    private string? _content;
    private byte[]? _packed;

    /// <summary>Creates a text; <paramref name="path"/> is shown as it is, with forward slashes.</summary>
    public SourceText(string path, string content)
    {
        Path = path;
        _content = content;
        Length = content.Length;
    }

    /// <summary>The path that reports show: relative to where the user stands, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Content => Volatile.Read(ref _content) ?? (_content = Encoding.Latin1.GetString(_packed!));

    /// <summary>Number of UTF-16 code units.</summary>
    public int Length { get; }

    /// <summary>
    /// Halves what a text takes that nobody reads any more but for a few lines: it is kept in bytes where each of its characters is one, and made
    /// anew for whoever asks for all of it. Other threads may still be reading it.
    /// </summary>
    public void Pack()
    {
        if (Volatile.Read(ref _content) is not { } content)
        {
            return;
        }

        if (_packed is null)
        {
            if (content.AsSpan().ContainsAnyExceptInRange('\0', '\xFF'))
            {
                return;
            }

            Volatile.Write(ref _packed, Encoding.Latin1.GetBytes(content));
        }

        Volatile.Write(ref _content, null);
    }

    /// <summary>True when the text contains a word of ASCII characters; does not make it anew.</summary>
    public bool Contains(string word) =>
        Volatile.Read(ref _content)?.Contains(word, StringComparison.Ordinal) ?? (_packed.AsSpan().IndexOf(Encoding.ASCII.GetBytes(word)) >= 0);

    /// <summary>A piece of the text; does not make all of it anew.</summary>
    public string Slice(int start, int length) => Volatile.Read(ref _content)?.Substring(start, length) ?? Encoding.Latin1.GetString(_packed!, start, length);

    /// <summary>A piece of the text up to the end of its first line; does not make all of it anew.</summary>
    public string FirstLineOf(int start, int length)
    {
        if (Volatile.Read(ref _content) is { } content)
        {
            var text = content.AsSpan(start, length);
            var end = text.IndexOfAny('\r', '\n');
            return (end < 0 ? text : text[..end]).ToString();
        }

        var bytes = _packed.AsSpan(start, length);
        var last = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.Latin1.GetString(last < 0 ? bytes : bytes[..last]);
    }

    private int[] LineStarts => _lineStarts ??= FindLineStarts();

    /// <summary>The 1-based line and column (in UTF-16 code units) of a zero-based offset; an offset past the end is the end.</summary>
    public LinePosition PositionOf(int offset)
    {
        var starts = LineStarts;
        var clamped = Math.Clamp(offset, 0, Length);
        var line = LineAt(starts, clamped);
        return new LinePosition(line + 1, clamped - starts[line] + 1);
    }

    // The last line that begins at or before an offset. The framework's own search over numbers is compiled anew at every start.
    private static int LineAt(int[] starts, int offset)
    {
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = starts[middle] <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>True when the text has a line of this 1-based number.</summary>
    public bool Exists(int line) => line >= 1 && line <= LineStarts.Length;

    /// <summary>The zero-based offset at which a 1-based line begins; the end of the text for a line behind the last.</summary>
    public int StartOf(int line) => line > LineStarts.Length ? Length : LineStarts[Math.Max(0, line - 1)];

    /// <summary>The text of a 1-based line without its line end; empty when there is no such line.</summary>
    public string Line(int line)
    {
        var starts = LineStarts;
        if (line < 1 || line > starts.Length)
        {
            return "";
        }

        var start = starts[line - 1];
        var end = line < starts.Length ? starts[line] : Length;
        return Slice(start, end - start).TrimEnd('\r', '\n');
    }

    private int[] FindLineStarts()
    {
        var starts = new List<int> { 0 };
        if (Volatile.Read(ref _content) is { } content)
        {
            AddLineStarts(starts, content.AsSpan(), '\r', '\n');
        }
        else
        {
            AddLineStarts(starts, _packed.AsSpan(), (byte)'\r', (byte)'\n');
        }

        return [.. starts];
    }

    private static void AddLineStarts<T>(List<int> starts, ReadOnlySpan<T> text, T carriageReturn, T lineFeed)
        where T : struct, IEquatable<T>
    {
        for (var at = 0; text[at..].IndexOfAny(carriageReturn, lineFeed) is >= 0 and var end;)
        {
            at += end + 1;
            if (text[at - 1].Equals(carriageReturn) && at < text.Length && text[at].Equals(lineFeed))
            {
                at++;
            }

            starts.Add(at);
        }
    }
}

/// <summary>A position for people: line and column count from 1, the column in UTF-16 code units.</summary>
public readonly record struct LinePosition(int Line, int Column);
