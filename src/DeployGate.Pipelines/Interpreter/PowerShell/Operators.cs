using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter.PowerShell;

/// <summary>The operators between two values, as far as both are known.</summary>
internal static class Operators
{
    private static readonly System.Buffers.SearchValues<char> s_patternSigns = System.Buffers.SearchValues.Create("\\.^$|?*+()[]{}#");

    internal static Value Truth(bool? truth, Core.Text.Place place) =>
        truth is { } known ? new BoolValue(known) : Values.Unknown($"condition ({place.Start.Line}:{place.Start.Column})", "it depends on a value that is not known", UnknownReason.ExternalInput);

    internal static bool? AreEqual(Value left, Value right, bool isCaseSensitive = false) => (left, right) switch
    {
        (StringValue one, StringValue other) when isCaseSensitive => string.Equals(one.Text, other.Text, StringComparison.Ordinal),

        // Which of the two becomes the other's kind depends on the side it stands on.
        (StringValue, BoolValue) or (BoolValue, StringValue) when isCaseSensitive => null,
        (NullValue, NullValue) => true,
        (NullValue, StringValue or PartialString or BoolValue or IntValue) or (StringValue or PartialString or BoolValue or IntValue, NullValue) => false,
        (StringValue or IntValue or BoolValue, StringValue or IntValue or BoolValue) => string.Equals(Values.Pattern(left), Values.Pattern(right), StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    internal static Value Apply(string sign, Value left, Value right, Func<Value, bool?> truth, Core.Text.Place place)
    {
        switch (sign)
        {
            case "+" when left is ArrayValue list:
                return new ArrayValue([.. list.Items, .. right is ArrayValue more ? more.Items : [right]], list.Rest);
            case "+" when left is IntValue a && right is IntValue b:
                return new IntValue(unchecked(a.Number + b.Number));
            case "+" when left is NullValue:
                return right;
            case "+":
                return Values.Concat([left, right], place);
            case "-eq" or "-ieq" or "-ceq":
                return Truth(AreEqual(left, right, sign == "-ceq"), place);
            case "-ne" or "-ine" or "-cne":
                return Truth(!AreEqual(left, right, sign == "-cne"), place);
            case "-and":
                return Truth(truth(left) == false || truth(right) == false ? false : truth(left) == true && truth(right) == true ? true : null, place);
            case "-or":
                return Truth(truth(left) == true || truth(right) == true ? true : truth(left) == false && truth(right) == false ? false : null, place);
            case "-replace" or "-ireplace" when Replace(left, right, StringComparison.OrdinalIgnoreCase, place) is { } replaced:
                return replaced;
            case "-creplace" when Replace(left, right, StringComparison.Ordinal, place) is { } replaced:
                return replaced;
            case "-f" when left is StringValue { Text: var format }:
                return Format(format, right is ArrayValue items ? items.Items : [right], place);
            case ".." when left is IntValue { Number: var from } && right is IntValue { Number: var to } && Math.Abs(to - from) < 64:
                return new ArrayValue([.. Enumerable.Range(0, (int)Math.Abs(to - from) + 1).Select(Value (i) => new IntValue(from + (to < from ? -i : i)))]);
            case "-split" when right is StringValue { Text: [var at] } && Values.Split(left, at) is { } parts:
                return new ArrayValue(parts);
            case "-join" when right is StringValue && left is ArrayValue { Rest: null } joined:
                return Values.Concat(joined.Items.IsEmpty ? [Values.Empty] : [.. joined.Items.SelectMany((one, i) => i == 0 ? new[] { one } : [right, one])], place);
            case "??":
                return left is NullValue ? right : left;
            default:
                return Values.Unknown($"{Values.Pattern(left)} {sign} {Values.Pattern(right)}", "it is not computed", UnknownReason.Unsupported);
        }
    }

    // "{0}" in any order and number; "{{" is a brace. A width or a form ("{0:D2}") is not read.
    private static Value Format(string format, ImmutableArray<Value> items, Core.Text.Place place)
    {
        List<Value> parts = [];
        for (var i = 0; i < format.Length;)
        {
            var brace = format.AsSpan(i).IndexOfAny('{', '}');
            parts.Add(Values.Text(brace < 0 ? format[i..] : format.Substring(i, brace)));
            i = brace < 0 ? format.Length : i + brace;
            if (i == format.Length)
            {
                break;
            }

            if (i + 1 < format.Length && format[i + 1] == format[i])
            {
                parts.Add(Values.Text(format[i].ToString()));
                i += 2;
                continue;
            }

            var close = format.IndexOf('}', i);
            if (format[i] == '}' || close < 0 || !int.TryParse(format.AsSpan(i + 1, close - i - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at) || at >= items.Length)
            {
                return Values.Unknown($"'{format}' -f", "the format is not read", UnknownReason.Unsupported);
            }

            parts.Add(items[at]);
            i = close + 1;
        }

        return parts.Count == 0 ? Values.Text("", place) : Values.Concat(parts, place);
    }

    // A pattern without signs of a regular expression is a text; case does not matter to it.
    private static Value? Replace(Value left, Value right, StringComparison comparison, Core.Text.Place place)
    {
        var (pattern, with) = right switch
        {
            StringValue only => (only.Text, ""),
            ArrayValue { Rest: null, Items: [StringValue one, StringValue other] } => (one.Text, other.Text),
            _ => (null, ""),
        };
        if (left is not StringValue { Text: var text } || string.IsNullOrEmpty(pattern) || with.Contains('$', StringComparison.Ordinal))
        {
            return null;
        }

        var plain = pattern.Replace("\\.", ".", StringComparison.Ordinal);
        return pattern.Replace("\\.", "", StringComparison.Ordinal).AsSpan().ContainsAny(s_patternSigns) ? null : Values.Text(text.Replace(plain, with, comparison), place);
    }
}
