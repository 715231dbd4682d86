using System.Globalization;
using System.Text;

namespace DeployGate.Templates.Json;

/// <summary>The escapes of JSON strings.</summary>
internal static class JsonEscapes
{
    /// <summary>
    /// Decodes from <paramref name="start"/>, the place after the opening quote. Null when the string is never closed or has a
    /// bad escape, whose offset is then in <paramref name="badEscape"/>.
    /// </summary>
    internal static string? Decode(string text, int start, out int end, out int badEscape, List<int>? offsets = null)
    {
        var decoded = new StringBuilder();
        badEscape = -1;
        for (var i = start; i < text.Length; i++)
        {
            offsets?.Add(i);
            if (text[i] == '"')
            {
                end = i + 1;
                return decoded.ToString();
            }

            if (text[i] != '\\')
            {
                decoded.Append(text[i]);
                continue;
            }

            var (character, length) = Escape(text.AsSpan(i));
            if (length == 0)
            {
                badEscape = i;
                break;
            }

            decoded.Append(character);
            i += length - 1;
        }

        end = text.Length;
        return null;
    }

    private static (char Character, int Length) Escape(ReadOnlySpan<char> text) => text switch
    {
        [_, '"', ..] => ('"', 2),
        [_, '\\', ..] => ('\\', 2),
        [_, '/', ..] => ('/', 2),
        [_, '\'', ..] => ('\'', 2),
        [_, 'b', ..] => ('\b', 2),
        [_, 'f', ..] => ('\f', 2),
        [_, 'n', ..] => ('\n', 2),
        [_, 'r', ..] => ('\r', 2),
        [_, 't', ..] => ('\t', 2),
        [_, 'u', _, _, _, _, ..] when ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => ((char)code, 6),
        _ => ('\0', 0),
    };
}
