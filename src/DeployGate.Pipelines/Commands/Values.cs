using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>Makes and cuts the values that scripts compute with.</summary>
internal static class Values
{
    // More than any id or script that people write; doubling a text again and again must end.
    private const int LongestText = 1_000_000;

    internal static StringValue Empty { get; } = new("");

    /// <summary>A text that nobody wrote: it follows from what stands at a place.</summary>
    internal static Value Implied(string text, Place place) => new StringValue(text) { Origin = new Origin(place) { IsImplied = true } };

    internal static Value Text(string text, LazyPlace place = default) => new StringValue(text) { WrittenAt = place };

    /// <summary>A value that only the run will show; its expression tells it from others.</summary>
    internal static UnknownValue Unknown(string expression, string detail, UnknownReason reason = UnknownReason.RuntimeFunction) => new(reason, expression, detail);

    /// <summary>The value's text from an offset in its known start.</summary>
    internal static Value After(Value value, int offset) => value switch
    {
        StringValue text => new StringValue(text.Text[Math.Min(offset, text.Text.Length)..]) { Origin = text.Origin },
        PartialString partial => Whole(PartialString.Join([new StringPart(partial.KnownStart[Math.Min(offset, partial.KnownStart.Length)..]), .. partial.Parts.Skip(1)]), partial.Origin),
        _ => value,
    };

    /// <summary>Texts side by side; the place of what is not one single value is <paramref name="place"/>.</summary>
    internal static Value Concat(IReadOnlyList<Value> parts, LazyPlace place)
    {
        if (parts.Count == 1)
        {
            return parts[0].WrittenAt.IsNone && !place.IsNone ? parts[0] with { WrittenAt = place } : parts[0];
        }

        List<StringPart> pieces = [];
        foreach (var part in parts)
        {
            Append(pieces, part);
        }

        if (pieces.Sum(piece => (long)(piece.Literal?.Length ?? 1)) > LongestText)
        {
            return Unknown("text", "the text is too long to be followed", UnknownReason.Limit);
        }

        var joined = Whole(PartialString.Join(pieces), null);
        joined = place.IsNone ? joined : joined with { WrittenAt = place };
        return parts.Any(part => part.IsSecret) ? joined.AsSecret() : joined;
    }

    /// <summary>The value as text: objects and lists have none that is known.</summary>
    internal static void Append(List<StringPart> pieces, Value value)
    {
        switch (value)
        {
            case StringValue text:
                pieces.Add(new StringPart(text.Text));
                break;
            case PartialString partial:
                pieces.AddRange(partial.Parts);
                break;
            case UnknownValue unknown:
                pieces.Add(new StringPart(unknown with { Alternatives = [] }));
                break;
            case NullValue:
                break;
            case IntValue number:
                pieces.Add(new StringPart(number.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                break;
            case BoolValue truth:
                pieces.Add(new StringPart(truth.IsTrue ? "True" : "False"));
                break;
            case ArrayValue { Rest: null } list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    pieces.Add(new StringPart(i == 0 ? "" : " "));
                    Append(pieces, list.Items[i]);
                }

                break;
            default:
                pieces.Add(new StringPart(Unknown("object", "it is an object and not a text", UnknownReason.Unsupported)));
                break;
        }
    }

    /// <summary>The pattern of a text with holes in braces; null for what is no text.</summary>
    internal static string? Pattern(Value? value) => value switch
    {
        StringValue text => text.Text,
        PartialString partial => partial.Pattern,
        UnknownValue unknown => $"{{{unknown.Expression}}}",
        IntValue number => number.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        BoolValue truth => truth.IsTrue ? "True" : "False",
        _ => null,
    };

    /// <summary>Cuts a text at each of some characters; null when nothing of it is known.</summary>
    internal static ImmutableArray<Value>? Split(Value value, params ReadOnlySpan<char> separators)
    {
        if (value is not (StringValue or PartialString))
        {
            return null;
        }

        var all = ImmutableArray.CreateBuilder<Value>();
        List<StringPart> current = [];
        IEnumerable<StringPart> parts = value is PartialString partial ? partial.Parts : [new StringPart(((StringValue)value).Text)];
        foreach (var part in parts)
        {
            if (part.Literal is not { } literal)
            {
                current.Add(part);
                continue;
            }

            var start = 0;
            for (var i = 0; i <= literal.Length; i++)
            {
                if (i == literal.Length || separators.Contains(literal[i]))
                {
                    current.Add(new StringPart(literal[start..i]));
                    start = i + 1;
                    if (i < literal.Length)
                    {
                        all.Add(Whole(PartialString.Join(current), value.Origin));
                        current = [];
                    }
                }
            }
        }

        all.Add(Whole(PartialString.Join(current), value.Origin));
        return all.ToImmutable();
    }

    // A lone hole is the unknown itself.
    private static Value Whole(Value joined, Origin? origin) => (joined is PartialString { Parts: [{ Hole: { } only }] } ? only : joined).At(origin);
}
