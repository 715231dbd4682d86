using System.Text.RegularExpressions;
using DeployGate.Core.Text;

namespace DeployGate.Reporting;

/// <summary>
/// A line of a file as a report may quote it: what a name says is a secret is written as <c>*</c>, character for character, so that a marker
/// under it still points at the right column. Whoever reads a log need not be allowed to read the repository.
/// </summary>
internal static partial class QuotedLine
{
    // Behind the line's part that is looked at nothing is shown: a minified template is one line of megabytes.
    private const int LongestLine = 64 * 1024;

    // Nearly every line has none of them, and needs no more than this look.
    private static readonly string[] s_words = ["passw", "secret", "key", "connection", "token", "bearer", "setvariable", "add-mask", "SecureString", " -p", "\t-p"];

    /// <summary>The line with its secrets masked; empty where there is no such line.</summary>
    internal static string Of(SourceText source, int line)
    {
        var text = Signature.Mask(source.Line(line));
        if (text.Length > LongestLine || !Array.Exists(s_words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return text;
        }

        var masked = text.ToCharArray();
        var isCode = source.Path.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase) || source.Path.EndsWith(".bicepparam", StringComparison.OrdinalIgnoreCase) || source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        foreach (Match match in Named().Matches(text))
        {
            Mask(masked, match.Groups["quoted"]);
            if (!isCode)
            {
                Mask(masked, match.Groups["plain"]);
            }
        }

        foreach (Match match in Told().Matches(text))
        {
            Mask(masked, match.Groups["quoted"]);
        }

        return new string(masked);
    }

    // What is only known later is no secret: $PW, $(pw), [parameters('pw')], ${{ secrets.PW }}, %PW%.
    private static void Mask(char[] text, Group group)
    {
        if (group.Success && group.Length > 0 && !(text[group.Index] is '$' or '[' or '%' or '@' && IsReference(group.Value)))
        {
            Array.Fill(text, '*', group.Index, group.Length);
        }
    }

    private static bool IsReference(string value) => Reference().IsMatch(value);

    // A name that ends in such a word, an option or a member or a variable; then its value, in quotes or up to the next blank.
    [GeneratedRegex("""(?:(?:passw(?:or)?d|secret|account-?key|storage_key|connection-?string|token|bearer)["']?(?:\s*[:=]\s*|\s+)|\slogin\s[^|;&]{0,400}\s-p[ =])(?:"(?<quoted>[^"]*)|'(?<quoted>[^']*)|(?<plain>(?!-)[^\s"',;|&<>)\\]+))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Named();

    // What a script tells its host, and PowerShell, to keep as a secret.
    [GeneratedRegex("""(?:task\.setvariable[^\]]*issecret=true[^\]]*\]|::add-mask::)(?<quoted>[^"']*)|ConvertTo-SecureString\s+(?:-String\s+)?(?:"(?<quoted>[^"]*)|'(?<quoted>[^']*)|(?<quoted>[^\s"'|)-]+))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Told();

    [GeneratedRegex("""^(?:\$\{\{[^}]*\}\}|\$\([\w.\-]*\)|\$\{?\w[\w:]*\}?|\[.*|%\w*%|@.*)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
