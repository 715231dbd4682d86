using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>The JSON text of a value: compact, order and floats kept, <c>/</c> and non-ASCII not escaped.</summary>
internal static class ValueJson
{
    /// <summary>
    /// The text with double quotes: a string when the value is known, a partial string when parts of it are not, and as
    /// secret as the value. Null when it would be longer than <see cref="FunctionLimits.TextLength"/>.
    /// </summary>
    internal static Value? Write(Value value)
    {
        var text = JsonWriter.Write(value, '"');
        if (text.IsTooLong)
        {
            return null;
        }

        var written = text.ToValue();
        return Values.HasSecret(value) ? written.AsSecret() : written;
    }
}
