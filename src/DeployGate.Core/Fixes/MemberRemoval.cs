using DeployGate.Core.Text;

namespace DeployGate.Core.Fixes;

/// <summary>Removes a member of an object, in JSON and in Bicep, with its comma and its lines.</summary>
internal static class MemberRemoval
{
    /// <summary>The edit; null where what stands around the member (a comment between it and its comma) leaves a doubt.</summary>
    /// <param name="name">Where the member's name is written.</param>
    /// <param name="value">Where its value is written, behind the name in the same file.</param>
    internal static TextEdit? Of(Place name, Place value)
    {
        var text = name.Source.Content;
        if (value.Span.Start < name.Span.End || text[name.Span.End..value.Span.Start].Trim() != ":")
        {
            return null;
        }

        var (start, end) = (name.Span.Start, value.Span.End);
        var after = Skip(text, end);
        if (after < text.Length && text[after] == ',')
        {
            end = after + 1;
        }
        else if (Before(text, start) is var before and >= 0 && text[before] == ',')
        {
            return new TextEdit(new Place(name.Source, TextSpan.FromBounds(before, end)), "");
        }

        return new TextEdit(new Place(name.Source, Lines(text, start, end)), "");
    }

    // A member that has its lines to itself takes them along.
    private static TextSpan Lines(string text, int start, int end)
    {
        var lineStart = start;
        while (lineStart > 0 && text[lineStart - 1] is (' ' or '\t'))
        {
            lineStart--;
        }

        var lineEnd = end;
        while (lineEnd < text.Length && text[lineEnd] is (' ' or '\t'))
        {
            lineEnd++;
        }

        var isAlone = (lineStart == 0 || text[lineStart - 1] is ('\n' or '\r')) && lineEnd < text.Length && text[lineEnd] is ('\n' or '\r');
        if (!isAlone)
        {
            return TextSpan.FromBounds(start, lineEnd);
        }

        var isPair = text[lineEnd] == '\r' && lineEnd + 1 < text.Length && text[lineEnd + 1] == '\n';
        return TextSpan.FromBounds(lineStart, lineEnd + (isPair ? 2 : 1));
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int Before(string text, int at)
    {
        do
        {
            at--;
        }
        while (at >= 0 && char.IsWhiteSpace(text[at]));
        return at;
    }
}
