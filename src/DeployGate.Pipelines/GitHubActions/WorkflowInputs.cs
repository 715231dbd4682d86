using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>The inputs of workflows and actions.</summary>
internal static class WorkflowInputs
{
    /// <summary>The events that start a workflow.</summary>
    internal static ImmutableArray<string> Events(YamlMapping root) => root["on"] switch
    {
        YamlMapping map => [.. map.Entries.Select(entry => entry.Key.Value)],
        var other => [.. YamlValues.Scalars(other).Select(name => name.Value)],
    };

    /// <summary>The outputs that a called workflow gives back.</summary>
    internal static YamlMapping? CallOutputs(YamlMapping root) => Event(root, "workflow_call")?["outputs"] as YamlMapping;

    /// <summary>The inputs of a run that no workflow calls: a default, else one of the options, else whatever is typed.</summary>
    internal static ImmutableDictionary<string, Func<Evaluation, Value>> OfRun(YamlMapping root)
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, Func<Evaluation, Value>>(StringComparer.OrdinalIgnoreCase);
        foreach (var trigger in (ReadOnlySpan<string>)["workflow_call", "workflow_dispatch"])
        {
            foreach (var (key, declared) in (Event(root, trigger)?["inputs"] as YamlMapping)?.Entries ?? [])
            {
                var value = ValueOfRun(key, declared as YamlMapping);
                inputs[key.Value] = _ => value;
            }
        }

        return inputs.ToImmutable();
    }

    /// <summary>The inputs of a called workflow, evaluated where it is called.</summary>
    internal static ImmutableDictionary<string, Func<Evaluation, Value>> OfCall(YamlMapping callee, YamlMapping? with, GitHubScope caller) =>
        Bind(Event(callee, "workflow_call")?["inputs"] as YamlMapping, with, caller, isTyped: true);

    /// <summary>The inputs of a composite action: all of them text.</summary>
    internal static ImmutableDictionary<string, Func<Evaluation, Value>> OfAction(YamlMapping action, YamlMapping? with, GitHubScope caller) =>
        Bind(action["inputs"] as YamlMapping, with, caller, isTyped: false);

    private static ImmutableDictionary<string, Func<Evaluation, Value>> Bind(YamlMapping? declared, YamlMapping? with, GitHubScope caller, bool isTyped)
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, Func<Evaluation, Value>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, description) in declared?.Entries ?? [])
        {
            var given = with?.Entries.FirstOrDefault(entry => entry.Key.Value.Equals(key.Value, StringComparison.OrdinalIgnoreCase))?.Value as YamlScalar;
            var type = isTyped ? Text(description as YamlMapping, "type") : null;
            if (given is not null)
            {
                inputs[key.Value] = evaluation => Converted(GitHubText.Evaluate(given, caller, evaluation), type);
            }
            else
            {
                // Defaults of actions may name github's context, never the caller's inputs.
                var fallback = (description as YamlMapping)?["default"] as YamlScalar;
                var scope = new GitHubScope { File = caller.File, Events = caller.Events };
                inputs[key.Value] = evaluation => fallback is null ? Empty(type) : Converted(GitHubText.Evaluate(fallback, scope, evaluation), type);
            }
        }

        return inputs.ToImmutable();
    }

    private static Value ValueOfRun(YamlScalar key, YamlMapping? declared)
    {
        var type = Text(declared, "type");
        if (declared?["default"] is YamlScalar fallback)
        {
            return Converted(new StringValue(fallback.Value) { Origin = new Origin(fallback.Place) }, type);
        }

        var unknown = new UnknownValue(UnknownReason.QueueTime, $"inputs.{key.Value}", $"the input '{key.Value}' is given when the run is started; it has no default")
        {
            Origin = new Origin(key.Place),
            Shape = type switch { "boolean" => ValueShape.Truth, "number" => ValueShape.Number, _ => ValueShape.Text },
        };
        return type switch
        {
            "boolean" => unknown with { Alternatives = [new BoolValue(false), new BoolValue(true)] },
            _ => Unknowns.OneOf(unknown, YamlValues.Scalars(declared?["options"]).Select(option => new StringValue(option.Value) { Origin = new Origin(option.Place) })),
        };
    }

    private static Value Converted(Value value, string? type) => (type, value) switch
    {
        ("boolean", StringValue text) when bool.TryParse(text.Text, out var flag) => new BoolValue(flag) { Origin = value.Origin },
        ("number", StringValue text) => (Numbers.Parse(text.Text) ?? value).At(value.Origin),
        ("boolean" or "number", _) => value,
        _ => GitHubText.ToText(value),
    };

    private static Value Empty(string? type) => type switch { "boolean" => new BoolValue(false), "number" => new IntValue(0), _ => new StringValue("") };

    private static YamlMapping? Event(YamlMapping root, string name) => (root["on"] as YamlMapping)?[name] as YamlMapping;

    private static string? Text(YamlMapping? map, string key) => (map?[key] as YamlScalar)?.Value;
}
