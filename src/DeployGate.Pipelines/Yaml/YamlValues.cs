using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;

namespace DeployGate.Pipelines.Yaml;

/// <summary>Values of YAML nodes.</summary>
internal static class YamlValues
{
    /// <summary>A node as a value; <paramref name="scalar"/> says what a scalar means.</summary>
    internal static Value Of(YamlNode node, Func<YamlScalar, Value> scalar) => node switch
    {
        YamlScalar text => scalar(text),
        YamlSequence list => new ArrayValue([.. list.Items.Select(item => Of(item, scalar))]) { Origin = new Origin(list.Place) },
        YamlMapping map => ObjectValue.From(map.Entries.Select(entry => new Member(entry.Key.Value, Of(entry.Value, scalar), entry.Key.Place))) with { Origin = new Origin(map.Place) },
        _ => NullValue.Instance,
    };

    /// <summary>A scalar by YAML's core schema: plain words may be null, truth values and numbers.</summary>
    internal static Value Typed(YamlScalar scalar)
    {
        Value value = !scalar.IsPlain ? new StringValue(scalar.Value) : scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => NullValue.Instance,
            "true" or "True" or "TRUE" => new BoolValue(true),
            "false" or "False" or "FALSE" => new BoolValue(false),
            _ => Numbers.Parse(scalar.Value) ?? new StringValue(scalar.Value),
        };
        return value with { Origin = new Origin(scalar.Place) };
    }

    /// <summary>The texts of a scalar or of a sequence of scalars.</summary>
    internal static ImmutableArray<YamlScalar> Scalars(YamlNode? node) => node switch
    {
        YamlScalar { Value: "", IsPlain: true } => [],
        YamlScalar scalar => [scalar],
        YamlSequence list => [.. list.Items.OfType<YamlScalar>()],
        _ => [],
    };
}
