using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>Reads an expanded pipeline: stages in the order of their dependencies, and their jobs.</summary>
internal sealed partial class AzurePipelineReader(Expansion expansion)
{
    private readonly PipelineGraph _graph = new();
    private HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    internal void Read(SourceText source, YamlMapping yaml)
    {
        var expander = new TemplateExpander(expansion);
        var scope = expander.RootScope(source, yaml);
        var root = expander.ExpandRoot(yaml, scope);
        if (root["extends"] is ExpandedMapping extends)
        {
            // The extending pipeline's variables are in sight of the template's jobs.
            var template = expander.Extend(extends, TemplateVariables.Extend(scope, root["variables"] ?? new ExpandedSequence([], root.Place)));
            root = root with { Entries = [.. root.Entries, .. template.Entries] };
        }

        _written = [.. expansion.Sources.Prepend(source).SelectMany(file => SetVariable().Matches(file.Content)).Select(match => match.Groups[1].Value)];
        ImmutableArray<VariableLayer> layers = [VariableLayer.Of(root)];
        Stages(root, layers);
    }

    private void Stages(ExpandedMapping root, ImmutableArray<VariableLayer> layers)
    {
        var items = root.Items("stages");
        if (items.IsEmpty)
        {
            var whole = new StagePlan(null, root, null, []);
            Stage(whole, root, layers, []);
            return;
        }

        List<StagePlan> plans = [];
        foreach (var item in items)
        {
            if (item.Node is ExpandedUnread unread)
            {
                plans.Add(new StagePlan($"#{plans.Count + 1}", new ExpandedMapping([], unread.Place), item.Guard, []) { Unread = unread });
            }
            else if (item.Node is ExpandedMapping map && map.Entry("stage") is not null)
            {
                var before = plans.Count > 0 ? new[] { plans[^1].Name! } : [];
                plans.Add(new StagePlan(map.KnownText("stage") is { Length: > 0 } name ? name : $"#{plans.Count + 1}", map, item.Guard, Needs(map) ?? before));
            }
        }

        foreach (var plan in Ordering.ByNeeds(plans, plan => plan.Name!, plan => plan.Needs, Cycle, Missing))
        {
            Stage(plan, root, layers, [.. plan.Needs.Where(_graph.Stages.ContainsKey).Select(need => _graph.Stages[need])]);
        }

        void Cycle(StagePlan plan) => expansion.Report(plan.Map.Place, $"the stage '{plan.Name}' depends on itself, by way of others", "Remove one of the dependencies of the cycle.");
        void Missing(StagePlan plan, string need) => expansion.Report(plan.Map.Place, $"the stage '{need}' that '{plan.Name}' depends on does not exist", "Correct the name.");
    }

    private void Stage(StagePlan plan, ExpandedMapping root, ImmutableArray<VariableLayer> layers, ImmutableArray<StageNode> needs)
    {
        var node = new StageNode();
        _graph.Stages[plan.Name ?? ""] = node;
        ImmutableArray<VariableLayer> inner = plan.Name is null ? layers : layers.Add(VariableLayer.Of(plan.Map));
        var variables = new JobVariables(inner) { Others = _graph.OfStage, Written = _written };
        var isSkipped = needs.Any(need => need.IsDropped);
        ConditionOutcome Decide(RunValues run, bool isBeforeRun)
        {
            var own = AzureCondition.Decide(plan.Name is null ? null : plan.Map.Scalar("condition"), variables, run, isBeforeRun, isSkipped);
            return own with { Guard = Guard.Both(plan.Guard, own.Guard) };
        }

        var outcome = Decide(RunValues.Empty, true);
        if (outcome.IsDropped)
        {
            node.IsDropped = true;
            return;
        }

        var place = new StagePlace(plan.Name, node, inner, plan.Map["pool"] ?? root["pool"], [.. needs.SelectMany(need => need.Ids)], outcome, run => Decide(run, false));
        var jobs = new JobReader(expansion, _graph, _written);
        node.Ids = plan.Unread is { } unread ? jobs.Unread(unread, place) : jobs.Read(plan.Map, place);
    }

    /// <summary>The names of a <c>dependsOn</c>; null when it is left out, empty when there are none.</summary>
    internal static string[]? Needs(ExpandedMapping map) => map.Entry("dependsOn") is null ? null :
        [.. map.Items("dependsOn").Select(item => item.Node).OfType<ExpandedScalar>().Where(item => item.Text.IsKnown && !item.IsEmpty).Select(item => item.Text.Content.Trim())];

    [GeneratedRegex(@"task\.setvariable\s[^\]\n]*?variable=([A-Za-z_][\w.\-]*)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SetVariable();

    private sealed record StagePlan(string? Name, ExpandedMapping Map, Guard? Guard, string[] Needs)
    {
        internal ExpandedUnread? Unread { get; init; }
    }
}

/// <summary>Where the jobs of a stage stand.</summary>
internal sealed record StagePlace(
    string? Name,
    StageNode Node,
    ImmutableArray<VariableLayer> Variables,
    ExpandedNode? Pool,
    ImmutableArray<string> Needs,
    ConditionOutcome Outcome,
    Func<RunValues, ConditionOutcome> Decide);
