using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions that turn one kind of value into another.</summary>
internal static class ConversionFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("string", 1, 1, ValueShape.Text, ToText),
        Strict("int", 1, 1, ValueShape.Number, ToInt),
        Strict("float", 1, 1, ValueShape.Any, ToFloat),
        Strict("bool", 1, 1, ValueShape.Truth, ToBool),
        Strict("json", 1, 1, ValueShape.Any, a => a.Text(0, out var text) ? FromJson(a, text) : a.Problem),
    ];

    /// <summary>The value that a text spells in JSON.</summary>
    internal static Value FromJson(FunctionArguments a, string text) => LenientJson.TryParse(text, out var value, out var problem)
        ? value
        : a.Fail($"the text given to {a.Name} is not JSON: {problem}");

    private static Value ToText(FunctionArguments a)
    {
        switch (a[0])
        {
            case StringValue or PartialString or UnknownValue { Shape: ValueShape.Text or ValueShape.IdSegment }:
                return a[0];
            case UnknownValue unknown:
                return a.Unknown(unknown);
            case NullValue:
                return TextOfNull();
            case ArrayValue or ObjectValue:
                return JsonWriter.Write(a[0], '"').ToValue(a);
            default:
                return PartialString.Join(TextParts.Of(a[0]) ?? []);
        }
    }

    // Uncertain: Azure's answer for string(null()) is not documented.
    private static StringValue TextOfNull() => new("");

    private static Value ToInt(FunctionArguments a)
    {
        switch (a[0])
        {
            case IntValue:
                return a[0];
            case FloatValue number when ValueEquality.IntEqualsFloat((long)number.Number, number.Number):
                return new IntValue((long)number.Number);
            case StringValue text when long.TryParse(text.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number):
                return new IntValue(number);
            case StringValue or FloatValue:
                return a.Fail($"{a.Show(a[0])} is not a whole number of 64 bits");
            default:
                return a.WrongKind(0, "an int or a string");
        }
    }

    private static Value ToFloat(FunctionArguments a)
    {
        switch (a[0])
        {
            case FloatValue:
                return a[0];
            case IntValue number:
                return new FloatValue(number.Number, number.Number.ToString(CultureInfo.InvariantCulture));
            case StringValue { Text: var text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number):
                return new FloatValue(number, LenientJson.IsNumber(text) ? text : number.ToString("R", CultureInfo.InvariantCulture));
            case StringValue:
                return a.Fail($"{a.Show(a[0])} is not a number");
            default:
                return a.WrongKind(0, "an int or a string");
        }
    }

    private static Value ToBool(FunctionArguments a)
    {
        var truth = a[0] switch
        {
            BoolValue known => known.IsTrue,
            IntValue { Number: 0 } => false,
            IntValue { Number: 1 } => true,
            StringValue text => text.Text.Trim() switch
            {
                "1" => true,
                "0" => false,
                var word => bool.TryParse(word, out var parsed) ? parsed : null,
            },
            _ => (bool?)null,
        };

        return truth is { } answer ? new BoolValue(answer)
            : a[0] is IntValue or StringValue ? a.Fail($"{a.Show(a[0])} is neither true nor false")
            : a.WrongKind(0, "a bool, an int or a string");
    }
}
