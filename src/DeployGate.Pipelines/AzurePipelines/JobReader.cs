using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>Reads the jobs of a stage, each row of a matrix, and the hooks of deployments.</summary>
internal sealed class JobReader(Expansion expansion, PipelineGraph graph, IReadOnlySet<string> written)
{
    private const int MostRows = 256;

    private static readonly string[] s_hooks = ["preDeploy", "deploy", "routeTraffic", "postRouteTraffic"];

    /// <summary>Reads the jobs, or the steps that stand for one job; gives their ids.</summary>
    internal ImmutableArray<string> Read(ExpandedMapping stage, StagePlace place)
    {
        var before = expansion.Jobs.Count;
        var items = stage.Items("jobs");
        if (items.IsEmpty && stage.Entry("steps") is { } steps)
        {
            Job(new JobPlan("Job", stage with { Entries = [.. stage.Entries.Where(entry => entry.Key is "steps" or "pool" or "container" or "strategy" or "continueOnError")] }, steps.KeyPlace, null, []), place);
        }

        List<JobPlan> plans = [];
        foreach (var item in items)
        {
            if (item.Node is ExpandedUnread unread)
            {
                Unread(unread, place with { Outcome = place.Outcome with { Guard = Guard.Both(place.Outcome.Guard, item.Guard) } });
            }
            else if (item.Node is ExpandedMapping map && (map.Entry("job") ?? map.Entry("deployment")) is { } entry)
            {
                var name = map.KnownText(entry.Key) is { Length: > 0 } known ? known : $"Job{plans.Count + 1}";
                plans.Add(new JobPlan(name, map, entry.KeyPlace, item.Guard, AzurePipelineReader.Needs(map) ?? []));
            }
        }

        foreach (var plan in Ordering.ByNeeds(plans, plan => plan.Name, plan => plan.Needs, Cycle, Missing))
        {
            Job(plan, place);
        }

        return [.. expansion.Jobs.Skip(before).Select(job => job.Id)];

        void Cycle(JobPlan plan) => expansion.Report(plan.At, $"the job '{plan.Name}' depends on itself, by way of others", "Remove one of the dependencies of the cycle.");
        void Missing(JobPlan plan, string need) => expansion.Report(plan.At, $"the job '{need}' that '{plan.Name}' depends on does not exist", "Correct the name.");
    }

    /// <summary>A job that stands for jobs or stages that were not read.</summary>
    internal ImmutableArray<string> Unread(ExpandedUnread unread, StagePlace place)
    {
        var id = expansion.UniqueId(Prefix(place) + unread.What);
        var action = new StepAction.Unread(unread.Reason, unread.What, unread.Detail);
        var step = new Step(id, "#1", null, unread.Place, RunsWhen.Success, null) { Resolver = _ => new ResolvedStep(action, unread.What, null, false, [], null) };
        expansion.Jobs.Add(new Job(id, place.Name, unread.What, unread.Place, place.Needs, place.Outcome.Guard, place.Outcome.When, [step], JobSystem.Unknown));
        return [id];
    }

    private void Job(JobPlan plan, StagePlace place)
    {
        var node = new AzureJobNode();
        place.Node.Jobs[plan.Name] = node;
        var layers = plan.Map.Entry("variables") is null ? place.Variables : place.Variables.Add(VariableLayer.Of(plan.Map));
        var needed = plan.Needs.Where(place.Node.Jobs.ContainsKey).Select(need => place.Node.Jobs[need]).ToList();
        var isSkipped = needed.Exists(need => need.IsDropped);
        ImmutableArray<string> needs = needed.Count == 0 ? place.Needs : [.. place.Needs, .. needed.SelectMany(need => need.Rows).Select(row => row.Id)];
        foreach (var (label, row) in Rows(plan, layers, place))
        {
            var id = expansion.UniqueId(Prefix(place) + plan.Name + (label is null ? "" : $"/{label}"));
            Dictionary<string, string> named = new(StringComparer.OrdinalIgnoreCase);
            var variables = new JobVariables(layers.Add(row))
            {
                Job = id,
                System = System(plan.Map, place, layers.Add(row)),
                Others = graph.OfJob(place.Node),
                Written = written,
                Steps = named,
                Known = Known(place.Name, plan.Name),
            };
            ConditionOutcome Own(RunValues run, bool isBeforeRun) => AzureCondition.Decide(plan.Map.Scalar("condition"), variables, run, isBeforeRun, isSkipped);
            ConditionOutcome Decide(ConditionOutcome own, ConditionOutcome outer) => (own with { Guard = Guard.Both(plan.Guard, own.Guard) }).Within(outer);

            var own = Own(RunValues.Empty, true);
            var outcome = Decide(own, place.Outcome);
            if (outcome.IsDropped)
            {
                node.IsDropped = true;
                return;
            }

            var steps = Steps(plan.Map, variables, named, id);
            node.Rows.Add(new JobRow(id, label, named));
            expansion.Jobs.Add(new Job(id, place.Name, plan.Name, plan.At, needs, outcome.Guard, outcome.When, steps, variables.System)
            {
                GuardSource = run => Decide(Own(run, false), place.Decide(run)).Guard,
                Gates = [new JobGate(place.Needs, place.Outcome.When), new JobGate([.. needs.Skip(place.Needs.Length)], own.When)],
                MayIgnoreFailure = plan.Map.Entry("continueOnError") is { } goesOn && !(goesOn.Value is ExpandedScalar { Text: { IsKnown: true, Content: var text } } && text.Trim().Equals("false", StringComparison.OrdinalIgnoreCase)),
            });
        }
    }

