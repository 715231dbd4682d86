using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions that look into strings, arrays and objects alike.</summary>
internal static class SearchFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("contains", 2, 2, ValueShape.Truth, Contains),
        Structural("startsWith", 2, 2, ValueShape.Truth, a => BeginsOrEnds(a, atEnd: false)),
        Structural("endsWith", 2, 2, ValueShape.Truth, a => BeginsOrEnds(a, atEnd: true)),
        Structural("indexOf", 2, 2, ValueShape.Number, IndexOf),
        Structural("lastIndexOf", 2, 2, ValueShape.Number, LastIndexOf),
        Structural("first", 1, 1, ValueShape.Any, a => Edge(a, atEnd: false)),
        Structural("last", 1, 1, ValueShape.Any, a => Edge(a, atEnd: true)),
        Structural("take", 2, 2, ValueShape.Any, Take),
        Structural("skip", 2, 2, ValueShape.Any, Skip),
        Structural("length", 1, 1, ValueShape.Number, Length),
        Structural("empty", 1, 1, ValueShape.Truth, Empty),
        Strict("like", 2, 2, ValueShape.Truth, Like),
    ];

    private static Value Contains(FunctionArguments a)
    {
        switch (a[0])
        {
            case StringValue or PartialString when TextParts.Of(a[1]) is [{ Literal: { } sought }]:
                return TextContains(a, sought);
            case StringValue or PartialString:
                return a.WrongKind(1, "a string or an int");
            case ArrayValue list:
                return Find(list, a[1], fromEnd: false) is { } found ? new BoolValue(found >= 0) : UnlessFound(a, list);
            case ObjectValue map when a[1] is StringValue name:
                return map.Find(name.Text) is not null ? new BoolValue(true)
                    : map.Rest is { } rest ? a.Unknown(rest) : new BoolValue(false);
            case ObjectValue:
                return a.WrongKind(1, "a string");
            default:
                return a.WrongKind(0, "a string, an array or an object");
        }
    }

    // Where the item lies is not known, but that it is there may be.
    private static Value UnlessFound(FunctionArguments a, ArrayValue list) =>
        list.Items.Any(item => ValueEquality.AreEqual(item, a[1]) == true) ? new BoolValue(true) : a.Unknown();

    private static Value TextContains(FunctionArguments a, string sought)
    {
        var holed = a[0] as PartialString;
        var literals = holed?.Parts.Select(part => part.Literal ?? "") ?? [((StringValue)a[0]).Text];
        foreach (var literal in literals)
        {
            if (FunctionLimits.IsCostly(literal.Length, sought.Length))
            {
                return TooCostly(a);
            }

            if (literal.Contains(sought, StringComparison.Ordinal))
            {
                return new BoolValue(true);
            }
        }

        var cannotHide = holed is null
            || (sought.Contains('/', StringComparison.Ordinal) && TextParts.HasSegmentsOnly(holed) && !TextParts.CanStraddle(holed, sought));
        return cannotHide ? new BoolValue(false) : a.Unknown();
    }

    private static UnknownValue TooCostly(FunctionArguments a) => a.Fail($"{a.Name} would take too long: both texts are very long");

    private static Value BeginsOrEnds(FunctionArguments a, bool atEnd)
    {
        for (var i = 0; i < 2; i++)
        {
            if (a[i] is not (StringValue or PartialString))
            {
                return a.WrongKind(i, "a string");
            }
        }

        var text = atEnd ? TextParts.End(a[0]) : TextParts.Start(a[0]);
        var sought = atEnd ? TextParts.End(a[1]) : TextParts.Start(a[1]);
        var both = Math.Min(text.Length, sought.Length);
        var agrees = atEnd
            ? text.AsSpan(text.Length - both).Equals(sought.AsSpan(sought.Length - both), StringComparison.OrdinalIgnoreCase)
            : text.AsSpan(0, both).Equals(sought.AsSpan(0, both), StringComparison.OrdinalIgnoreCase);
        var needed = a[1] is PartialString holed ? TextParts.KnownLength(holed) : sought.Length;
        if (!agrees || (a[0] is StringValue && needed > text.Length))
        {
            return new BoolValue(false);
        }

        return a[1] is StringValue && text.Length >= sought.Length ? new BoolValue(true) : a.Unknown();
    }

    private static Value IndexOf(FunctionArguments a)
    {
        if (a[0] is ArrayValue list)
        {
            return list.Rest is null && Find(list, a[1], fromEnd: false) is { } found ? new IntValue(found) : a.Unknown();
        }

        if (a[0] is not (StringValue or PartialString))
        {
            return a.WrongKind(0, "a string or an array");
        }

        if (!a.Text(1, out var sought))
        {
            return a.Problem;
        }

        var known = TextParts.Start(a[0]);
        if (FunctionLimits.IsCostly(known.Length, sought.Length))
        {
            return TooCostly(a);
        }

        var at = known.IndexOf(sought, StringComparison.OrdinalIgnoreCase);
        return at < 0 && a[0] is PartialString ? a.Unknown() : new IntValue(at);
    }

    private static Value LastIndexOf(FunctionArguments a)
    {
        if (a[0] is ArrayValue list)
        {
            return list.Rest is null && Find(list, a[1], fromEnd: true) is { } found ? new IntValue(found) : a.Unknown();
        }

        if (a[0] is not StringValue { Text: var text })
        {
            return a.WrongKind(0, "a string or an array");
        }

        return !a.Text(1, out var sought) ? a.Problem
            : FunctionLimits.IsCostly(text.Length, sought.Length) ? TooCostly(a)
            : new IntValue(LastIndex(text, sought));
    }

    // Uncertain: what Azure answers for an empty text. .NET has answered the text's length since version 5.
    private static int LastIndex(string text, string sought) => text.LastIndexOf(sought, StringComparison.OrdinalIgnoreCase);

    // The index of the first or last equal item, -1 when there is none, null when that cannot be told.
    private static int? Find(ArrayValue list, Value sought, bool fromEnd)
    {
        for (var step = 0; step < list.Items.Length; step++)
        {
            var at = fromEnd ? list.Items.Length - 1 - step : step;
            switch (ValueEquality.AreEqual(list.Items[at], sought))
            {
                case true:
                    return at;
                case null:
                    return null;
                default:
                    break;
            }
        }

        return list.Rest is null ? -1 : null;
    }

    private static Value Edge(FunctionArguments a, bool atEnd)
    {
        switch (a[0])
        {
            case StringValue or PartialString:
                var known = atEnd ? TextParts.End(a[0]) : TextParts.Start(a[0]);
                return known.Length > 0 ? new StringValue(atEnd ? known[^1..] : known[..1])
                    : a[0] is PartialString ? a.Unknown(ValueShape.Text) : new StringValue("");
            case ArrayValue { Rest: { } rest }:
                return a.Unknown(rest);
            case ArrayValue { Items.IsEmpty: true }:
                return NullValue.Instance;
            case ArrayValue list:
                return list.Items[atEnd ? ^1 : 0];
            default:
                return a.WrongKind(0, "a string or an array");
        }
    }

    private static Value Take(FunctionArguments a)
    {
        if (!Count(a, out var count, out var known))
        {
            return a.Problem;
        }

        return a[0] switch
        {
            ArrayValue { Rest: { } rest } => a.Unknown(rest, ValueShape.List),
            ArrayValue list => new ArrayValue(list.Items[..count]),
            PartialString when known.Length < count => a.Unknown(ValueShape.Text),
            _ => new StringValue(known[..count]),
        };
    }

    private static Value Skip(FunctionArguments a)
    {
        if (!Count(a, out var count, out var known))
        {
            return a.Problem;
        }

        return a[0] switch
        {
            ArrayValue { Rest: { } rest } => a.Unknown(rest, ValueShape.List),
            ArrayValue list => new ArrayValue(list.Items[count..]),
            PartialString when known.Length < count => a.Unknown(ValueShape.Text),
            _ => TextFunctions.SkipKnown(a[0], count),
        };
    }

    // Clamps the count to what is there; of a partial string the end is not known, so only to what an int holds.
    private static bool Count(FunctionArguments a, out int count, out string known)
    {
        (count, known) = (0, TextParts.Start(a[0]));
        if (a[0] is not (StringValue or PartialString or ArrayValue))
        {
            _ = a.WrongKind(0, "a string or an array");
            return false;
        }

        if (!a.Int(1, out var wanted))
        {
            return false;
        }

        var most = a[0] is ArrayValue list ? list.Items.Length : a[0] is PartialString ? int.MaxValue : known.Length;
        count = (int)Math.Clamp(wanted, 0, most);
        return true;
    }

    private static Value Length(FunctionArguments a) => a[0] switch
    {
        StringValue text => new IntValue(text.Text.Length),
        ArrayValue { Rest: null } list => new IntValue(list.Items.Length),
        ObjectValue { Rest: null } map => new IntValue(map.Members.Length),
        ArrayValue or ObjectValue or PartialString => a.Unknown(),
        _ => a.WrongKind(0, "a string, an array or an object"),
    };

    private static Value Empty(FunctionArguments a) => a[0] switch
    {
        NullValue => new BoolValue(true),
        StringValue text => new BoolValue(text.Text.Length == 0),
        ArrayValue { Items.IsEmpty: true, Rest: { } rest } => a.Unknown(rest),
        ObjectValue { Members.IsEmpty: true, Rest: { } rest } => a.Unknown(rest),
        ArrayValue list => new BoolValue(list.Items.IsEmpty),
        ObjectValue map => new BoolValue(map.Members.IsEmpty),
        PartialString text when TextParts.KnownLength(text) > 0 => new BoolValue(false),
        _ => a.WrongKind(0, "a string, an array, an object or null"),
    };

    private static Value Like(FunctionArguments a)
    {
        if (!a.Text(0, out var text) || !a.Text(1, out var pattern))
        {
            return a.Problem;
        }

        return FunctionLimits.IsCostly(text.Length, pattern.Length) ? TooCostly(a) : new BoolValue(Matches(text, pattern));
    }

    // On a mismatch only the last star needs to take one more character: an earlier one could not do better.
    private static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        var (at, next, star, resume) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (star, resume) = (next++, at);
            }
            else if (next < pattern.Length && text.Slice(at, 1).Equals(pattern.Slice(next, 1), StringComparison.OrdinalIgnoreCase))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].TrimStart('*').IsEmpty;
    }
}
