using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>Values as Azure Pipelines writes them into text.</summary>
internal static class AzureText
{
    /// <summary>A known scalar as text: truth values begin with a capital. Null for what is not a known scalar.</summary>
    internal static string? Print(Value value) => value switch
    {
        BoolValue flag => flag.IsTrue ? "True" : "False",
        FloatValue number => number.Lexeme,
        _ => Texts.Print(value),
    };

    /// <summary>What pasting a value into text gives.</summary>
    internal static Value ToText(Value value) => value switch
    {
        StringValue or PartialString => value,
        UnknownValue { Alternatives.Length: > 0 } unknown => unknown with { Alternatives = [.. unknown.Alternatives.Select(ToText)] },
        UnknownValue => value,
        _ => Print(value) is { } text ? new StringValue(text) { Origin = value.Origin, IsSecret = value.IsSecret } : Unknowns.Error("?", "a list or mapping is not text"),
    };
}
