using System.Globalization;
using System.Text;

namespace DeployGate.Reporting.Html;

/// <summary>Values in HTML text and in quoted attributes, where each becomes plain text.</summary>
/// <seealso href="https://html.spec.whatwg.org/multipage/syntax.html"/>
internal static class HtmlText
{
    /// <summary>The value as one safe line of text, also fit for a quoted attribute; empty for null.</summary>
    internal static string Of(string? value) => Escape(SafeText.Line(value));

    /// <summary>A number as text.</summary>
    internal static string Of(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number where a program reads it.</summary>
    internal static string Id(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>At most <paramref name="most"/> characters of a value, its end kept: names differ there.</summary>
    internal static string Short(string value, int most)
    {
        var line = SafeText.Line(value);
        if (line.Length <= most)
            return Escape(line);

        // Cutting inside a pair of surrogates would leave half a character.
        var start = line.Length - most + 1;
        return "…" + Escape(line[(char.IsLowSurrogate(line[start]) ? start + 1 : start)..]);
    }

    /// <summary>At most <paramref name="most"/> characters of a value, its beginning kept: without it, a sentence would say the opposite.</summary>
    internal static string Cut(string value, int most)
    {
        var line = SafeText.Line(value);
        return line.Length <= most ? Escape(line) : Escape(line[..(char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1)]) + "…";
    }

    private static string Escape(string line)
    {
        var text = new StringBuilder(line.Length + 16);
        foreach (var c in line)
        {
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
