using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// The <c>format</c> function: .NET's composite formatting, written anew because .NET's would follow <c>{0,2000000000}</c>
/// or <c>{0:D999999999}</c> until memory ends, and because arguments may be partly known.
/// </summary>
/// <seealso href="https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting"/>
internal static class CompositeFormat
{
    /// <summary>One <c>{index,width:specifier}</c>.</summary>
    private readonly record struct Item(int Index, int Width, string Specifier)
    {
        internal bool IsPlain => Width == 0 && Specifier.Length == 0;

        internal string Text => (Width, Specifier) switch
        {
            (0, "") => "{0}",
            (0, _) => $"{{0:{Specifier}}}",
            (_, "") => $"{{0,{Width}}}",
            _ => $"{{0,{Width}:{Specifier}}}",
        };
    }

    internal static Value Format(FunctionArguments a)
    {
        if (!a.Text(0, out var format))
        {
            return a.Problem;
        }

        var text = new TextBuilder();
        for (var at = 0; at < format.Length && !text.IsTooLong;)
        {
            var brace = format.AsSpan(at).IndexOfAny('{', '}');
            if (brace < 0)
            {
                text.Add(format.AsSpan(at));
                break;
            }

            text.Add(format.AsSpan(at, brace));
            at += brace;
            if (at + 1 < format.Length && format[at + 1] == format[at])
            {
                text.Add(format[at], 1);
                at += 2;
            }
            else if (Read(format, ref at) is not { } item)
            {
                return a.Fail($"{a.Name} cannot read the braces in {a.Show(format)}");
            }
            else if (Add(a, text, item) is { } error)
            {
                return error;
            }
        }

        return text.ToValue(a);
    }

    // Null when what begins at the brace is not a format item; otherwise moves behind it.
    private static Item? Read(string format, ref int at)
    {
        var end = format.AsSpan(at).IndexOf('}');
        if (format[at] != '{' || end < 0)
        {
            return null;
        }

        var inner = format.AsSpan(at + 1, end - 1);
        at += end + 1;
        var colon = inner.IndexOf(':');
        var specifier = colon < 0 ? "" : inner[(colon + 1)..].ToString();
        var head = colon < 0 ? inner : inner[..colon];
        var comma = head.IndexOf(',');
        var width = 0;
        if (specifier.Contains('{', StringComparison.Ordinal)
            || !TryNumber((comma < 0 ? head : head[..comma]).TrimEnd(' '), out var index)
            || (comma >= 0 && !TryWidth(head[(comma + 1)..].Trim(' '), out width)))
        {
            return null;
        }

        return new Item(index, width, specifier);
    }

    private static bool TryWidth(ReadOnlySpan<char> text, out int width)
    {
        var isLeft = text.StartsWith("-");
        var isNumber = TryNumber(isLeft ? text[1..] : text, out width);
        width = isLeft ? -width : width;
        return isNumber;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // Null when all went well.
    private static Value? Add(FunctionArguments a, TextBuilder text, Item item)
    {
        if (item.Index >= a.Count - 1)
        {
            return a.Fail($"{a.Name} has no argument for {{{item.Index}}}");
        }

        var value = a[item.Index + 1];
        switch (value)
        {
            case UnknownValue unknown:
                text.Add(item.IsPlain && TextParts.Of(unknown) is not null ? unknown : Hole(a, unknown, item));
                return null;
            case PartialString holed when item.Width == 0 || TextParts.KnownLength(holed) >= Math.Abs(item.Width):
                text.Add(holed.Parts);
                return null;
            case PartialString:
                text.Add(Hole(a, value, item));
                return null;
            case ArrayValue or ObjectValue when Values.FirstUnknown(value) is not null && item.Width != 0:
                text.Add(Hole(a, value, item));
                return null;
            case ArrayValue or ObjectValue when item.Width == 0:
                JsonWriter.Write(text, value, '\'');
                return null;
            default:
                return Known(item, value) is not { } known
                    ? a.Fail($"{a.Name} cannot write {Values.Kind(value)} as {a.Show(item.Text)}")
                    : Pad(text, known, item.Width);
        }
    }

    // What is written in the braces of a secret format is as secret as the rest of it.
    private static UnknownValue Hole(FunctionArguments a, Value value, Item item)
    {
        var written = Values.HasSecret(a[0]) ? "{0}" : item.Text;
        var expression = Residual.Call(a.Name, [new StringValue(written), value]);
        return Unknowns.From(Values.FirstUnknown(value)!, expression, ValueShape.Text) with { IsSecret = Values.HasSecret(value) };
    }

    private static Value? Pad(TextBuilder text, string known, int width)
    {
        var missing = Math.Max(0, Math.Abs((long)width) - known.Length);
        var count = (int)Math.Min(missing, int.MaxValue);
        text.Add(' ', width > 0 ? count : 0);
        text.Add(known);
        text.Add(' ', width < 0 ? count : 0);
        return null;
    }

    // Null when the specifier does not fit.
    private static string? Known(Item item, Value value) => value switch
    {
        NullValue => "",
        BoolValue truth => truth.IsTrue ? "True" : "False",
        StringValue text => text.Text,
        FloatValue number when item.Specifier.Length == 0 => number.Lexeme,
        FloatValue number => Number(item.Specifier, number.Number),
        IntValue number => Number(item.Specifier, number.Number),
        _ when JsonWriter.Write(value, '\'') is { IsTooLong: false } json => (json.ToValue() as StringValue)?.Text,
        _ => null,
    };

    private static string? Number(string specifier, IFormattable number)
    {
        // A letter and digits is a standard specifier; .NET takes the digits as a length to make.
        if (specifier.Length > 1 && char.IsAsciiLetter(specifier[0])
            && long.TryParse(specifier.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
            && digits > FunctionLimits.FormatDigits)
        {
            return null;
        }

        try
        {
            return number.ToString(specifier, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
