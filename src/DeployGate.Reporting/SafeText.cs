using System.Globalization;
using System.Text;

namespace DeployGate.Reporting;

/// <summary>
/// Makes a value fit to stand in a line that a terminal or a CI host reads. Whatever has no shape of its own, or acts on
/// the text around it, is shown as an escape: <c>\n</c>, <c>\r</c>, <c>\t</c>, else <c>\u{1b}</c>. What would open a
/// command gets a visible backslash: <c>##vso[</c> becomes <c>##vso\[</c>, and <c>##[</c> becomes <c>##\[</c>.
/// </summary>
/// <remarks>
/// Azure's agent and GitHub's runner look for these openings anywhere in a line, and they compare by culture: characters
/// that collation ignores do not keep an opening from matching. So a zero-width space would be no fence, and every such
/// character inside a value is made visible. A backslash of the value itself stays single, for the sake of Windows paths.
/// </remarks>
/// <seealso href="https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs"/>
/// <seealso href="https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs"/>
public static class SafeText
{
    /// <summary>Code units of a value that are shown: GitHub cuts an annotation at 4,096, and its fix should be in it.</summary>
    internal const int MaxLength = 1500;

    /// <summary>
    /// A line of a file as it is, where nothing in it acts on a terminal or a host; otherwise made safe, and then no longer what a program
    /// would read back. Tabs and a line end stay.
    /// </summary>
    public static string Code(string line)
    {
        var plain = line.TrimEnd('\r', '\n');
        var words = plain.Replace('\t', ' ');
        var isHarmless = Line(words) == words && !words.AsSpan().TrimStart().StartsWith("::");
        return isHarmless ? line : $"\\{Line(plain)}{line[plain.Length..]}";
    }

    /// <summary>True when every character of a text is seen as what it is; tabs and ends of lines are.</summary>
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || !(rune.Value is '\t' or '\r' or '\n' || IsShown(rune)))
                return false;

            i += rune.Utf16SequenceLength;
        }

        return true;
    }

    /// <summary>The value as one safe line; empty for null.</summary>
    public static string Line(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";

        var text = Signature.Mask(value);
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('['))
            return text;

        var shown = Math.Min(text.Length, MaxLength);
        var safe = new StringBuilder(shown + 16);
        var index = 0;
        while (index < shown)
            index += AppendCharacter(safe, text, index);

        if (index < text.Length)
            safe.Append(CultureInfo.InvariantCulture, $"… ({text.Length - index} more characters)");
        return safe.ToString();
    }

    /// <summary>Appends the safe form of the character at <paramref name="index"/>; returns how many code units it takes in the text.</summary>
    internal static int AppendCharacter(StringBuilder safe, string text, int index)
    {
        if (!Rune.TryGetRuneAt(text, index, out var rune))
        {
            // A lone surrogate: no encoding can write it.
            AppendEscape(safe, text[index]);
            return 1;
        }

        if (IsShown(rune))
        {
            if (OpensCommand(text, index))
                safe.Append('\\');
            safe.Append(text, index, rune.Utf16SequenceLength);
        }
        else
        {
            AppendEscape(safe, rune.Value);
        }

        return rune.Utf16SequenceLength;
    }

    private static bool OpensCommand(string text, int index) =>
        text[index] == '['
        && text.AsSpan(0, index) is var before
        && (before.EndsWith("##", StringComparison.Ordinal) || before.EndsWith("##vso", StringComparison.OrdinalIgnoreCase));

    private static bool IsShown(Rune rune)
    {
        if (rune.IsAscii)
            return rune.Value is >= ' ' and < 0x7F;

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate => false,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned => false,
            _ => !IsIgnored(rune.Value),
        };
    }

    // Letters and marks that Unicode calls "default ignorable", beside those of category Format.
    private static bool IsIgnored(int scalar) => scalar
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    private static void AppendEscape(StringBuilder safe, int scalar) => _ = scalar switch
    {
        '\n' => safe.Append("\\n"),
        '\r' => safe.Append("\\r"),
        '\t' => safe.Append("\\t"),
        _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{{{scalar:x}}}"),
    };
}
