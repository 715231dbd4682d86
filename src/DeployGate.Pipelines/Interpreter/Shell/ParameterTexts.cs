using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

/// <summary>What the operators of <c>${…}</c> make of a known text; of any other, an unknown that is the same each time.</summary>
internal static class ParameterTexts
{
    internal static Value Change(Value value, ParameterOperator operation, string? pattern, Value? second)
    {
        var changed = value is StringValue { Text: var text } ? Change(text, operation, pattern ?? "\0", (second as StringValue)?.Text ?? (second is null ? "" : null)) : null;
        return changed is not null
            ? new StringValue(changed) { Origin = value.Origin }
            : Values.Unknown($"{Values.Pattern(value)}{SignOf(operation)}{pattern}{(second is null ? "" : "/" + Values.Pattern(second))}", "the text that is changed is not known", UnknownReason.ExternalInput);
    }

    private static string SignOf(ParameterOperator operation) => operation switch
    {
        ParameterOperator.LowerAll => ",,",
        ParameterOperator.UpperAll => "^^",
        ParameterOperator.LowerFirst => ",",
        ParameterOperator.UpperFirst => "^",
        ParameterOperator.RemoveShortestPrefix => "#",
        ParameterOperator.RemoveLongestPrefix => "##",
        ParameterOperator.RemoveShortestSuffix => "%",
        ParameterOperator.RemoveLongestSuffix => "%%",
        ParameterOperator.ReplaceAll => "//",
        ParameterOperator.ReplaceFirst => "/",
        _ => ":",
    };

    private static string? Change(string text, ParameterOperator operation, string pattern, string? second)
    {
        switch (operation)
        {
            case ParameterOperator.LowerAll:
                return text.ToLowerInvariant();
            case ParameterOperator.UpperAll:
                return text.ToUpperInvariant();
            case ParameterOperator.LowerFirst:
                return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
            case ParameterOperator.UpperFirst:
                return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
            case ParameterOperator.RemoveShortestPrefix or ParameterOperator.RemoveLongestPrefix:
                return Prefix(text, pattern, operation == ParameterOperator.RemoveLongestPrefix) is var cut and >= 0 ? text[cut..] : text;
            case ParameterOperator.RemoveShortestSuffix or ParameterOperator.RemoveLongestSuffix:
                return Suffix(text, pattern, operation == ParameterOperator.RemoveLongestSuffix) is var end and >= 0 ? text[..end] : text;
            case ParameterOperator.ReplaceAll when pattern.Length > 0 && !pattern.AsSpan().ContainsAny('*', '?', '['):
                return second is null ? null : text.Replace(pattern, second, StringComparison.Ordinal);
            case ParameterOperator.ReplaceFirst when pattern.Length > 0 && !pattern.AsSpan().ContainsAny('*', '?', '['):
                var at = text.IndexOf(pattern, StringComparison.Ordinal);
                return second is null ? null : at < 0 ? text : text[..at] + second + text[(at + pattern.Length)..];
            case ParameterOperator.Substring when int.TryParse(pattern.Trim(), out var offset):
                return Substring(text, offset, second);
            default:
                return null;
        }
    }

    private static string? Substring(string text, int offset, string? length)
    {
        var start = offset < 0 ? Math.Max(0, text.Length + offset) : Math.Min(offset, text.Length);
        if (string.IsNullOrEmpty(length))
        {
            return length is null ? null : text[start..];
        }

        return int.TryParse(length, out var count) ? text[start..Math.Clamp(count < 0 ? text.Length + count : start + count, start, text.Length)] : null;
    }

    private static int Prefix(string text, string pattern, bool isLongest)
    {
        for (var i = 0; i <= text.Length; i++)
        {
            var length = isLongest ? text.Length - i : i;
            if (ShellPatterns.Fits(text.AsSpan(0, length), pattern))
            {
                return length;
            }
        }

        return -1;
    }

    private static int Suffix(string text, string pattern, bool isLongest)
    {
        for (var i = 0; i <= text.Length; i++)
        {
            var start = isLongest ? i : text.Length - i;
            if (ShellPatterns.Fits(text.AsSpan(start), pattern))
            {
                return start;
            }
        }

        return -1;
    }
}
