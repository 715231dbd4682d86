using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Tasks;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>One step and the variables it sees.</summary>
internal sealed class AzureStep(ExpandedMapping step, JobVariables variables, Guard? guard)
{
    // The short forms: the task they stand for, and the input that takes their value.
    private static readonly Dictionary<string, (string Task, string? Input, string? Fixed)> s_short = new(StringComparer.Ordinal)
    {
        ["script"] = ("CmdLine", "script", null),
        ["bash"] = ("Bash", "script", "targetType=inline"),
        ["powershell"] = ("PowerShell", "script", "targetType=inline"),
        ["pwsh"] = ("PowerShell", "script", "targetType=inline;pwsh=true"),
        ["checkout"] = ("checkout", "repository", null),
        ["download"] = ("DownloadPipelineArtifact", "source", null),
        ["downloadBuild"] = ("DownloadBuildArtifacts", null, null),
        ["publish"] = ("PublishPipelineArtifact", "targetPath", null),
        ["getPackage"] = ("getPackage", null, null),
        ["reviewApp"] = ("reviewApp", null, null),
    };

    private static readonly string[] s_common = ["displayName", "name", "condition", "enabled", "continueOnError", "env", "target", "timeoutInMinutes", "retryCountOnTaskFailure", "inputs", "task"];

    internal ConditionOutcome Decide(RunValues run, bool isBeforeRun)
    {
        if (step.Scalar("enabled") is { Text: var enabled } && variables.Substitute(enabled, new Evaluation(run)).ToValue() is StringValue { Text: var flag } && flag.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return new ConditionOutcome(true, RunsWhen.Success, null);
        }

        var outcome = AzureCondition.Decide(step.Scalar("condition"), variables, run, isBeforeRun, isSkipped: false);
        return outcome with { Guard = Guard.Both(guard, outcome.Guard) };
    }

    internal ResolvedStep Resolve(RunValues run)
    {
        var evaluation = new Evaluation(run);
        var (action, fallback) = Action(evaluation);
        var name = Text("displayName", evaluation) switch { StringValue text => text.Text, PartialString partial => partial.Pattern, _ => fallback };
        var directory = step.Scalar("workingDirectory") is { } own ? Value(own, evaluation) : Directory(action);
        return new ResolvedStep(action, name, Decide(run, isBeforeRun: false).Guard, ContinueOnError(evaluation), Environment(evaluation), directory);
    }

    private (StepAction Action, string Name) Action(Evaluation evaluation)
    {
        if (step.Scalar("task") is { } task)
        {
            return task.Text.IsKnown
                ? (Task(task.Text.Content.Trim(), Inputs((step["inputs"] as ExpandedMapping)?.Entries ?? []), evaluation), task.Text.Content)
                : (new StepAction.Unread(UnknownReason.Condition, "task", "the name of the task is not known"), "task");
        }

        foreach (var (key, form) in s_short)
        {
            if (step.Entry(key) is { Value: ExpandedScalar value })
            {
                var others = Inputs(step.Entries.Where(entry => entry.Key != key && !s_common.Contains(entry.Key)));
                return (Short(form, value, others, evaluation), key);
            }
        }

        return (new StepAction.Nothing(), "step");
    }

    private StepAction Short((string Task, string? Input, string? Fixed) form, ExpandedScalar value, List<(string, ExpandedScalar)> inputs, Evaluation evaluation)
    {
        if (form.Input is { } input)
        {
            inputs.Insert(0, (input, value));
        }

        foreach (var pair in form.Fixed?.Split(';') ?? [])
        {
            var parts = pair.Split('=');
            inputs.Add((parts[0], new ExpandedScalar(MappedText.Of(parts[1], value.Place))));
        }

        return Task(form.Task, inputs, evaluation);
    }

    // A guarded input is one of several, of which Scalar makes one.
    private List<(string Name, ExpandedScalar Value)> Inputs(IEnumerable<ExpandedEntry> entries)
    {
        var list = entries.ToImmutableArray();
        var whole = new ExpandedMapping(list, step.Place);
        return [.. list.Select(entry => entry.Key).Distinct().Select(key => (key, Value: whole.Scalar(key)!)).Where(input => input.Value is not null)];
    }

    private StepAction Task(string reference, IEnumerable<(string Name, ExpandedScalar Value)> given, Evaluation evaluation)
    {
        var (known, _, version) = AzureTaskTable.Find(reference);
        var inputs = ImmutableArray.CreateBuilder<TaskInput>();
        foreach (var (key, value) in given)
        {
            var text = variables.Substitute(value.Text, evaluation);
            inputs.Add(new TaskInput(known?.Find(key)?.Name ?? key, Value(value, evaluation), text.ToScript()));
        }

        if (known is null)
        {
            return new StepAction.Unread(UnknownReason.Unsupported, reference, $"the task '{reference}' is not read") { Inputs = inputs.ToImmutable() };
        }

        foreach (var description in known.Inputs)
        {
            if (description.Default is { } text && !IsGiven(inputs, description.Name))
            {
                inputs.Add(new TaskInput(description.Name, Default(text, evaluation), null));
            }
        }

        var task = new StepAction.UseTask(known.Name, version, inputs.ToImmutable());
        return known.Reading switch
        {
            TaskReading.Nothing => new StepAction.Nothing(),
            TaskReading.Script => ScriptTasks.Read(task, variables.System),
            _ => task,
        };
    }

    private static bool IsGiven(ImmutableArray<TaskInput>.Builder inputs, string name)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Name == name)
            {
                return true;
            }
        }

        return false;
    }

    // Nobody wrote it, so that it stands nowhere.
    private Value Default(string text, Evaluation evaluation)
    {
        if (!text.Contains("$(", StringComparison.Ordinal))
        {
            return new StringValue(text);
        }

        var place = new Place(step.Place.Source, new TextSpan(step.Place.Span.Start, 0));
        return variables.Substitute(MappedText.Of(text, place), evaluation).ToValue() with { Origin = null };
    }

    private static Value? Directory(StepAction action)
    {
        var task = action switch
        {
            StepAction.RunScript script => script.Task,
            StepAction.RunScriptFile file => file.Task,
            _ => null,
        };
        var value = task?["workingDirectory"] ?? task?["cwd"] ?? task?["workingFolder"];
        return value is StringValue { Text: "" } ? null : value;
    }

    private Value? Text(string key, Evaluation evaluation) => step.Scalar(key) is { } scalar ? Value(scalar, evaluation) : null;

    private Value Value(ExpandedScalar scalar, Evaluation evaluation) => AzureText.ToText(variables.Substitute(scalar.Text, evaluation).ToValue());

    private bool? ContinueOnError(Evaluation evaluation) => Text("continueOnError", evaluation) switch
    {
        null => false,
        StringValue text => text.Text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    private ImmutableArray<KeyValuePair<string, Value>> Environment(Evaluation evaluation)
    {
        var own = Inputs((step["env"] as ExpandedMapping)?.Entries ?? []);
        return [.. variables.Environment(evaluation), .. own.Select(entry => KeyValuePair.Create<string, Value>(entry.Name, Value(entry.Value, evaluation)))];
    }
}
