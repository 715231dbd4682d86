using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>One <c>env</c> mapping and the scope in which its values are evaluated: the one around it.</summary>
internal sealed record EnvironmentLayer(YamlMapping Entries, GitHubScope Scope, bool IsOfStep);

/// <summary>What an expression can see where it stands.</summary>
internal sealed record GitHubScope
{
    internal required WorkflowFile File { get; init; }

    /// <summary>The inputs of the workflow or composite action.</summary>
    internal ImmutableDictionary<string, Func<Evaluation, Value>> Inputs { get; init; } = ImmutableDictionary.Create<string, Func<Evaluation, Value>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>From the workflow's to the step's.</summary>
    internal ImmutableArray<EnvironmentLayer> Environment { get; init; } = [];

    /// <summary>The row of the matrix; null outside of one.</summary>
    internal Value Matrix { get; init; } = NullValue.Instance;

    /// <summary>The events that start the workflow.</summary>
    internal ImmutableArray<string> Events { get; init; } = [];

    /// <summary>The full id of the job, empty outside.</summary>
    internal string Job { get; init; } = "";

    /// <summary>The jobs that can be asked for outputs, by name: the needed ones, or all for a workflow's outputs.</summary>
    internal IReadOnlyDictionary<string, JobNode> Needs { get; init; } = ImmutableDictionary<string, JobNode>.Empty;

    /// <summary>The steps of the job or composite action.</summary>
    internal IReadOnlyDictionary<string, StepNode> Steps { get; init; } = ImmutableDictionary<string, StepNode>.Empty;

    internal JobSystem System { get; init; }

    /// <summary>True when steps run in a container: their shell is <c>sh</c> unless they say so.</summary>
    internal bool IsContainer { get; init; }

    /// <summary>The folder of the composite action, relative to the repository; null outside of one.</summary>
    internal string? ActionFolder { get; init; }

    /// <summary><c>defaults.run</c>, the nearest first.</summary>
    internal ImmutableArray<(YamlMapping Defaults, GitHubScope Scope)> Defaults { get; init; } = [];

    /// <summary>The conditions of the composite actions around, outermost first.</summary>
    internal ImmutableArray<(YamlScalar Condition, GitHubScope Scope)> Conditions { get; init; } = [];

    /// <summary>When each composite action around runs, outermost first; those of the workflow are none.</summary>
    internal ImmutableArray<StepGate> Gates { get; init; } = [];

    /// <summary>True when one of the composite actions around goes on, or may go on, after a failure in it.</summary>
    internal bool MayIgnoreFailure { get; init; }

    /// <summary>The gate of a step or composite action here, by its key.</summary>
    internal StepGate Gate(string key, RunsWhen when) => new(Gates is [.., { Inside: var around }] ? around : "", key + "/", when);

    internal GitHubScope With(YamlNode? environment, bool isOfStep) => environment is YamlMapping { Entries.Length: > 0 } map
        ? this with { Environment = Environment.Add(new EnvironmentLayer(map, this, isOfStep)) }
        : this;

    internal GitHubScope WithDefaults(YamlNode? defaults) => (defaults as YamlMapping)?["run"] is YamlMapping run
        ? this with { Defaults = Defaults.Insert(0, (run, this)) }
        : this;
}

/// <summary>A job of a workflow file, with its rows and, when it calls another workflow, what that gives back.</summary>
internal sealed class JobNode(string name)
{
    internal string Name => name;

    /// <summary>The ids of the jobs that must end before this one has.</summary>
    internal List<string> Ids { get; } = [];

    /// <summary>True when no row can run.</summary>
    internal bool IsDropped { get; set; }

    /// <summary>Gives an output, once for each row.</summary>
    internal List<Func<string, Evaluation, Value>> Outputs { get; } = [];
}

/// <summary>A step that has an id.</summary>
/// <param name="Key">Its key in the job.</param>
/// <param name="Outputs">For a composite action, what its outputs are; null for all else.</param>
internal sealed record StepNode(string Key, Func<string, Evaluation, Value>? Outputs);
