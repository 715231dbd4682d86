using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>What a template expression can see: parameters, variables that are written down, and the names of loops.</summary>
internal sealed record TemplateScope
{
    internal static ImmutableDictionary<string, Value> None { get; } = ImmutableDictionary.Create<string, Value>(StringComparer.OrdinalIgnoreCase);

    internal required SourceText Source { get; init; }

    internal ImmutableDictionary<string, Value> Parameters { get; init; } = None;

    internal ImmutableDictionary<string, Value> Variables { get; init; } = None;

    internal ImmutableDictionary<string, Value> Locals { get; init; } = None;

    /// <summary>The files that are being included, the innermost last.</summary>
    internal ImmutableArray<string> Including { get; init; } = [];

    /// <summary>Set when a variable template was not read: any variable may come from it.</summary>
    internal UnknownValue? UnreadVariables { get; init; }

    internal Value Evaluate(string expression) => AzureEvaluator.Evaluate(expression, Find, new Evaluation(RunValues.Empty));

    private Value? Find(string name, ImmutableArray<string> path, string text, Evaluation evaluation)
    {
        if (Locals.TryGetValue(name, out var local))
        {
            return Follow(local, path, text);
        }

        return (name.ToLowerInvariant(), path) switch
        {
            ("parameters", [var parameter, .. var rest]) => Follow(Parameters.GetValueOrDefault(parameter, NullValue.Instance), rest, text),
            ("parameters", _) => ObjectValue.From(Parameters.Select(parameter => new Member(parameter.Key, parameter.Value))),
            ("variables", [_, ..]) => Variable(string.Join('.', path), text),
            ("variables", _) => ObjectValue.From(Variables.Select(variable => new Member(variable.Key, variable.Value)), UnreadVariables),
            ("pipeline", _) => new UnknownValue(UnknownReason.Generated, text, "another in each run"),
            ("resources", _) => new UnknownValue(UnknownReason.QueueTime, text, "known when the run is started"),
            _ => null,
        };
    }

    private Value Variable(string name, string text) => Variables.GetValueOrDefault(name)
        ?? PredefinedVariables.Find(name, JobSystem.Unknown)
        ?? (UnreadVariables is { } unread ? unread with { Expression = text } : NullValue.Instance);

    private static Value Follow(Value value, ImmutableArray<string> path, string text) =>
        path.Aggregate(value, (target, name) => ExpressionEvaluator.Member(target, new StringValue(name), text));
}
