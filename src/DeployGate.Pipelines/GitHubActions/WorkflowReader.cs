using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>Expands a workflow: its jobs in the order of their needs, each row of a matrix, each workflow that a job calls.</summary>
internal sealed class WorkflowReader(Expansion expansion)
{
    private const int DeepestCall = 10;

    private readonly Dictionary<string, WorkflowFile?> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkflowFile?> _actions = new(StringComparer.Ordinal);

    /// <summary>Reads a workflow that is not called by another.</summary>
    internal void Read(SourceText source, YamlMapping root)
    {
        var file = new WorkflowFile(source, root);
        var scope = new GitHubScope { File = file, Events = WorkflowInputs.Events(root), Inputs = WorkflowInputs.OfRun(root) };
        Expand(scope, new Caller("", [], ConditionOutcome.Runs, null, 0, []));
    }

    private Dictionary<string, JobNode> Expand(GitHubScope scope, Caller caller)
    {
        var root = scope.File.Root;
        scope = scope.With(root["env"], isOfStep: false).WithDefaults(root["defaults"]);
        Dictionary<string, JobNode> nodes = new(StringComparer.OrdinalIgnoreCase);
        if (root["jobs"] is not YamlMapping jobs)
        {
            return nodes;
        }

        foreach (var entry in InOrder(jobs))
        {
            var node = new JobNode(entry.Key.Value);
            if (entry.Value is YamlMapping job)
            {
                Job(new JobPlan(entry.Key, job, node), scope with { Needs = Needed(job, nodes) }, caller);
            }

            nodes[entry.Key.Value] = node;
        }

        return nodes;
    }

    // A job stands after those it needs; a cycle ends at the job that closes it.
    private List<YamlEntry> InOrder(YamlMapping jobs) => Ordering.ByNeeds(
        jobs.Entries,
        entry => entry.Key.Value,
        entry => YamlValues.Scalars((entry.Value as YamlMapping)?["needs"]).Select(need => need.Value),
        entry => expansion.Report(entry.Key.Place, $"the job '{entry.Key.Value}' needs itself, by way of others", "Remove one of the needs of the cycle."),
        (entry, need) => expansion.Report(entry.Key.Place, $"the job '{need}' that '{entry.Key.Value}' needs does not exist", "Correct the name."));

    private static Dictionary<string, JobNode> Needed(YamlMapping job, Dictionary<string, JobNode> nodes)
    {
        Dictionary<string, JobNode> needed = new(StringComparer.OrdinalIgnoreCase);
        foreach (var need in YamlValues.Scalars(job["needs"]))
        {
            if (nodes.TryGetValue(need.Value, out var node))
            {
                needed[need.Value] = node;
            }
        }

        return needed;
    }

    private void Job(JobPlan plan, GitHubScope scope, Caller caller)
    {
        var isSkipped = scope.Needs.Values.Any(need => need.IsDropped);
        var condition = plan.Job["if"] as YamlScalar;
        ConditionOutcome Decide(RunValues run, bool isBeforeRun) => GitHubText.Decide(condition, scope, run, isBeforeRun, isSkipped);
        var own = Decide(RunValues.Empty, true);
        var outcome = own.Within(caller.Outcome);
        if (outcome.IsDropped)
        {
            plan.Node.IsDropped = true;
            return;
        }

        ImmutableArray<string> needed = [.. scope.Needs.Values.SelectMany(need => need.Ids)];
        ImmutableArray<string> needs = [.. caller.Needs, .. needed];
        ImmutableArray<JobGate> gates = [.. caller.Gates, new JobGate(needed, own.When)];
        var rows = MatrixRows.Of((plan.Job["strategy"] as YamlMapping)?["matrix"], scope, new Evaluation(RunValues.Empty) { IsBeforeRun = true });
        if (rows.Length > MatrixRows.Most)
        {
            expansion.ReportLimit(plan.Name.Place, $"a matrix was followed for {MatrixRows.Most} rows");
        }

        foreach (var row in rows.Take(MatrixRows.Most))
        {
            var label = MatrixRows.Label(row);
            var id = expansion.UniqueId(caller.Prefix + plan.Name.Value + (label.Length > 0 ? $" ({label})" : ""));
            var jobScope = scope with { Matrix = row, Job = id, IsContainer = plan.Job["container"] is not null, System = RunnerLabels.System(plan.Job["runs-on"], scope with { Matrix = row }) };
            var placed = new PlacedJob(id, needs, outcome, run => Decide(run, false).Within(caller.Decide?.Invoke(run) ?? caller.Outcome), gates);
            if (plan.Job["uses"] is YamlScalar uses)
            {
                Call(plan, uses, jobScope, placed, caller.Depth);
            }
            else
            {
                Steps(plan, jobScope, placed);
            }
        }
    }

