namespace DeployGate.Pipelines.Expressions;

/// <summary>Finds <c>${{ … }}</c> in text. A <c>}}</c> inside of a quoted string does not end it.</summary>
internal static class ExpressionSpans
{
    /// <summary>The first expression at or after an offset: its range with the braces, and its inner text. Null when there is none.</summary>
    internal static (int Start, int End, string Inner)? Find(string text, int from)
    {
        var start = text.IndexOf("${{", from, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var quoted = false;
        for (var i = start + 3; i + 1 < text.Length; i++)
        {
            quoted ^= text[i] == '\'';
            if (!quoted && text[i] == '}' && text[i + 1] == '}')
            {
                return (start, i + 2, text[(start + 3)..i]);
            }
        }

        return null;
    }

    /// <summary>The inner text when the whole text is one expression.</summary>
    internal static string? Whole(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("${{", StringComparison.Ordinal) && Find(trimmed, 0) is { } found && found.End == trimmed.Length ? found.Inner : null;
    }
}
