using System.Text;

namespace DeployGate.Reporting.Markdown;

/// <summary>Values in Markdown as GitHub and Azure DevOps show it: neither Markdown, HTML, a mention, a number of an issue nor an address acts.</summary>
/// <seealso href="https://github.github.com/gfm/"/>
public static class MarkdownText
{
    /// <summary>
    /// A value as a code span, in which nothing acts. The fence is longer than every run of backticks inside; the blanks part it from a
    /// backtick at an edge. Empty for an empty value.
    /// </summary>
    public static string Code(string value) => Span(SafeText.Line(value));

    /// <summary>
    /// A sentence: words of letters and digits as they are, and whatever else could act (commands, paths, names) as code spans. Escaping with
    /// backslashes would not do: hosts look for mentions and addresses in the text after that.
    /// </summary>
    public static string Prose(string value)
    {
        var text = new StringBuilder();
        var code = new List<string>();
        foreach (var word in SafeText.Line(value).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsPlain(word))
            {
                // The mark that ends a sentence is no part of the last name in it.
                var name = word is [.., not ('.' or ',' or ';' or ':'), '.' or ',' or ';' or ':'] ? word[..^1] : word;
                code.Add(name);
                if (name.Length < word.Length)
                {
                    Flush(text, code);
                    text.Append(word[^1]);
                }

                continue;
            }

            Flush(text, code);
            Append(text, word);
        }

        Flush(text, code);
        return text.ToString();
    }

    /// <summary>
    /// The value of a cell in a table: code spans, and bars between them as entities. A backslash before a bar would not do: hosts do not
    /// agree on what two of them mean.
    /// </summary>
    internal static string Cell(string value) => string.Join("&#124;", SafeText.Line(value).Split('|').Select(Span));

    /// <summary>The length of the longest run of backticks.</summary>
    public static int LongestRun(string text)
    {
        var longest = 0;
        for (int index = 0, run = 0; index < text.Length; index++)
        {
            run = text[index] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string Span(string line)
    {
        // A span of blanks alone is no span; a backslash before a bar is the table's own.
        if (string.IsNullOrWhiteSpace(line))
            return "";

        var longest = LongestRun(line);
        var fence = new string('`', longest + 1);
        return longest == 0 ? $"{fence}{line}{fence}" : $"{fence} {line} {fence}";
    }

    private static void Flush(StringBuilder text, List<string> code)
    {
        if (code.Count == 0)
            return;
        Append(text, Span(string.Join(' ', code)));
        code.Clear();
    }

    private static void Append(StringBuilder text, string word)
    {
        if (text.Length > 0)
            text.Append(' ');
        text.Append(word);
    }

    // Letters, digits, and marks that mean nothing at the place where they stand. A long word of hexadecimal digits would be a commit, and
    // a hyphen before a number an issue (GH-1).
    private static bool IsPlain(string word)
    {
        if (word is "-" or "–" or "—")
            return word != "-";

        var inner = word.AsSpan().TrimStart("(\"'").TrimEnd(")\"'.,;:!?");
        if (inner.IsEmpty || inner.Length >= 7 && inner.ContainsAnyInRange('0', '9'))
            return false;

        for (var i = 0; i < inner.Length; i++)
        {
            var isJoint = inner[i] is '-' or '\'' or '’' && i > 0 && i + 1 < inner.Length && char.IsLetter(inner[i - 1]) && char.IsLetter(inner[i + 1]);
            if (!isJoint && !char.IsLetterOrDigit(inner[i]))
                return false;
        }

        return true;
    }
}
