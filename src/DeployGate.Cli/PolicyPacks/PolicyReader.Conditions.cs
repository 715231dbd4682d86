using System.Collections.Immutable;
using DeployGate.Core.Policies;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>Conditions.</summary>
internal sealed partial class PolicyReader
{
    private const int Deepest = 24;
    private const int MostConditions = 2_000;

    private int _conditions;

    private PolicyCondition? Condition(YamlNode? node, PolicyExpressions expressions, int depth)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not YamlMapping map || map.Entries.IsEmpty)
        {
            Wrong(node.Place, "a condition is a map", "Write it like '{ field: stage, equals: deploy }'.");
            return null;
        }

        if (depth > Deepest || ++_conditions > MostConditions)
        {
            Wrong(node.Place, depth > Deepest ? $"conditions nest deeper than {Deepest} levels" : $"the file holds more than {MostConditions} conditions", "Split the policy.");
            return null;
        }

        Keys(map, [.. PolicyKeys.Condition], "a condition");
        var kinds = map.Entries.Where(entry => PolicyKeys.Operators.Contains(entry.Key.Value) || PolicyKeys.Operands.Contains(entry.Key.Value)).ToList();
        if (kinds.Count != 1)
        {
            var all = string.Join(", ", PolicyKeys.Operators.Concat(PolicyKeys.Operands));
            Wrong(kinds.Count == 0 ? map.Entries[0].Key.Place : kinds[1].Key.Place, kinds.Count == 0 ? $"the condition has none of {all}" : $"'{kinds[0].Key.Value}' and '{kinds[1].Key.Value}' stand in one map: these are two conditions", kinds.Count == 0 ? "Say what is compared: '{ field: stage, equals: deploy }'." : "Write each as an item of allOf or anyOf.");
            return null;
        }

        var kind = kinds[0];
        return kind.Key.Value switch
        {
            "allOf" or "anyOf" => Parts(map, kind, expressions, depth),
            "not" => Alone(map, kind) && Condition(kind.Value, expressions, depth + 1) is { } part ? new PolicyCondition.Not(part) : null,
            "field" => Field(map, kind.Value, expressions),
            "value" => Test(map, expressions) is { } test ? OfValue(kind.Value, test, expressions) : null,
            _ => Count(map, kind.Value, expressions, depth),
        };
    }

    private static PolicyCondition.OfValue OfValue(YamlNode node, PolicyTest test, PolicyExpressions expressions)
    {
        var operand = expressions.Operand(node);
        if (IsOrder(test.Comparison))
        {
            expressions.CheckOrder(operand, node.Place);
        }

        return new PolicyCondition.OfValue(operand, test);
    }

    private static bool IsOrder(Comparison comparison) => comparison is Comparison.Less or Comparison.LessOrEquals or Comparison.Greater or Comparison.GreaterOrEquals;

    private PolicyCondition? Parts(YamlMapping map, YamlEntry kind, PolicyExpressions expressions, int depth)
    {
        if (!Alone(map, kind))
        {
            return null;
        }

        if (kind.Value is not YamlSequence { Items: { Length: > 0 } items })
        {
            Wrong(kind.Value.Place, $"'{kind.Key.Value}' must be a list of conditions", "Write each condition below it with '- '.");
            return null;
        }

        ImmutableArray<PolicyCondition?> parts = [.. items.Select(item => Condition(item, expressions, depth + 1))];
        return parts.Contains(null) ? null : kind.Key.Value == "allOf" ? new PolicyCondition.AllOf(parts!) : new PolicyCondition.AnyOf(parts!);
    }

    private PolicyCondition.Field? Field(YamlMapping map, YamlNode node, PolicyExpressions expressions)
    {
        var path = node is YamlScalar name ? expressions.CheckField(name.Value, name.Place, name) : null;
        if (node is not YamlScalar)
        {
            Wrong(node.Place, "'field' must be the name of a field", "Write it like 'field: stage'.");
        }

        return Test(map, expressions) is { } test && path is not null ? new PolicyCondition.Field(path, test) : null;
    }

    private PolicyCondition.Count? Count(YamlMapping map, YamlNode node, PolicyExpressions expressions, int depth)
    {
        var test = Test(map, expressions);
        if (node is not YamlMapping count)
        {
            Wrong(node.Place, "'count' must be a map", $"Its keys: {string.Join(", ", PolicyKeys.Count)}.");
            return null;
        }

        Keys(count, PolicyKeys.Count, "'count'");
        var (field, value) = (count["field"], count["value"]);
        if (field is null == value is null)
        {
            Wrong(count.Place, "'count' has one of 'field' and 'value'", "Name what is counted: 'field: lineage[*]', or 'value: [a, b]'.");
            return null;
        }

        CountedItems? items = null;
        if (field is YamlScalar scalar && expressions.CheckField(scalar.Value, scalar.Place, scalar) is { } path)
        {
            items = new CountedItems.OfField(path);
            if (!path.HasEach)
            {
                Wrong(scalar.Place, "'count' goes over the elements of a field, and this field names none", $"Write '{PolicyExpressions.Cut(scalar.Value)}[*]'.");
            }
        }
        else if (value is not null)
        {
            items = new CountedItems.OfValue(expressions.Operand(value));
            if (value is YamlMapping || (value is YamlScalar { Value: var text } && !Templates.HostedExpression.IsExpression(text)))
            {
                Wrong(value.Place, "'value' of a count must be a list", "Write it like 'value: [a, b]', or an expression that gives a list.");
            }
        }

        var where = count["where"] is { } inner ? Condition(inner, expressions, depth + 1) : null;
        var isWhole = items is not null && test is not null && (count["where"] is null || where is not null);
        return isWhole ? new PolicyCondition.Count(items!, (count["name"] as YamlScalar)?.Value, where, test!) : null;
    }

    private bool Alone(YamlMapping map, YamlEntry kind)
    {
        if (map.Entries.FirstOrDefault(entry => PolicyKeys.Comparisons.ContainsKey(entry.Key.Value)) is not { } other)
        {
            return true;
        }

        Wrong(other.Key.Place, $"'{kind.Key.Value}' and '{other.Key.Value}' stand in one map: these are two conditions", "Write each as an item of allOf or anyOf.");
        return false;
    }

    private PolicyTest? Test(YamlMapping map, PolicyExpressions expressions)
    {
        var tests = map.Entries.Where(entry => PolicyKeys.Comparisons.ContainsKey(entry.Key.Value)).ToList();
        if (tests is not [var entry])
        {
            Wrong(tests.Count > 1 ? tests[1].Key.Place : map.Entries[0].Key.Place, tests.Count > 1 ? $"'{tests[0].Key.Value}' and '{tests[1].Key.Value}' stand in one map: these are two conditions" : "the condition compares with nothing", tests.Count > 1 ? "Write each as an item of allOf or anyOf." : $"Add one of {string.Join(", ", PolicyKeys.Comparisons.Keys)}.");
            return null;
        }

        var comparison = PolicyKeys.Comparisons[entry.Key.Value];
        var isExpression = entry.Value is YamlScalar { Value: var text } && Templates.HostedExpression.IsExpression(text);
        var fault = isExpression ? null : FaultOf(comparison, entry.Value);
        if (fault is not null)
        {
            Wrong(entry.Value.Place, $"'{entry.Key.Value}' compares with {fault}", $"Write {fault}.");
            return null;
        }

        var operand = expressions.Operand(entry.Value);
        if (IsOrder(comparison))
        {
            expressions.CheckOrder(operand, entry.Value.Place);
        }

        return new PolicyTest(comparison, operand);
    }

    private static string? FaultOf(Comparison comparison, YamlNode node) => comparison switch
    {
        Comparison.Exists => node is YamlScalar { Value: "true" or "false" } ? null : "true or false",
        Comparison.In or Comparison.NotIn => node is YamlSequence { Items: var items } && items.All(item => item is YamlScalar) ? null : "a list of values",
        _ when IsOrder(comparison) => node is YamlScalar { Value.Length: > 0 } ? null : "a number, a date or a text",
        Comparison.EqualTo or Comparison.NotEqualTo => node is YamlScalar ? null : "one value",
        _ => node is YamlScalar { Value.Length: > 0 } ? null : "a text",
    };
}
