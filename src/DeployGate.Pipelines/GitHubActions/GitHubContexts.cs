using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>The contexts of GitHub's expressions.</summary>
/// <seealso href="https://docs.github.com/actions/reference/contexts-reference"/>
internal sealed class GitHubContexts(GitHubScope scope, Evaluation evaluation)
{
    private static readonly ImmutableArray<Value> s_results = [new StringValue("success"), new StringValue("failure"), new StringValue("cancelled"), new StringValue("skipped")];

    /// <summary>The value under a path of names.</summary>
    internal Value Find(string name, ImmutableArray<string> path, string text) => (name.ToLowerInvariant(), path) switch
    {
        ("env", [var variable, ..]) => EnvironmentVariable(variable) ?? NullValue.Instance,
        ("inputs", [var input, .. var rest]) => Follow(Input(input), rest, text),
        ("inputs", []) => ObjectValue.From(scope.Inputs.Select(input => new Member(input.Key, input.Value(evaluation)))),
        ("matrix", _) => Follow(scope.Matrix, path, text),
        ("steps", [var id, .. var rest]) => Step(id, rest, text),
        ("needs" or "jobs", [var job, .. var rest]) => Needed(job, rest, text),
        ("vars", [var variable, ..]) => new UnknownValue(UnknownReason.PipelineVariable, text, $"the variable '{variable}' lives in the settings of the repository") { Shape = ValueShape.Text },
        ("secrets", [var secret, ..]) => Secret(text, secret),
        ("github", _) => GitHub(path, text),
        ("runner", [var property, ..]) => Runner(property, text),
        ("strategy" or "job" or "env" or "steps" or "needs" or "jobs" or "vars" or "secrets" or "runner", _) => new UnknownValue(UnknownReason.RuntimeOutput, text, "known when the job runs"),
        _ => Unknowns.Error(text, $"there is no context '{name}'"),
    };

    /// <summary>An environment variable; null when none is set in the pipeline.</summary>
    internal Value? EnvironmentVariable(string name)
    {
        var isOfJob = false;
        for (var i = scope.Environment.Length - 1; i >= 0; i--)
        {
            var layer = scope.Environment[i];
            if (!layer.IsOfStep && !isOfJob)
            {
                isOfJob = true;
                if (Written(name) is { } written)
                {
                    return written;
                }
            }

            if (Entry(layer.Entries, name) is { } entry)
            {
                return entry.Value is YamlScalar scalar && evaluation.Enter() ? Leave(GitHubText.EvaluateText(scalar, layer.Scope, evaluation)) : Unknowns.Error(name, "it is not text");
            }
        }

        return isOfJob ? null : Written(name);
    }

    private Value Leave(Value value)
    {
        evaluation.Leave();
        return value;
    }

    private Value? Written(string name) => scope.Job.Length == 0 ? null
        : evaluation.Run.Variable(scope.Job, name)
        ?? (evaluation.IsBeforeRun && scope.File.MayWrite(name) ? new UnknownValue(UnknownReason.RuntimeOutput, $"env.{name}", "a step sets it at run time") { Shape = ValueShape.Text } : null);

    private static YamlEntry? Entry(YamlMapping map, string name) => map.Entries.FirstOrDefault(entry => entry.Key.Value.Equals(name, StringComparison.OrdinalIgnoreCase));

    private Value Input(string name) => scope.Inputs.TryGetValue(name, out var input) ? input(evaluation) : NullValue.Instance;

    private Value Step(string id, ImmutableArray<string> path, string text)
    {
        if (!scope.Steps.TryGetValue(id, out var step))
        {
            return NullValue.Instance;
        }

        return path switch
        {
            ["outputs", var output, ..] => step.Outputs is { } outputs ? Once(step, output, Produced(text, $"step '{id}'"), () => outputs(output, evaluation)) : evaluation.Run.Output(scope.Job, step.Key, output) ?? Produced(text, $"step '{id}'"),
            ["outcome" or "conclusion", ..] => Produced(text, $"step '{id}'") with { Alternatives = s_results },
            _ => Produced(text, $"step '{id}'"),
        };
    }

    private Value Needed(string name, ImmutableArray<string> path, string text)
    {
        if (!scope.Needs.TryGetValue(name, out var job))
        {
            return NullValue.Instance;
        }

        return path switch
        {
            ["outputs", var output, ..] => Output(job, output, text),
            ["result", ..] when job.IsDropped => new StringValue("skipped"),
            ["result", ..] => Produced(text, $"job '{name}'") with { Alternatives = s_results },
            _ => Produced(text, $"job '{name}'"),
        };
    }

    // Each row of a matrix sets the outputs; the last to end wins.
    private Value Output(JobNode job, string name, string text)
    {
        var unknown = Produced(text, $"job '{job.Name}'");
        return job.Outputs.Count == 0 ? unknown : Once(job, name, unknown, () => Unknowns.OneOf(unknown, job.Outputs.Take(20).Select(output => output(name, evaluation))));
    }

    // What names an output twice costs no more than once.
    private Value Once(object of, string name, UnknownValue unknown, Func<Value> evaluate)
    {
        if (evaluation.Outputs.TryGetValue((of, name), out var known))
        {
            return known;
        }

        return evaluation.Enter() ? evaluation.Outputs[(of, name)] = Leave(evaluate()) : unknown with { Reason = UnknownReason.Limit };
    }

    private Value GitHub(ImmutableArray<string> path, string text)
    {
        switch (path)
        {
            case ["workspace"]:
                return new StringValue(AgentPaths.GitHubWorkspace);
            case ["action_path"] when scope.ActionFolder is { } folder:
                return new StringValue($"{AgentPaths.GitHubWorkspace}/{folder}".TrimEnd('/'));
            case ["token"]:
                return Secret(text, "github.token");
            case ["event", "inputs", var input]:
                return GitHubText.ToText(Input(input));
            case ["event_name"] when scope.Events.Length > 0:
                return Unknowns.OneOf(new UnknownValue(UnknownReason.QueueTime, text, "the event that starts the run"), scope.Events.Select(name => new StringValue(name)));
            case ["run_id" or "run_number" or "run_attempt" or "sha", ..]:
                return new UnknownValue(UnknownReason.Generated, text, "another in each run") { Shape = ValueShape.IdSegment };
            default:
                return new UnknownValue(UnknownReason.QueueTime, text, "known when the run is started");
        }
    }

    private Value Runner(string property, string text) => (property, scope.System) switch
    {
        ("os", JobSystem.Linux) => new StringValue("Linux"),
        ("os", JobSystem.Windows) => new StringValue("Windows"),
        ("os", JobSystem.MacOS) => new StringValue("macOS"),
        ("temp", _) => new StringValue(AgentPaths.GitHubTemp),
        _ => new UnknownValue(UnknownReason.RuntimeOutput, text, "known when the job runs"),
    };

    private static Value Secret(string text, string name) => new UnknownValue(UnknownReason.Secret, text, $"'{name}' is a secret") { Shape = ValueShape.Text, IsSecret = true };

    private static UnknownValue Produced(string text, string by) => new(UnknownReason.RuntimeOutput, text, $"produced by {by} at run time");

    private static Value Follow(Value value, ImmutableArray<string> path, string text) =>
        path.Aggregate(value, (target, name) => ExpressionEvaluator.Member(target, new StringValue(name), text));
}
