using System.Globalization;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>Nodes of a policy file as values, and places in them.</summary>
internal static class PolicyYaml
{
    /// <summary>A scalar by YAML's core schema: plain words may be null, truth values and numbers.</summary>
    internal static Value Typed(YamlScalar scalar) => !scalar.IsPlain ? new StringValue(scalar.Value) : scalar.Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => NullValue.Instance,
        "true" or "True" or "TRUE" => new BoolValue(true),
        "false" or "False" or "FALSE" => new BoolValue(false),
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => new IntValue(number),
        var text when IsFloat(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new FloatValue(number, text),
        var text => new StringValue(text),
    };

    /// <summary>A node as data; <c>{ $unknown: why }</c> is a value that is not known.</summary>
    internal static Value ValueOf(YamlNode node) => node switch
    {
        YamlScalar scalar => Typed(scalar) with { Origin = new Origin(scalar.Place) },
        YamlSequence list => new ArrayValue([.. list.Items.Select(ValueOf)]) { Origin = new Origin(list.Place) },
        YamlMapping { Entries: [{ Key.Value: "$unknown", Value: YamlScalar reason }] } map => new UnknownValue(UnknownReason.ExternalInput, "?", reason.Value) { Origin = new Origin(map.Place) },
        YamlMapping map => ObjectValue.From(map.Entries.Select(entry => new Member(entry.Key.Value, ValueOf(entry.Value), entry.Key.Place))) with { Origin = new Origin(map.Place) },
        _ => NullValue.Instance,
    };

    /// <summary>The place of a part of a scalar; of the whole scalar where it is not written as it reads.</summary>
    internal static Place PlaceIn(YamlScalar scalar, int start, int length)
    {
        var span = scalar.Place.Span;
        var raw = scalar.Place.Source.Content.AsSpan(span.Start, span.Length);
        var shift = raw.SequenceEqual(scalar.Value) ? 0 : raw.Length == scalar.Value.Length + 2 && raw[1..^1].SequenceEqual(scalar.Value) ? 1 : -1;
        return shift < 0 ? scalar.Place : new Place(scalar.Place.Source, new TextSpan(span.Start + shift + start, Math.Max(0, Math.Min(length, scalar.Value.Length - start))));
    }

    /// <summary>A node as JSON, for inputs of cases that other readers read.</summary>
    internal static void WriteJson(System.Text.Json.Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key.Value);
                    WriteJson(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case YamlSequence list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteJson(json, item);
                }

                json.WriteEndArray();
                break;
            case YamlScalar scalar:
                WriteScalar(json, Typed(scalar));
                break;
        }
    }

    private static void WriteScalar(System.Text.Json.Utf8JsonWriter json, Value value)
    {
        switch (value)
        {
            case BoolValue known:
                json.WriteBooleanValue(known.IsTrue);
                break;
            case IntValue number:
                json.WriteNumberValue(number.Number);
                break;
            case FloatValue number:
                json.WriteNumberValue(number.Number);
                break;
            case StringValue text:
                json.WriteStringValue(text.Text);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    // "1e5" is a number and "e" is not; a version like 1.0.0 is text.
    private static bool IsFloat(string text) => text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '+' or 'e' or 'E');
}
