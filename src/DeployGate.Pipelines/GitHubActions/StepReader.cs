using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>Reads the steps of a job, and those of the composite actions it uses.</summary>
internal sealed class StepReader(Expansion expansion, Dictionary<string, WorkflowFile?> actions)
{
    private const int DeepestAction = 10;

    private readonly ImmutableArray<Step>.Builder _steps = ImmutableArray.CreateBuilder<Step>();

    /// <summary>The steps, in order, and those that have ids.</summary>
    internal (ImmutableArray<Step> Steps, IReadOnlyDictionary<string, StepNode> Table) Read(YamlSequence? steps, GitHubScope scope)
    {
        var table = Expand(steps, scope, "", 0);
        return (_steps.ToImmutable(), table);
    }

    private Dictionary<string, StepNode> Expand(YamlSequence? steps, GitHubScope scope, string prefix, int depth)
    {
        Dictionary<string, StepNode> table = new(StringComparer.OrdinalIgnoreCase);
        scope = scope with { Steps = table };
        var number = 0;
        foreach (var item in steps?.Items ?? [])
        {
            number++;
            if (item is not YamlMapping step)
            {
                continue;
            }

            if (!expansion.TakeStep(step.Place))
            {
                break;
            }

            var id = (step["id"] as YamlScalar)?.Value;
            var key = prefix + (id ?? $"#{number}");
            if (step["uses"] is YamlScalar uses && IsLocal(uses.Value))
            {
                table[id ?? key] = Local(step, uses, key, scope, depth);
            }
            else
            {
                Add(step, id, key, scope, null);
                table[id ?? key] = new StepNode(key, null);
            }
        }

        return table;
    }

    private void Add(YamlMapping step, string? id, string key, GitHubScope scope, StepAction.Unread? action)
    {
        var plan = new GitHubStep(step, scope, action);
        var outcome = plan.Decide(RunValues.Empty, isBeforeRun: true);
        if (!outcome.IsDropped)
        {
            _steps.Add(new Step(scope.Job, key, id, step.Place, outcome.When, outcome.Guard)
            {
                Resolver = plan.Resolve,
                Gates = scope.Gates.IsEmpty ? default : scope.Gates.Add(scope.Gate(key, plan.When)),
                MayIgnoreFailure = scope.MayIgnoreFailure,
            });
        }
    }

    private StepNode Local(YamlMapping step, YamlScalar uses, string key, GitHubScope scope, int depth)
    {
        var folder = uses.Value[2..].Trim('/');
        if (depth >= DeepestAction)
        {
            expansion.Report(uses.Place, $"actions use one another more than {DeepestAction} deep", "Use fewer actions from within one another.");
            return new StepNode(key, null);
        }

        var action = Load(uses, folder, scope.File.RepositoryRoot);
        if (action?.Root["runs"] is not YamlMapping runs || (runs["using"] as YamlScalar)?.Value != "composite")
        {
            var unread = action is null
                ? new StepAction.Unread(UnknownReason.MissingFile, uses.Value, $"the action '{uses.Value}' is not in the repository")
                : new StepAction.Unread(UnknownReason.Unsupported, uses.Value, $"the action '{uses.Value}' is a program, not steps");
            Add(step, (step["id"] as YamlScalar)?.Value, key, scope, unread);
            return new StepNode(key, null);
        }

        var outer = scope.With(step["env"], isOfStep: true);
        var inner = outer with
        {
            File = action,
            ActionFolder = folder,
            Defaults = [],
            Inputs = WorkflowInputs.OfAction(action.Root, step["with"] as YamlMapping, outer),
            Conditions = step["if"] is YamlScalar condition ? scope.Conditions.Add((condition, scope)) : scope.Conditions,
            Gates = scope.Gates.Add(scope.Gate(key, GitHubText.Decide(step["if"] as YamlScalar, scope, RunValues.Empty, isBeforeRun: true).When)),
            MayIgnoreFailure = scope.MayIgnoreFailure || GitHubText.MayIgnoreFailure(step),
        };
        var table = Expand(runs["steps"] as YamlSequence, inner, key + "/", depth + 1);
        var outputs = action.Root["outputs"] as YamlMapping;
        return new StepNode(key, (name, evaluation) => (outputs?[name] as YamlMapping)?["value"] is YamlScalar text
            ? GitHubText.EvaluateText(text, inner with { Steps = table }, evaluation)
            : new StringValue(""));
    }

    private WorkflowFile? Load(YamlScalar uses, string folder, string root)
    {
        if (actions.TryGetValue(folder, out var known))
        {
            return known;
        }

        var path = $"{root}{folder}/action.yml".Replace("//", "/", StringComparison.Ordinal).TrimStart('/');
        var other = Path.ChangeExtension(path, ".yaml");
        var source = expansion.Read(expansion.Look(path) is FileRead.Missing && expansion.Look(other) is FileRead.Found ? other : path, uses.Place, "action", mayBeMadeLater: true);
        WorkflowFile? action = null;
        if (source is not null)
        {
            var document = YamlDocument.Read(source);
            expansion.Report(document, PipelineHost.GitHubActions);

            action = document.Root is YamlMapping map ? new WorkflowFile(source, map) { RepositoryRoot = root } : null;
        }

        return actions[folder] = action;
    }

    private static bool IsLocal(string uses) => uses.StartsWith("./", StringComparison.Ordinal) || uses.StartsWith("$/", StringComparison.Ordinal);
}