    // A matrix that is made at run time is one row of which no variable is known.
    private List<(string? Label, VariableLayer Row)> Rows(JobPlan plan, ImmutableArray<VariableLayer> layers, StagePlace place)
    {
        switch ((plan.Map["strategy"] as ExpandedMapping)?["matrix"])
        {
            case ExpandedMapping rows:
                if (rows.Entries.Length > MostRows)
                {
                    expansion.ReportLimit(plan.At, $"a matrix was followed for {MostRows} rows");
                }

                return [.. rows.Entries.Take(MostRows).Where(entry => entry.Value is ExpandedMapping).Select(entry =>
                    ((string?)entry.Key, new VariableLayer([.. VariableLayer.Of((ExpandedMapping)entry.Value, entry.Guard)], [], null)))];
            case ExpandedScalar scalar:
                var value = scalar.Text.IsKnown && scalar.Text.Content.Trim() is ['$', '[', .. var inner, ']']
                    ? new JobVariables(layers) { Others = graph.OfJob(place.Node), Written = written }.Evaluate(inner, new Evaluation(RunValues.Empty))
                    : scalar.Text.ToValue();
                var cause = value as UnknownValue;
                return [("{matrix}", new VariableLayer([], [], new ExpandedUnread(cause?.Reason ?? UnknownReason.RuntimeOutput, "matrix", "the rows of the matrix are made at run time", scalar.Place)))];
            default:
                return [(null, VariableLayer.Empty)];
        }
    }

    private static JobSystem System(ExpandedMapping job, StagePlace place, ImmutableArray<VariableLayer> layers)
    {
        if (job.Entry("container") is not null)
        {
            return JobSystem.Linux;
        }

        if ((job["pool"] ?? place.Pool) is not ExpandedMapping pool || pool.Scalar("vmImage") is not { } image)
        {
            return JobSystem.Unknown;
        }

        var value = new JobVariables(layers).Substitute(image.Text, new Evaluation(RunValues.Empty)).ToValue();
        return JobSystems.Of(value switch { StringValue text => text.Text, PartialString partial => partial.KnownStart, _ => null });
    }

    private ImmutableArray<Step> Steps(ExpandedMapping job, JobVariables variables, Dictionary<string, string> named, string id)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        HashSet<string> keys = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (hook, list, after) in Hooks(job))
        {
            var number = 0;
            foreach (var item in list)
            {
                number++;
                if (!expansion.TakeStep(item.Node.Place))
                {
                    break;
                }

                var name = (item.Node as ExpandedMapping)?.KnownText("name");
                var key = name is not null && keys.Add(name) ? name : $"{hook}#{number}";
                if (name is not null)
                {
                    named[name] = key;
                }

                if (Step(item, variables, id, key, name, after) is { } step)
                {
                    steps.Add(step);
                }
            }
        }

        return steps.ToImmutable();
    }

    private static Step? Step(ExpandedItem item, JobVariables variables, string job, string key, string? name, RunsWhen after)
    {
        if (item.Node is ExpandedUnread unread)
        {
            var action = new StepAction.Unread(unread.Reason, unread.What, unread.Detail);
            return new Step(job, key, null, unread.Place, after, item.Guard) { Resolver = _ => new ResolvedStep(action, unread.What, item.Guard, false, [], null) };
        }

        if (item.Node is not ExpandedMapping map)
        {
            return null;
        }

        var plan = new AzureStep(map, variables, item.Guard);
        var outcome = plan.Decide(RunValues.Empty, isBeforeRun: true);
        return outcome.IsDropped ? null : new Step(job, key, name, map.Place, after == RunsWhen.Failure ? after : outcome.When, outcome.Guard) { Resolver = plan.Resolve };
    }

    private static IEnumerable<(string Hook, ImmutableArray<ExpandedItem> Steps, RunsWhen After)> Hooks(ExpandedMapping job)
    {
        yield return ("", job.Items("steps"), RunsWhen.Success);
        foreach (var strategy in (job["strategy"] as ExpandedMapping)?.Entries.Where(entry => entry.Key is "runOnce" or "rolling" or "canary") ?? [])
        {
            if (strategy.Value is not ExpandedMapping hooks)
            {
                continue;
            }

            foreach (var hook in s_hooks)
            {
                yield return ($"{hook}/", (hooks[hook] as ExpandedMapping)?.Items("steps") ?? [], RunsWhen.Success);
            }

            var on = hooks["on"] as ExpandedMapping;
            yield return ("success/", (on?["success"] as ExpandedMapping)?.Items("steps") ?? [], RunsWhen.Success);
            yield return ("failure/", (on?["failure"] as ExpandedMapping)?.Items("steps") ?? [], RunsWhen.Failure);
        }
    }

    private static ImmutableDictionary<string, string> Known(string? stage, string job)
    {
        var known = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("System.JobName", job).Add("Agent.JobName", job);
        return stage is null ? known : known.Add("System.StageName", stage);
    }

    private static string Prefix(StagePlace place) => place.Name is null ? "" : place.Name + "/";

    private sealed record JobPlan(string Name, ExpandedMapping Map, Place At, Guard? Guard, string[] Needs);
}
