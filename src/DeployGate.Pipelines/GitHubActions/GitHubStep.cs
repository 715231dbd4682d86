using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Tasks;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>One step and what it can see.</summary>
internal sealed class GitHubStep(YamlMapping step, GitHubScope around, StepAction.Unread? action)
{
    private static readonly KeyValuePair<string, Value>[] s_folders =
        [KeyValuePair.Create<string, Value>("GITHUB_WORKSPACE", new StringValue(AgentPaths.GitHubWorkspace)), KeyValuePair.Create<string, Value>("RUNNER_TEMP", new StringValue(AgentPaths.GitHubTemp))];

    private readonly GitHubScope _scope = around.With(step["env"], isOfStep: true);

    /// <summary>Whether it waits for a failure before it, by its own condition alone.</summary>
    internal RunsWhen When => GitHubText.Decide(step["if"] as YamlScalar, _scope, RunValues.Empty, isBeforeRun: true).When;

    /// <summary>Its condition, with those of the composite actions around it.</summary>
    internal ConditionOutcome Decide(RunValues run, bool isBeforeRun)
    {
        // The step's own environment is in sight of its condition.
        var own = GitHubText.Decide(step["if"] as YamlScalar, _scope, run, isBeforeRun);
        foreach (var (condition, scope) in around.Conditions)
        {
            own = own.Within(GitHubText.Decide(condition, scope, run, isBeforeRun));
        }

        return own;
    }

    internal ResolvedStep Resolve(RunValues run)
    {
        var evaluation = new Evaluation(run);
        var outcome = Decide(run, isBeforeRun: false);
        var resolved = action is not null ? action with { Inputs = Inputs(null, evaluation) } : step["run"] is YamlScalar script ? Script(script, evaluation) : step["uses"] is YamlScalar uses ? Uses(uses, evaluation) : new StepAction.Nothing();
        return new ResolvedStep(resolved, Name(evaluation), outcome.Guard, ContinueOnError(evaluation), Environment(run, evaluation), Directory(evaluation));
    }

    private StepAction.RunScript Script(YamlScalar script, Evaluation evaluation)
    {
        var (dialect, stops) = Shell(evaluation);
        return new StepAction.RunScript(GitHubText.Substitute(script, _scope, evaluation).ToScript(), dialect, stops);
    }

    private StepAction Uses(YamlScalar uses, Evaluation evaluation)
    {
        var (known, name, version) = GitHubActionTable.Find(uses.Value);
        if (uses.Value.StartsWith("docker://", StringComparison.Ordinal))
        {
            return new StepAction.Unread(UnknownReason.Unsupported, uses.Value, "a container's program is not read");
        }

        if (known is null)
        {
            return new StepAction.Unread(UnknownReason.OtherRepository, uses.Value, $"the action '{uses.Value}' is in another repository") { Inputs = Inputs(null, evaluation) };
        }

        var task = new StepAction.UseTask(known.Name, version, Inputs(known, evaluation));
        return known.Reading switch
        {
            TaskReading.Nothing => new StepAction.Nothing(),
            TaskReading.Script => Script(task, name),
            _ => task,
        };
    }

    private static StepAction Script(StepAction.UseTask task, string name)
    {
        if (task.Input("inlineScript")?.Text is not { } text)
        {
            return task;
        }

        return name.Equals("azure/cli", StringComparison.OrdinalIgnoreCase)
            ? new StepAction.RunScript(text, ScriptDialect.Bash, new StopBehaviour(true, false, false), null, task)
            : new StepAction.RunScript(text, ScriptDialect.PowerShellCore, new StopBehaviour(false, false, task["errorActionPreference"] is not StringValue preference || preference.Text.Equals("stop", StringComparison.OrdinalIgnoreCase)) { MayIgnoreFailure = true }, null, task);
    }

    private ImmutableArray<TaskInput> Inputs(TaskDescription? known, Evaluation evaluation)
    {
        var inputs = ImmutableArray.CreateBuilder<TaskInput>();
        foreach (var (key, node) in (step["with"] as YamlMapping)?.Entries ?? [])
        {
            if (node is YamlScalar scalar)
            {
                var value = GitHubText.EvaluateText(scalar, _scope, evaluation);
                inputs.Add(new TaskInput(known?.Find(key.Value)?.Name ?? key.Value, value, GitHubText.Substitute(scalar, _scope, evaluation).ToScript()));
            }
        }

        foreach (var description in known?.Inputs ?? [])
        {
            if (description.Default is { } text && !inputs.Any(input => input.Name == description.Name))
            {
                inputs.Add(new TaskInput(description.Name, new StringValue(text), null));
            }
        }

        return inputs.ToImmutable();
    }

