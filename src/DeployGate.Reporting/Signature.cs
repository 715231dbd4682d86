namespace DeployGate.Reporting;

/// <summary>
/// The signature of a shared access signature: whoever reads it in a log may read the disk. Masking keeps the length of
/// the text, so that a marker under a quoted line still points at the right column.
/// </summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas"/>
internal static class Signature
{
    private const string Parameter = "sig=";

    /// <summary>The text with <c>*</c> for each character of a <c>sig</c> query parameter.</summary>
    internal static string Mask(string text)
    {
        var found = text.IndexOf(Parameter, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
            return text;

        var masked = text.ToCharArray();
        for (; found >= 0; found = text.IndexOf(Parameter, found + 1, StringComparison.OrdinalIgnoreCase))
        {
            // Other names end in these letters too: config=, design=.
            if (found > 0 && char.IsAsciiLetterOrDigit(text[found - 1]))
                continue;

            for (var i = found + Parameter.Length; i < text.Length && IsOfValue(text[i]); i++)
                masked[i] = '*';
        }

        return new string(masked);
    }

    private static bool IsOfValue(char c) => char.IsAsciiLetterOrDigit(c) || c is '%' or '+' or '/' or '=' or '-' or '_' or '.' or '~';
}
