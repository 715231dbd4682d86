using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Expressions;

/// <summary>Text functions that both languages have, over values that may be partly known.</summary>
internal static class Texts
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A known scalar as text; booleans as GitHub writes them. Null for what is not a known scalar.</summary>
    internal static string? Print(Value value) => value switch
    {
        StringValue text => text.Text,
        BoolValue flag => flag.IsTrue ? "true" : "false",
        IntValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue number => number.Number.ToString("G15", CultureInfo.InvariantCulture),
        NullValue => "",
        _ => null,
    };

    /// <summary>Whether two texts are equal without case; null when that is not known.</summary>
    internal static bool? AreEqual(Value one, Value other) => (one, other) switch
    {
        (StringValue a, StringValue b) => string.Equals(a.Text, b.Text, StringComparison.OrdinalIgnoreCase),
        (PartialString a, StringValue b) => CanBe(a, b.Text) ? null : false,
        (StringValue a, PartialString b) => CanBe(b, a.Text) ? null : false,
        _ => null,
    };

    /// <summary>Whether a text begins with another; null when that is not known.</summary>
    internal static bool? StartsWith(Value text, Value start) => (text, start) switch
    {
        (StringValue a, StringValue b) => a.Text.StartsWith(b.Text, StringComparison.OrdinalIgnoreCase),
        (PartialString a, StringValue b) when a.KnownStart.Length >= b.Text.Length => a.KnownStart.StartsWith(b.Text, StringComparison.OrdinalIgnoreCase),
        (PartialString a, StringValue b) when !b.Text.StartsWith(a.KnownStart, StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>Whether a text ends with another; null when that is not known.</summary>
    internal static bool? EndsWith(Value text, Value end) => (text, end) switch
    {
        (StringValue a, StringValue b) => a.Text.EndsWith(b.Text, StringComparison.OrdinalIgnoreCase),
        (PartialString a, StringValue b) when a.KnownEnd.Length >= b.Text.Length => a.KnownEnd.EndsWith(b.Text, StringComparison.OrdinalIgnoreCase),
        (PartialString a, StringValue b) when !b.Text.EndsWith(a.KnownEnd, StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>Joins scalars, known or not, to one text.</summary>
    internal static Value Join(string separator, IEnumerable<Value> items, Func<Value, string?> print)
    {
        List<StringPart> parts = [];
        var (secret, first) = (false, true);
        foreach (var item in items)
        {
            if (!first)
            {
                parts.Add(new StringPart(separator));
            }

            first = false;
            parts.AddRange(PartsOf(item, print));
            secret |= item.IsSecret;
        }

        return PartialString.Join(parts) with { IsSecret = secret };
    }

    /// <summary><c>format('{0} {{x}}', …)</c>; null when the format is broken.</summary>
    internal static Value? Format(string format, ImmutableArray<Value> arguments, Func<Value, string?> print)
    {
        List<Value> parts = [];
        var literal = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var current = format[i];
            if (current is '{' or '}' && i + 1 < format.Length && format[i + 1] == current)
            {
                literal.Append(current);
                i++;
            }
            else if (current == '{')
            {
                var end = format.IndexOf('}', i);
                var number = end < 0 ? -1 : int.TryParse(format.AsSpan(i + 1, end - i - 1).ToString().Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
                if (number < 0 || number >= arguments.Length)
                {
                    return null;
                }

                parts.Add(new StringValue(literal.ToString()));
                literal.Clear();
                parts.Add(arguments[number]);
                i = end;
            }
            else if (current == '}')
            {
                return null;
            }
            else
            {
                literal.Append(current);
            }
        }

        parts.Add(new StringValue(literal.ToString()));
        return Join("", parts, print);
    }

    /// <summary>A known value as JSON; null when a part is not known or the value is huge.</summary>
    internal static string? ToJson(Value value) => value.IsFullyKnown && value.Size < 10_000 ? ToNode(value)?.ToJsonString(s_indented) ?? "null" : null;

    /// <summary>The value of a JSON text; null when it is not JSON.</summary>
    internal static Value? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 50 });
            return FromElement(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<StringPart> PartsOf(Value item, Func<Value, string?> print) => item switch
    {
        PartialString text => text.Parts,
        UnknownValue unknown => [new StringPart(unknown)],
        _ => [print(item) is { } printed ? new StringPart(printed) : new StringPart(Unknowns.Error("?", "an object is not text"))],
    };

    // True when the partial text's known ends and pieces may be part of the text.
    private static bool CanBe(PartialString partial, string text)
    {
        var at = 0;
        foreach (var part in partial.Parts)
        {
            if (part.Literal is { } literal)
            {
                var found = text.IndexOf(literal, at, StringComparison.OrdinalIgnoreCase);
                if (found < 0)
                {
                    return false;
                }

                at = found + literal.Length;
            }
        }

        return text.StartsWith(partial.KnownStart, StringComparison.OrdinalIgnoreCase) && text.EndsWith(partial.KnownEnd, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonNode? ToNode(Value value) => value switch
    {
        StringValue text => JsonValue.Create(text.Text),
        BoolValue flag => JsonValue.Create(flag.IsTrue),
        IntValue number => JsonValue.Create(number.Number),
        FloatValue number when double.IsFinite(number.Number) => JsonValue.Create(number.Number),
        ArrayValue array => new JsonArray([.. array.Items.Select(ToNode)]),
        ObjectValue map => new JsonObject(map.Members.DistinctBy(member => member.Name).Select(member => KeyValuePair.Create(member.Name, ToNode(member.Value)))),
        _ => null,
    };

    private static Value FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ObjectValue.From(element.EnumerateObject().Select(property => new Member(property.Name, FromElement(property.Value)))),
        JsonValueKind.Array => new ArrayValue([.. element.EnumerateArray().Select(FromElement)]),
        JsonValueKind.String => new StringValue(element.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new BoolValue(element.GetBoolean()),
        JsonValueKind.Number => Numbers.Parse(element.GetRawText()) ?? new FloatValue(double.NaN, element.GetRawText()),
        _ => NullValue.Instance,
    };
}