    private (ScriptDialect Dialect, StopBehaviour Stops) Shell(Evaluation evaluation)
    {
        var shell = Text("shell", evaluation, withDefaults: true);
        if (shell is not null and not StringValue)
        {
            return (ScriptDialect.Bash with { IsAssumed = true }, new StopBehaviour(true, false, false));
        }

        var name = (shell as StringValue)?.Text.Trim();
        return name switch
        {
            null or "" when _scope.IsContainer => (ScriptDialect.Sh, new StopBehaviour(true, false, false)),
            null or "" => _scope.System switch
            {
                JobSystem.Windows => (ScriptDialect.PowerShellCore, new StopBehaviour(false, false, true)),
                JobSystem.Unknown => (ScriptDialect.Bash with { IsAssumed = true }, new StopBehaviour(true, false, false)),
                _ => (ScriptDialect.Bash, new StopBehaviour(true, false, false)),
            },
            "bash" => (ScriptDialect.Bash, new StopBehaviour(true, true, false)),
            "sh" => (ScriptDialect.Sh, new StopBehaviour(true, false, false)),
            "pwsh" => (ScriptDialect.PowerShellCore, new StopBehaviour(false, false, true)),
            "powershell" => (ScriptDialect.WindowsPowerShell, new StopBehaviour(false, false, true)),
            "cmd" => (ScriptDialect.Batch, StopBehaviour.GoesOn),
            _ => Custom(name),
        };
    }

    // 'bash -euxo pipefail {0}' and its kin name the program first.
    private static (ScriptDialect Dialect, StopBehaviour Stops) Custom(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var program = Path.GetFileNameWithoutExtension(words[0].Replace('\\', '/'));
        var isStop = words.Skip(1).Any(word => word is ['-', not '-', ..] && word.Contains('e', StringComparison.Ordinal) && !word.StartsWith("-Exec", StringComparison.OrdinalIgnoreCase));
        var isPipe = words.Contains("pipefail");
        return program switch
        {
            "bash" => (ScriptDialect.Bash, new StopBehaviour(isStop, isPipe, false)),
            "sh" or "dash" => (ScriptDialect.Sh, new StopBehaviour(isStop, isPipe, false)),
            "pwsh" => (ScriptDialect.PowerShellCore, StopBehaviour.GoesOn),
            "powershell" => (ScriptDialect.WindowsPowerShell, StopBehaviour.GoesOn),
            "cmd" => (ScriptDialect.Batch, StopBehaviour.GoesOn),
            _ => (ScriptDialect.Other(program), StopBehaviour.GoesOn),
        };
    }

    private string Name(Evaluation evaluation)
    {
        var name = step["name"] is YamlScalar own ? GitHubText.EvaluateText(own, _scope, evaluation) : null;
        return name switch
        {
            StringValue text => text.Text,
            PartialString partial => partial.Pattern,
            _ => (step["uses"] as YamlScalar)?.Value ?? $"Run {FirstLine((step["run"] as YamlScalar)?.Value)}",
        };
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> script)
    {
        var text = script.Trim();
        return (text.IndexOf('\n') is >= 0 and var end ? text[..end] : text).TrimEnd();
    }

    private bool? ContinueOnError(Evaluation evaluation) => step["continue-on-error"] switch
    {
        null => false,
        YamlScalar scalar => new GitHubEvaluator(_scope, evaluation).Truth(ExpressionSpans.Find(scalar.Value, 0) is null ? YamlValues.Typed(scalar) : GitHubText.Evaluate(scalar, _scope, evaluation)),
        _ => null,
    };

    private Value? Directory(Evaluation evaluation) => Text("working-directory", evaluation, withDefaults: step["run"] is not null);

    private Value? Text(string key, Evaluation evaluation, bool withDefaults)
    {
        if (step[key] is YamlScalar own)
        {
            return GitHubText.EvaluateText(own, _scope, evaluation);
        }

        foreach (var (defaults, scope) in withDefaults ? _scope.Defaults : [])
        {
            if (defaults[key] is YamlScalar text)
            {
                return GitHubText.EvaluateText(text, scope with { Matrix = _scope.Matrix }, evaluation);
            }
        }

        return null;
    }

    private ImmutableArray<KeyValuePair<string, Value>> Environment(RunValues run, Evaluation evaluation)
    {
        var variables = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>(s_folders.Length + 1 + _scope.Environment.Sum(layer => layer.Entries.Entries.Length));
        variables.AddRange(s_folders);
        if (_scope.ActionFolder is { } folder)
        {
            variables.Add(KeyValuePair.Create<string, Value>("GITHUB_ACTION_PATH", new StringValue($"{AgentPaths.GitHubWorkspace}/{folder}")));
        }

        foreach (var isOfStep in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var layer in _scope.Environment)
            {
                if (layer.IsOfStep == isOfStep)
                {
                    Add(layer, evaluation, variables);
                }
            }

            if (!isOfStep)
            {
                variables.AddRange(run.Variables(_scope.Job).OrderBy(variable => variable.Key, StringComparer.Ordinal));
            }
        }

        return variables.DrainToImmutable();
    }

    private static void Add(EnvironmentLayer layer, Evaluation evaluation, ImmutableArray<KeyValuePair<string, Value>>.Builder variables)
    {
        foreach (var (key, node) in layer.Entries.Entries)
        {
            variables.Add(KeyValuePair.Create(key.Value, node is YamlScalar scalar ? GitHubText.EvaluateText(scalar, layer.Scope, evaluation) : Unknowns.Error(key.Value, "it is not text")));
        }
    }
}
