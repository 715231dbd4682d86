using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeployGate.Core.Text;

/// <summary>
/// Makes finished JSON fit to be printed in a job: what acts on a terminal, turns or hides text, or opens a command of an agent (<c>##vso[</c>)
/// is written as an escape. All of it can stand in strings and names only, so that a reader gets the same values back.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc8259#section-7"/>
public static class JsonForLogs
{
    // What nearly every document consists of: ASCII without controls and '#', and line ends.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(['\n', .. Enumerable.Range(' ', 0x7F - ' ').Select(c => (char)c).Where(c => c != '#')]);

    /// <summary>The same document with <c>\uXXXX</c> for '#', controls but the line feed, separators of lines, and characters of the category Format.</summary>
    /// <param name="json">JSON whose white space is spaces and line feeds.</param>
    public static string Escape(string json)
    {
        var first = json.AsSpan().IndexOfAnyExcept(s_plain);
        if (first < 0)
        {
            return json;
        }

        var safe = new StringBuilder(json.Length + 64).Append(json, 0, first);
        for (var i = first; i < json.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(json, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && IsActive(rune))
            {
                // Outside of the Basic Multilingual Plane JSON writes both halves.
                foreach (var unit in json.AsSpan(i, length))
                {
                    safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                }
            }
            else
            {
                safe.Append(json, i, length);
            }

            i += length;
        }

        return safe.ToString();
    }

    private static bool IsActive(Rune rune) => rune.Value is '#' || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value != '\n',
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,

        // Not assigned yet, and ignored where it will be.
        _ => rune.Value is 0x2065,
    };
}