    private void Steps(JobPlan plan, GitHubScope scope, PlacedJob placed)
    {
        // Conditions and needs are of the scope around: the job's own environment does not reach them.
        var inner = scope.With(plan.Job["env"], isOfStep: false).WithDefaults(plan.Job["defaults"]);
        var (steps, table) = new StepReader(expansion, _actions).Read(plan.Job["steps"] as YamlSequence, inner);
        var outputs = plan.Job["outputs"] as YamlMapping;
        plan.Node.Outputs.Add((name, evaluation) => outputs?[name] is YamlScalar text
            ? GitHubText.EvaluateText(text, inner with { Steps = table }, evaluation)
            : new StringValue(""));
        Add(plan, placed, steps, scope.System);
    }

    private void Call(JobPlan plan, YamlScalar uses, GitHubScope scope, PlacedJob placed, int depth)
    {
        if (!IsLocal(uses.Value))
        {
            Unread(plan, placed, new StepAction.Unread(UnknownReason.OtherRepository, uses.Value, $"the workflow '{uses.Value}' is in another repository"));
            return;
        }

        if (depth >= DeepestCall)
        {
            expansion.Report(uses.Place, $"workflows call one another more than {DeepestCall} deep", "Call fewer workflows from within one another.");
            return;
        }

        if (Load(uses, scope.File.RepositoryRoot) is not { } callee)
        {
            Unread(plan, placed, new StepAction.Unread(UnknownReason.MissingFile, uses.Value, $"the workflow '{uses.Value}' is not in the repository"));
            return;
        }

        var inner = new GitHubScope { File = callee, Events = scope.Events, Inputs = WorkflowInputs.OfCall(callee.Root, plan.Job["with"] as YamlMapping, scope) };
        var before = expansion.Jobs.Count;
        var nodes = Expand(inner, new Caller(placed.Id + "/", placed.Needs, placed.Outcome, placed.Decide, depth + 1, placed.Gates));
        plan.Node.Ids.AddRange(expansion.Jobs.Skip(before).Select(job => job.Id));
        var outputs = WorkflowInputs.CallOutputs(callee.Root);
        plan.Node.Outputs.Add((name, evaluation) => (outputs?[name] as YamlMapping)?["value"] is YamlScalar text
            ? GitHubText.EvaluateText(text, inner with { Needs = nodes }, evaluation)
            : new StringValue(""));
    }

    private void Unread(JobPlan plan, PlacedJob placed, StepAction.Unread action)
    {
        var step = new Step(placed.Id, "#1", null, plan.Name.Place, RunsWhen.Success, null)
        {
            Resolver = _ => new ResolvedStep(action, action.What, null, false, [], null),
        };
        Add(plan, placed, [step], JobSystem.Unknown);
    }

    private void Add(JobPlan plan, PlacedJob placed, ImmutableArray<Step> steps, JobSystem system)
    {
        plan.Node.Ids.Add(placed.Id);
        expansion.Jobs.Add(new Job(placed.Id, null, plan.Name.Value, plan.Name.Place, placed.Needs, placed.Outcome.Guard, placed.Outcome.When, steps, system)
        {
            GuardSource = run => placed.Decide(run).Guard,
            Gates = placed.Gates,
            MayIgnoreFailure = GitHubText.MayIgnoreFailure(plan.Job),
        });
    }

    private WorkflowFile? Load(YamlScalar uses, string root)
    {
        var path = root + uses.Value[2..];
        if (_files.TryGetValue(path, out var known))
        {
            return known;
        }

        WorkflowFile? file = null;
        if (expansion.Read(path, uses.Place, "workflow") is { } source)
        {
            var document = YamlDocument.Read(source);
            expansion.Report(document, PipelineHost.GitHubActions);

            file = document.Root is YamlMapping map ? new WorkflowFile(source, map) { RepositoryRoot = root } : null;
        }

        return _files[path] = file;
    }

    private static bool IsLocal(string uses) => uses.StartsWith("./", StringComparison.Ordinal) || uses.StartsWith("$/", StringComparison.Ordinal);

    private sealed record JobPlan(YamlScalar Name, YamlMapping Job, JobNode Node);

    private sealed record PlacedJob(string Id, ImmutableArray<string> Needs, ConditionOutcome Outcome, Func<RunValues, ConditionOutcome> Decide, ImmutableArray<JobGate> Gates);

    private sealed record Caller(string Prefix, ImmutableArray<string> Needs, ConditionOutcome Outcome, Func<RunValues, ConditionOutcome>? Decide, int Depth, ImmutableArray<JobGate> Gates);
}
