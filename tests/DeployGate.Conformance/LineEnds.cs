using System.Text;

namespace DeployGate.Conformance;

/// <summary>
/// Line ends in texts: the JSON holds those of the machine it was made on, the Bicep file those of the checkout. Neither
/// says anything about the languages.
/// </summary>
internal static class LineEnds
{
    private const int ShortestBase64 = 16;

    /// <summary>The text with all line ends alike, also inside of base64.</summary>
    internal static string Unified(string text)
    {
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            return text.ReplaceLineEndings("\n");
        }

        var bytes = new byte[text.Length];
        if (text.Length < ShortestBase64 || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            return text;
        }

        var decoded = Encoding.UTF8.GetString(bytes, 0, length);
        return decoded.Contains("\r\n", StringComparison.Ordinal)
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(decoded.ReplaceLineEndings("\n")))
            : text;
    }
}
