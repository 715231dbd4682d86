using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Model;

/// <summary>
/// What following the run has shown so far: outputs of steps, and variables that steps set for later steps of their job.
/// Immutable: each way through the pipeline has its own. Names compare without case, as both hosts do.
/// </summary>
internal sealed record RunValues
{
    private static readonly ImmutableDictionary<string, Value> s_none = ImmutableDictionary.Create<string, Value>(StringComparer.OrdinalIgnoreCase);
    private ImmutableDictionary<string, ImmutableDictionary<string, Value>> _outputs = ImmutableDictionary.Create<string, ImmutableDictionary<string, Value>>(StringComparer.OrdinalIgnoreCase);
    private ImmutableDictionary<string, ImmutableDictionary<string, Value>> _variables = ImmutableDictionary.Create<string, ImmutableDictionary<string, Value>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing has run.</summary>
    internal static RunValues Empty { get; } = new();

    /// <summary>An output of a step, by the ids of <see cref="Job.Id"/> and <see cref="Step.Key"/>; null when it is not known to be set.</summary>
    internal Value? Output(string job, string step, string name) => _outputs.GetValueOrDefault($"{job}\n{step}")?.GetValueOrDefault(name);

    /// <summary>A variable that a step of a job has set; null when it is not known to be set.</summary>
    internal Value? Variable(string job, string name) => Variables(job).GetValueOrDefault(name);

    /// <summary>All variables that steps of a job have set.</summary>
    internal ImmutableDictionary<string, Value> Variables(string job) => _variables.GetValueOrDefault(job, s_none);

    /// <summary>A step has set an output.</summary>
    internal RunValues WithOutput(string job, string step, string name, Value value) => this with { _outputs = Set(_outputs, $"{job}\n{step}", name, value) };

    /// <summary>A step has set a variable: <c>$GITHUB_ENV</c>, <c>task.setvariable</c>.</summary>
    internal RunValues WithVariable(string job, string name, Value value) => this with { _variables = Set(_variables, job, name, value) };

    private static ImmutableDictionary<string, ImmutableDictionary<string, Value>> Set(
        ImmutableDictionary<string, ImmutableDictionary<string, Value>> all, string key, string name, Value value) =>
        all.SetItem(key, all.GetValueOrDefault(key, s_none).SetItem(name, value));
}
