using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>What can be said of strings of which only some parts are known.</summary>
internal static class TextParts
{
    /// <summary>
    /// The parts of a value as it appears in a longer text: <c>True</c> for true, a hole for what is unknown. Null for
    /// null, arrays and objects, and for what is known to be one of the latter.
    /// </summary>
    internal static ImmutableArray<StringPart>? Of(Value value) => value switch
    {
        StringValue text => [new StringPart(text.Text)],
        PartialString holed => holed.Parts,
        IntValue number => [new StringPart(number.Number.ToString(CultureInfo.InvariantCulture))],
        FloatValue number => [new StringPart(number.Lexeme)],
        BoolValue truth => [new StringPart(truth.IsTrue ? "True" : "False")],
        UnknownValue { Shape: ValueShape.List or ValueShape.Map } => null,
        UnknownValue unknown => [new StringPart(unknown)],
        _ => null,
    };

    /// <summary>How many code units are known; the text is at least that long.</summary>
    internal static int KnownLength(PartialString text)
    {
        long length = 0;
        foreach (var part in text.Parts)
        {
            length += part.Literal?.Length ?? 0;
        }

        return (int)Math.Min(length, int.MaxValue);
    }

    /// <summary>The known text before the first hole; all of it when the string is known; empty for anything else.</summary>
    internal static string Start(Value value) => value switch
    {
        StringValue text => text.Text,
        PartialString holed => holed.KnownStart,
        _ => "",
    };

    /// <summary>The known text after the last hole; all of it when the string is known; empty for anything else.</summary>
    internal static string End(Value value) => value switch
    {
        StringValue text => text.Text,
        PartialString holed => holed.KnownEnd,
        _ => "",
    };

    /// <summary>True when the known text has the character.</summary>
    internal static bool HasKnown(Value value, char sought) => value switch
    {
        StringValue text => text.Text.Contains(sought, StringComparison.Ordinal),
        PartialString holed => holed.Parts.Any(part => part.Literal?.Contains(sought, StringComparison.Ordinal) == true),
        _ => false,
    };

    /// <summary>True when no hole can hold a slash.</summary>
    internal static bool HasSegmentsOnly(PartialString text) =>
        text.Parts.All(part => part.Hole is null or { Shape: ValueShape.IdSegment or ValueShape.Number or ValueShape.Truth });

    /// <summary>False when what is known of two strings already shows that they differ.</summary>
    internal static bool MayBeEqual(Value a, Value b)
    {
        var (startA, startB, endA, endB) = (Start(a), Start(b), End(a), End(b));
        var (start, end) = (Math.Min(startA.Length, startB.Length), Math.Min(endA.Length, endB.Length));
        if (!startA.AsSpan(0, start).SequenceEqual(startB.AsSpan(0, start))
            || !endA.AsSpan(endA.Length - end).SequenceEqual(endB.AsSpan(endB.Length - end)))
        {
            return false;
        }

        return (a, b) switch
        {
            (PartialString pattern, StringValue text) => Fits(pattern, text.Text),
            (StringValue text, PartialString pattern) => Fits(pattern, text.Text),
            (PartialString x, PartialString y) => !HasSegmentsOnly(x) || !HasSegmentsOnly(y) || Slashes(x) == Slashes(y),
            _ => true,
        };
    }

    // Longer search texts are not worth comparing at every overlap.
    private const int OverlapLength = 1024;

    /// <summary>
    /// True when an occurrence of <paramref name="sought"/> could lie partly in a hole and partly in known text, or reach
    /// from one known part over an empty hole into the next.
    /// </summary>
    internal static bool CanStraddle(PartialString text, string sought)
    {
        if (sought.Length < 2)
        {
            return false;
        }

        if (sought.Length > OverlapLength)
        {
            return true;
        }

        for (var i = 0; i < text.Parts.Length; i++)
        {
            var literal = text.Parts[i].Literal;
            if (literal is null)
            {
                // Two holes side by side can share an occurrence between them.
                if (i + 1 < text.Parts.Length && text.Parts[i + 1].Literal is null)
                {
                    return true;
                }

                continue;
            }

            var (hasBefore, hasAfter) = (i > 0, i + 1 < text.Parts.Length);
            if ((hasAfter && EndsInside(literal, sought)) || (hasBefore && BeginsInside(literal, sought))
                || (hasBefore && hasAfter && sought.Contains(literal, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    // The literals must occur in order, the first at the start and the last at the end; and where no hole can hold a slash,
    // there must be as many slashes.
    private static bool Fits(PartialString pattern, string text)
    {
        if (KnownLength(pattern) > text.Length)
        {
            return false;
        }

        var (at, end) = (pattern.KnownStart.Length, text.Length - pattern.KnownEnd.Length);
        for (var i = 1; i < pattern.Parts.Length - 1; i++)
        {
            if (pattern.Parts[i].Literal is not { } literal || FunctionLimits.IsCostly(text.Length, literal.Length))
            {
                continue;
            }

            var found = at <= end ? text.AsSpan(at, end - at).IndexOf(literal, StringComparison.Ordinal) : -1;
            if (found < 0)
            {
                return false;
            }

            at += found + literal.Length;
        }

        return !HasSegmentsOnly(pattern) || Slashes(pattern) == text.AsSpan().Count('/');
    }

    private static int Slashes(PartialString text) => text.Parts.Sum(part => part.Literal.AsSpan().Count('/'));

    private static bool EndsInside(string literal, string sought)
    {
        for (var length = Math.Min(literal.Length, sought.Length - 1); length > 0; length--)
        {
            if (literal.AsSpan(literal.Length - length).SequenceEqual(sought.AsSpan(0, length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool BeginsInside(string literal, string sought)
    {
        for (var length = Math.Min(literal.Length, sought.Length - 1); length > 0; length--)
        {
            if (literal.AsSpan(0, length).SequenceEqual(sought.AsSpan(sought.Length - length)))
            {
                return true;
            }
        }

        return false;
    }
}
