using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Expressions;

/// <summary>Numbers as the pipeline languages write them.</summary>
internal static class Numbers
{
    /// <summary>An integer, a decimal or a hexadecimal number; null for other text.</summary>
    internal static Value? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? new IntValue(hex) : null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return new IntValue(integer);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new FloatValue(number, text.ToString())
            : null;
    }
}
