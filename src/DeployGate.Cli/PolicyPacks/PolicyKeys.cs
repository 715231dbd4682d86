using DeployGate.Core.Policies;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>The words of a policy file: keys, conditions, fields. The schema repeats them, and a test compares both.</summary>
internal static class PolicyKeys
{
    internal static readonly string[] File = ["version", "policies"];

    internal static readonly string[] Policy = ["id", "name", "description", "mode", "if", "then", "message", "fix", "cases"];

    internal static readonly string[] Then = ["effect"];

    internal static readonly string[] Count = ["field", "value", "name", "where"];

    internal static readonly string[] Case = ["name", "template", "resource", "use", "facts", "now", "expect"];

    internal static readonly string[] Modes = ["uses", "resources"];

    internal static readonly string[] Effects = ["deny", "audit", "disabled"];

    internal static readonly string[] Expectations = ["deny", "audit", "pass", "unknown"];

    internal static readonly string[] Operators = ["allOf", "anyOf", "not"];

    internal static readonly string[] Operands = ["field", "value", "count"];

    /// <summary>The comparisons by the words that policies use, in the order of the documentation.</summary>
    internal static readonly IReadOnlyDictionary<string, Comparison> Comparisons = new Dictionary<string, Comparison>(StringComparer.Ordinal)
    {
        ["equals"] = Comparison.EqualTo,
        ["notEquals"] = Comparison.NotEqualTo,
        ["like"] = Comparison.Like,
        ["notLike"] = Comparison.NotLike,
        ["match"] = Comparison.Match,
        ["notMatch"] = Comparison.NotMatch,
        ["matchInsensitively"] = Comparison.MatchInsensitively,
        ["notMatchInsensitively"] = Comparison.NotMatchInsensitively,
        ["contains"] = Comparison.Contains,
        ["notContains"] = Comparison.NotContains,
        ["in"] = Comparison.In,
        ["notIn"] = Comparison.NotIn,
        ["containsKey"] = Comparison.ContainsKey,
        ["notContainsKey"] = Comparison.NotContainsKey,
        ["less"] = Comparison.Less,
        ["lessOrEquals"] = Comparison.LessOrEquals,
        ["greater"] = Comparison.Greater,
        ["greaterOrEquals"] = Comparison.GreaterOrEquals,
        ["exists"] = Comparison.Exists,
    };

    /// <summary>Every key that a condition may have.</summary>
    internal static IEnumerable<string> Condition => [.. Operators, .. Operands, .. Comparisons.Keys];

    /// <summary>What a field of a resource may begin with, besides a resource type.</summary>
    internal static readonly string[] ResourceFields =
    [
        "type", "name", "fullName", "id", "apiVersion", "kind", "location", "tags", "properties", "sku", "plan", "identity", "zones", "managedBy", "extendedLocation",
    ];

    /// <summary>What a field of a use may be; after <c>resource</c> comes a field of the resource.</summary>
    internal static readonly string[] UseFields =
    [
        "stage", "image", "image.kind", "image.version", "declared", "declared.isWritten", "actual", "verdict", "osType", "subject", "file", "resource",
        "lineage[*]", "lineage[*].kind", "lineage[*].id", "lineage[*].state",
        "origin", "origin.kind", "origin.id", "origin.state", "origin.readAt",
        "evidence[*]", "evidence[*].place", "evidence[*].value", "evidence[*].readAt",
    ];

    /// <summary>What is wrong with a field for a mode, and the word that was probably meant; null when nothing is.</summary>
    internal static (string Message, string? Nearest)? FaultOf(FieldPath path, PolicyMode mode)
    {
        if (path.Type is not null)
        {
            return mode == PolicyMode.Uses && path.Prefix.Length == 0
                ? ($"'{path.Text}' is a field of a resource", $"resource.{path.Text}")
                : null;
        }

        var isOfUse = mode == PolicyMode.Uses;
        var first = path.Steps[0].Name!;
        if (isOfUse && Same(first, "resource") && path.Steps.Length > 1)
        {
            return path.Steps[1].Name is { } member ? OfResource(path, member, "resource.") : ($"'resource' has no elements", null);
        }

        if (!isOfUse)
        {
            return OfResource(path, first, "");
        }

        var text = string.Concat(path.Steps.Select((step, i) => step.IsEach ? "[*]" : i == 0 ? step.Name : "." + step.Name));
        if (UseFields.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var near = UseFields.FirstOrDefault(field => Same(field, $"{text}[*]")) ?? Core.Text.Suggestions.Nearest(text, UseFields) ?? (ResourceFields.Contains(first, StringComparer.OrdinalIgnoreCase) ? $"resource.{path.Text}" : null);
        return ($"a use has no field '{path.Text}'", near);
    }

    private static (string Message, string? Nearest)? OfResource(FieldPath path, string first, string prefix) =>
        ResourceFields.Contains(first, StringComparer.OrdinalIgnoreCase)
            ? null
            : ($"a resource has no field '{path.Text[prefix.Length..]}'", Core.Text.Suggestions.Nearest(first, ResourceFields) is { } near ? prefix + near : null);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
