using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Functions that cut strings at a given text. In a partly known string that text may lie in a hole, or half in one; they
/// answer where it cannot.
/// </summary>
internal static class PieceFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("replace", 3, 3, ValueShape.Text, Replace),
        Structural("split", 2, 2, ValueShape.List, Split),
    ];

    private static Value Replace(FunctionArguments a)
    {
        if (!a.Text(1, out var sought) || !a.Text(2, out var by))
        {
            return a.Problem;
        }

        if (sought.Length == 0)
        {
            return a.Fail($"{a.Name} needs a text to look for: argument 2 is empty");
        }

        if (a[0] is PartialString holed)
        {
            return TextParts.CanStraddle(holed, sought) ? a.Unknown() : ReplaceInParts(a, holed, sought, by);
        }

        if (!a.Text(0, out var whole))
        {
            return a.Problem;
        }

        if (FunctionLimits.IsCostly(whole.Length, sought.Length))
        {
            return a.Fail($"{a.Name} would take too long: both texts are very long");
        }

        var text = new TextBuilder();
        AddReplaced(text, whole, sought, by);
        return text.ToValue(a);
    }

    private static Value ReplaceInParts(FunctionArguments a, PartialString holed, string sought, string by)
    {
        var text = new TextBuilder();
        foreach (var part in holed.Parts)
        {
            if (part.Literal is { } literal)
            {
                AddReplaced(text, literal, sought, by);
            }
            else if (part.Hole is { Shape: ValueShape.IdSegment } segment && sought.Contains('/', StringComparison.Ordinal))
            {
                text.Add(segment);
            }
            else
            {
                var expression = Residual.Call(a.Name, [part.Hole!, a[1], a[2]]);
                text.Add(Unknowns.From(part.Hole!, expression, ValueShape.Text));
            }
        }

        return text.ToValue(a);
    }

    // Not string.Replace: its result could have gigabytes before anyone could look at its length.
    private static void AddReplaced(TextBuilder text, string whole, string sought, string by)
    {
        var at = 0;
        for (var found = whole.IndexOf(sought, StringComparison.Ordinal); found >= 0 && !text.IsTooLong;)
        {
            text.Add(whole.AsSpan(at, found - at));
            text.Add(by);
            at = found + sought.Length;
            found = whole.IndexOf(sought, at, StringComparison.Ordinal);
        }

        text.Add(whole.AsSpan(at));
    }

    private static Value Split(FunctionArguments a)
    {
        if (Delimiters(a[1]) is not { } delimiters)
        {
            return a.WrongKind(1, "a string or an array of strings");
        }

        if (a[0] is PartialString holed)
        {
            return delimiters is ["/"] && TextParts.HasSegmentsOnly(holed) ? SplitPath(holed) : a.Unknown();
        }

        if (!a.Text(0, out var text))
        {
            return a.Problem;
        }

        if (FunctionLimits.IsCostly(text.Length, delimiters.Sum(delimiter => delimiter.Length + 1L)))
        {
            return a.Fail($"{a.Name} would take too long: the text and the delimiters are very long");
        }

        // Without a delimiter .NET splits at white space; with only empty ones it does not split.
        var pieces = delimiters.Length == 0
            ? [text]
            : text.Split(delimiters, FunctionLimits.Items + 1, StringSplitOptions.None);
        return new ArrayValue([.. pieces.Select(piece => new StringValue(piece))]);
    }

    private static string[]? Delimiters(Value value) => value switch
    {
        StringValue text => [text.Text],
        ArrayValue { Rest: null } list when list.Items.All(item => item is StringValue) =>
            [.. list.Items.Select(item => ((StringValue)item).Text)],
        _ => null,
    };

    // No hole has a slash, so every piece is known to be one.
    private static ArrayValue SplitPath(PartialString path)
    {
        var pieces = ImmutableArray.CreateBuilder<Value>();
        var current = new List<StringPart>();
        foreach (var part in path.Parts)
        {
            if (part.Literal is not { } literal)
            {
                current.Add(part);
                continue;
            }

            var texts = literal.Split('/');
            current.Add(new StringPart(texts[0]));
            foreach (var text in texts.Skip(1))
            {
                pieces.Add(Piece(current));
                current = [new StringPart(text)];
            }
        }

        pieces.Add(Piece(current));
        return new ArrayValue(pieces.ToImmutable());
    }

    // A piece that is nothing but a hole is that hole, with all that is known of it.
    private static Value Piece(List<StringPart> parts) =>
        parts.Where(part => part.Literal is not "").ToList() is [{ Hole: { } hole }] ? hole : PartialString.Join(parts);
}
