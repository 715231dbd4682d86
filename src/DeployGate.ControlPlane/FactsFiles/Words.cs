using System.Globalization;
using System.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Words that several messages share.</summary>
internal static class Words
{
    internal const string Accepted =
        "Give a facts file (deploygate-facts/v1), an inspection (deploygate-inspection/v1), or Azure's own JSON with ids: "
        + "'az … show -o json', 'az vm get-instance-view -o json' or the REST API's answer; one object, an array or a list.";

    private const int LongestQuote = 100;

    /// <summary>What a value is, with its article.</summary>
    internal static string KindOf(Value value) => value switch
    {
        ObjectValue => "an object",
        ArrayValue => "an array",
        StringValue => "a string",
        IntValue or FloatValue => "a number",
        BoolValue => "a boolean",
        _ => "null",
    };

    /// <summary>A text of the input in quotes, cut to a length that fits a message.</summary>
    internal static string Quote(string text)
    {
        if (text.Length <= LongestQuote)
            return $"'{text}'";
        // Not between the halves of a pair.
        var length = char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return $"'{text[..length]}…'";
    }

    /// <summary>The first character of a text in quotes; one that cannot be seen as its number.</summary>
    internal static string FirstOf(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        var isVisible = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
        return isVisible ? $"'{rune}'" : string.Create(CultureInfo.InvariantCulture, $"the character U+{rune.Value:X4}");
    }
}
