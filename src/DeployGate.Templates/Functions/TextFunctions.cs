using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions that put strings together and change them.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string"/>
internal static class TextFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("concat", 0, Any, ValueShape.Any, Concat),
        Structural("format", 1, Any, ValueShape.Text, CompositeFormat.Format),
        Structural("join", 2, 2, ValueShape.Text, Join),
        Strict("padLeft", 2, 3, ValueShape.Text, PadLeft),
        Structural("toLower", 1, 1, ValueShape.Text, a => ChangeCase(a, text => text.ToLowerInvariant())),
        Structural("toUpper", 1, 1, ValueShape.Text, a => ChangeCase(a, text => text.ToUpperInvariant())),
        Strict("trim", 1, 1, ValueShape.Text, a => a.Text(0, out var text) ? new StringValue(text.Trim()) : a.Problem),
        Structural("substring", 1, 3, ValueShape.Text, Substring),
    ];

    private static Value Concat(FunctionArguments a)
    {
        if (a.All.Any(value => Values.ShapeOf(value) == ValueShape.List))
        {
            return ConcatArrays(a);
        }

        // Of unknown values alone it cannot even be told whether they are arrays or strings.
        if (a.Count > 0 && a.All.All(value => value is UnknownValue { Shape: ValueShape.Any }))
        {
            return a.Unknown();
        }

        var text = new TextBuilder();
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i] is StringValue known)
            {
                text.Add(known.Text);
            }
            else if (TextParts.Of(a[i]) is { } parts)
            {
                text.Add(parts);
            }
            else
            {
                return a.Fail($"argument {i + 1} of {a.Name} must be a string, an int or a bool, not {Values.Kind(a[i])}");
            }
        }

        return text.ToValue(a);
    }

    private static Value ConcatArrays(FunctionArguments a)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        UnknownValue? rest = null;
        for (var i = 0; i < a.Count; i++)
        {
            switch (a[i])
            {
                case ArrayValue list when items.Count + list.Items.Length <= FunctionLimits.Items:
                    items.AddRange(list.Items);
                    rest ??= list.Rest;
                    break;
                case ArrayValue:
                    return a.Fail($"the result of {a.Name} has more than {FunctionLimits.Items} items");
                case UnknownValue { Shape: ValueShape.Any or ValueShape.List } unknown:
                    rest ??= unknown;
                    break;
                default:
                    return a.Fail($"{a.Name} joins arrays with arrays only, but argument {i + 1} is {Values.Kind(a[i])}");
            }
        }

        return new ArrayValue(items.ToImmutable(), rest);
    }

    private static Value Join(FunctionArguments a)
    {
        if (a[0] is not ArrayValue { Rest: null } list)
        {
            return a[0] is ArrayValue { Rest: { } rest } ? a.Unknown(rest) : a.WrongKind(0, "an array");
        }

        if (a[1] is IntValue or BoolValue or FloatValue || TextParts.Of(a[1]) is not { } delimiter)
        {
            return a.WrongKind(1, "a string");
        }

        var text = new TextBuilder();
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (TextParts.Of(list.Items[i]) is not { } parts)
            {
                return a.Fail($"{a.Name} joins strings, ints and bools, but item {i} is {Values.Kind(list.Items[i])}");
            }

            text.Add(i == 0 ? [] : delimiter);
            text.Add(parts);
            if (text.IsTooLong)
            {
                break;
            }
        }

        return text.ToValue(a);
    }

    private static Value PadLeft(FunctionArguments a)
    {
        if (a[0] is not (StringValue or IntValue) || TextParts.Of(a[0]) is not [{ Literal: { } text }])
        {
            return a.WrongKind(0, "a string or an int");
        }

        var pad = " ";
        if (!a.Int(1, out var length) || (a.Count > 2 && !a.Text(2, out pad)))
        {
            return a.Problem;
        }

        if (pad.Length != 1)
        {
            return a.Fail($"{a.Name} pads with exactly one character, not with {a.Show(pad)}");
        }

        return length is < 0 or > FunctionLimits.TextLength
            ? a.Fail($"{a.Name} cannot make a string of {a.Show(a[1])} characters")
            : new StringValue(text.PadLeft((int)length, pad[0]));
    }

    private static Value ChangeCase(FunctionArguments a, Func<string, string> change)
    {
        switch (a[0])
        {
            case StringValue text:
                return new StringValue(change(text.Text));
            case PartialString holed:
                return PartialString.Join(holed.Parts.Select(part => part.Literal is { } literal
                    ? new StringPart(change(literal))
                    : new StringPart(Unknowns.From(part.Hole!, Residual.Call(a.Name, [part.Hole!]), part.Hole!.Shape))));
            case UnknownValue { Shape: ValueShape.IdSegment } segment:
                return a.Unknown(segment, ValueShape.IdSegment);
            default:
                return a.WrongKind(0, "a string");
        }
    }

    private static Value Substring(FunctionArguments a)
    {
        if (a.Count == 1)
        {
            return a.Text(0, out _) ? a[0] : a.Problem;
        }

        long length = -1;
        if (a[0] is not (StringValue or PartialString))
        {
            return a.WrongKind(0, "a string");
        }

        if (!a.Int(1, out var start) || (a.Count > 2 && !a.Int(2, out length)))
        {
            return a.Problem;
        }

        var isOpenEnded = a.Count == 2;
        var known = TextParts.Start(a[0]);
        if (start < 0 || (!isOpenEnded && length < 0))
        {
            return a.Fail($"{a.Name} needs a start and a length of at least 0");
        }

        if (start <= known.Length && (isOpenEnded || length <= known.Length - start))
        {
            return isOpenEnded ? SkipKnown(a[0], (int)start) : new StringValue(known.Substring((int)start, (int)length));
        }

        return a[0] is PartialString
            ? a.Unknown()
            : a.Fail($"{a.Name} reaches beyond the end of the string, which has {a.Show(new IntValue(known.Length))} characters");
    }

    /// <summary>A string without its first characters, all of which are known.</summary>
    internal static Value SkipKnown(Value text, int count) => text is PartialString holed
        ? PartialString.Join([new StringPart(holed.KnownStart[count..]), .. holed.Parts.SkipWhile(part => part.Literal is not null)])
        : new StringValue(TextParts.Start(text)[count..]);
}
