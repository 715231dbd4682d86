using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Writes what is left of an expression when its known parts are put in: <c>uniqueString(resourceGroup().id)</c>. The text is
/// for people, so it is cut, and secrets are <c>***</c>.
/// </summary>
internal static class Residual
{
    private const int NameLength = 64;
    private const int ArgumentLength = 100;
    private const int CallLength = 300;
    private const string Hidden = "***";

    /// <summary>A call.</summary>
    internal static string Call(string name, ImmutableArray<Value> arguments)
    {
        var text = new StringBuilder(Name(name)).Append('(');
        for (var i = 0; i < arguments.Length; i++)
        {
            if (text.Length > CallLength)
            {
                text.Append('…');
                break;
            }

            text.Append(i == 0 ? "" : ", ").Append(Show(arguments[i]));
        }

        return text.Append(')').ToString();
    }

    /// <summary>A function's name: templates may call what does not exist, at any length.</summary>
    internal static string Name(string name) => Cut(name, NameLength);

    /// <summary>One value: strings in single quotes with their unknown parts in braces, containers without their content.</summary>
    internal static string Show(Value value) => value switch
    {
        // An unknown value's expression is never secret, even where the value will be.
        UnknownValue unknown => Cut(unknown.Expression, ArgumentLength),
        _ when Values.HasSecret(value) => Hidden,
        StringValue text => $"'{Cut(text.Text, ArgumentLength)}'",
        PartialString holed => $"'{Cut(Pattern(holed), ArgumentLength)}'",
        IntValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue number => Cut(number.Lexeme, ArgumentLength),
        BoolValue truth => truth.IsTrue ? "true" : "false",
        ArrayValue list => list.Items.IsEmpty && list.Rest is null ? "[]" : "[…]",
        ObjectValue map => map.Members.IsEmpty && map.Rest is null ? "{}" : "{…}",
        _ => "null",
    };

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    internal static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // A pair of surrogates is one character: half of it would print as rubbish.
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end] + "…";
    }

    // PartialString.Pattern would build all of a very long text only to have it cut.
    private static string Pattern(PartialString holed)
    {
        var text = new StringBuilder();
        foreach (var part in holed.Parts)
        {
            if (text.Length > ArgumentLength)
            {
                break;
            }

            text.Append(part.Literal is { } literal
                ? Cut(literal, ArgumentLength + 1)
                : $"{{{Cut(part.Hole!.Expression, ArgumentLength)}}}");
        }

        return text.ToString();
    }
}
