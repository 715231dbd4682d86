using DeployGate.Fuzz.Running;

namespace DeployGate.Fuzz.Mutations;

/// <summary>Finds the parts that all languages here have: words, blanks, punctuation, brackets with what is in them, lines and indented blocks.</summary>
internal static class Tokens
{
    private const int MostScanned = 20_000;

    private static readonly char[] s_openers = ['{', '[', '('];

    /// <summary>The token around a place: a run of letters and digits, a run of blanks, or one other character.</summary>
    internal static Range At(string text, int at)
    {
        if (at >= text.Length)
        {
            return text.Length..text.Length;
        }

        var kind = KindOf(text[at]);
        var (start, end) = (at, at + 1);
        while (kind != 2 && start > 0 && KindOf(text[start - 1]) == kind)
        {
            start--;
        }

        while (kind != 2 && end < text.Length && KindOf(text[end]) == kind)
        {
            end++;
        }

        return start..end;
    }

    /// <summary>A token that is no blank, near a place that is drawn.</summary>
    internal static Range Draw(string text, Dice dice)
    {
        var token = At(text, dice.Next(text.Length + 1));
        return token.End.Value < text.Length && token.Start.Value < text.Length && char.IsWhiteSpace(text[token.Start]) ? At(text, token.End.Value) : token;
    }

    /// <summary>A bracket that is drawn, up to the one that closes it; empty where there is none.</summary>
    internal static Range Group(string text, Dice dice)
    {
        var start = text.Length == 0 ? -1 : text.IndexOfAny(s_openers, dice.Next(text.Length));
        start = start < 0 ? text.IndexOfAny(s_openers) : start;
        if (start < 0)
        {
            return 0..0;
        }

        return start..CloserOf(text, start);
    }

    /// <summary>Where a bracket's group ends, its closer included; the text's end where nothing closes it.</summary>
    internal static int CloserOf(string text, int start)
    {
        var depth = 0;
        var most = Math.Min(text.Length, start + MostScanned);
        for (var at = start; at < most; at++)
        {
            if (text[at] is '"' or '\'' && text.IndexOf(text[at], at + 1) is var quote and >= 0 && text.AsSpan(at, quote - at).IndexOf('\n') < 0)
            {
                at = quote;
                continue;
            }

            depth += text[at] switch { '{' or '[' or '(' => 1, '}' or ']' or ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return most;
    }

    /// <summary>A line that is drawn, with its line end.</summary>
    internal static Range Line(string text, Dice dice)
    {
        var at = dice.Next(text.Length + 1);
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at);
        return start..(end < 0 ? text.Length : end + 1);
    }

    /// <summary>A line that is drawn, with the lines below it that are indented further: a part of a YAML file.</summary>
    internal static Range Block(string text, Dice dice)
    {
        var line = Line(text, dice);
        var depth = Indent(text, line.Start.Value);
        var end = line.End.Value;
        while (end < text.Length && (Indent(text, end) > depth || text[end] is '\n' or '\r'))
        {
            var next = text.IndexOf('\n', end);
            end = next < 0 ? text.Length : next + 1;
        }

        return line.Start.Value..end;
    }

    /// <summary>Blanks at the start of the line that begins at a place.</summary>
    internal static int Indent(string text, int at)
    {
        var count = 0;
        while (at + count < text.Length && text[at + count] == ' ')
        {
            count++;
        }

        return count;
    }

    private static int KindOf(char c) => char.IsLetterOrDigit(c) || c == '_' ? 0 : char.IsWhiteSpace(c) ? 1 : 2;
}
