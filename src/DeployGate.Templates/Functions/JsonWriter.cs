using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>Writes values as compact JSON, as <c>string()</c> does; with single quotes, as <c>format()</c> does.</summary>
internal static class JsonWriter
{
    /// <summary>The text of a value; its unknown parts become holes.</summary>
    internal static TextBuilder Write(Value value, char quote)
    {
        var text = new TextBuilder();
        Write(text, value, quote);
        return text;
    }

    /// <summary>Adds the text of a value.</summary>
    internal static void Write(TextBuilder text, Value value, char quote) => Write(text, value, quote, 0);

    private static void Write(TextBuilder text, Value value, char quote, int level)
    {
        switch (value)
        {
            case BoolValue truth:
                text.Add(truth.IsTrue ? "true" : "false");
                break;
            case IntValue number:
                text.Add(number.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case FloatValue number:
                text.Add(number.Lexeme);
                break;
            case StringValue known:
                WriteText(text, known.Text, quote);
                break;
            case PartialString partial:
                WriteParts(text, partial, quote);
                break;
            case ArrayValue { Rest: null } list when level < FunctionLimits.Depth:
                WriteItems(text, list, quote, level);
                break;
            case ObjectValue { Rest: null } map when level < FunctionLimits.Depth:
                WriteMembers(text, map, quote, level);
                break;
            case NullValue:
                text.Add("null");
                break;
            default:
                text.Add(Hole(value));
                break;
        }
    }

    private static void WriteItems(TextBuilder text, ArrayValue list, char quote, int level)
    {
        text.Add('[', 1);
        for (var i = 0; i < list.Items.Length && !text.IsTooLong; i++)
        {
            text.Add(',', i == 0 ? 0 : 1);
            Write(text, list.Items[i], quote, level + 1);
        }

        text.Add(']', 1);
    }

    private static void WriteMembers(TextBuilder text, ObjectValue map, char quote, int level)
    {
        text.Add('{', 1);
        for (var i = 0; i < map.Members.Length && !text.IsTooLong; i++)
        {
            text.Add(',', i == 0 ? 0 : 1);
            WriteText(text, map.Members[i].Name, quote);
            text.Add(':', 1);
            Write(text, map.Members[i].Value, quote, level + 1);
        }

        text.Add('}', 1);
    }

    // The quotes and escapes of an unknown string are unknown as well, so the hole stands for its JSON text.
    private static UnknownValue Hole(Value value)
    {
        var cause = Values.FirstUnknown(value)
            ?? new UnknownValue(UnknownReason.EvaluationError, "…", $"the value nests deeper than {FunctionLimits.Depth} levels");
        return Unknowns.From(cause, Residual.Call("string", [value]), ValueShape.Text) with { IsSecret = Values.HasSecret(value) };
    }

    // What is not known of a string that is known in part stands for itself, escaped if need be.
    private static void WriteParts(TextBuilder text, PartialString partial, char quote)
    {
        text.Add(quote, 1);
        foreach (var part in partial.Parts)
        {
            if (part.Hole is { } hole)
            {
                text.Add(hole with { IsSecret = hole.IsSecret || partial.IsSecret });
            }
            else
            {
                WriteEscaped(text, part.Literal!, quote);
            }
        }

        text.Add(quote, 1);
    }

    // Azure writes with Newtonsoft.Json: '/' and non-ASCII stay, but the line ends of JavaScript are escaped.
    private static void WriteText(TextBuilder text, string value, char quote)
    {
        text.Add(quote, 1);
        WriteEscaped(text, value, quote);
        text.Add(quote, 1);
    }

    private static void WriteEscaped(TextBuilder text, string value, char quote)
    {
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (Escape(value[i], quote) is not { } escape)
            {
                continue;
            }

            text.Add(value.AsSpan(start, i - start));
            text.Add(escape);
            start = i + 1;
        }

        text.Add(value.AsSpan(start));
    }

    private static string? Escape(char c, char quote) => c switch
    {
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '"' when quote == '"' => "\\\"",
        '\'' when quote == '\'' => "\\'",
        < ' ' or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
        _ => null,
    };
}
