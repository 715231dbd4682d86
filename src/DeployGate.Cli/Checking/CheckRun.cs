using System.Collections.Immutable;
using DeployGate.Cli.Files;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Policies;
using DeployGate.ControlPlane.Live;
using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>A finished check, or why the command line could not be carried out.</summary>
internal sealed record CheckOutcome(GateReport? Report, string? UsageError)
{
    /// <summary>The inspections that <c>--disk</c> gave, and which disk each is of.</summary>
    public ImmutableArray<(string Of, string Document)> Inspections { get; init; } = [];

    /// <summary>What was read from Azure for it, and when; null when nothing was asked.</summary>
    public Judged? Judged { get; init; }
}

/// <summary>The gate from files to report: find, evaluate, join with the facts, decide.</summary>
internal sealed class CheckRun(string workingFolder, TextReader standardInput)
{
    internal CheckOutcome Run(CheckOptions options)
    {
        var states = new StateFiles(workingFolder, new DiskInspector(workingFolder, options.Consent, options.Clock)).Read(options.States, options.Disks, out var usageError);
        if (usageError is not null)
        {
            return new CheckOutcome(null, usageError);
        }

        var inputs = new InputFinder(workingFolder, standardInput).Find(options.Paths);
        var evaluator = new Evaluator(workingFolder, ModuleCache.Of(options.ModuleCache, workingFolder));
        var plan = evaluator.Plan(inputs, options, isOverlay: false);
        if (plan.UsageError is not null)
        {
            return new CheckOutcome(null, plan.UsageError);
        }

        var scripts = new ScriptFollower(workingFolder).Follow(inputs.Scripts);
        plan = WithDeployments(plan, scripts, options.Target);
        var resolved = WithoutLinked(evaluator.Run(plan, options.Target));
        var rounds = new LookupRounds(new Gate(DecisionTableReader.ReadEmbedded(), options.OnUnknown), resolved, [.. scripts.Runs.Select(one => one.Run)], states);
        var judged = states.AsksAzure && options.Live is { } live ? rounds.Judge(live) : rounds.Judge();
        var results = judged.Results;
        var report = new GateReport(
            ToolVersion.Number,
            Findings.Merge(results.SelectMany(result => result.Findings)),
            [.. results.SelectMany(result => result.Uses).Distinct()],
            [.. inputs.Errors, .. states.Errors, .. StateRemarks(states, judged, options), .. plan.Errors, .. scripts.Errors, .. Evaluator.ErrorsOf(resolved)],
            resolved.Select(template => template.Source).Distinct().Count(),
            scripts.Pipelines)
        {
            Remarks = scripts.Remarks,
        };
        return new CheckOutcome(report, null) { Judged = judged, Inspections = states.Inspections };
    }

    private static IEnumerable<InputError> StateRemarks(StateRead states, Judged judged, CheckOptions options)
    {
        if (judged.LoginFailure is { } failure)
        {
            // Whoever wants every use decided needs Azure; for others the uses are undecided, and say so.
            yield return new InputError(LiveOptions.Source, null, $"Azure was not asked: {failure}", LoginOffers.Text, IsUnreadable: options.OnUnknown == OnUnknown.Fail);
        }

        if (states.AsksAzure && options.Live is null)
        {
            yield return new InputError(LiveOptions.Source, null, "Azure was not asked: --offline forbids it", "Give recorded facts with --state FILE, or leave out --offline.", IsUnreadable: false);
        }

        if (options.MaxAge is { } age)
        {
            foreach (var remark in states.StaleAfter(age, options.Clock.GetUtcNow()))
            {
                yield return remark;
            }
        }
    }

    private EvaluationPlan WithDeployments(EvaluationPlan plan, FollowedScripts scripts, DeploymentTarget target)
    {
        if (scripts.Runs.IsEmpty)
        {
            return plan;
        }

        var deployments = new PipelineDeployments(workingFolder, target);
        foreach (var run in scripts.Runs)
        {
            deployments.Add(run);
        }

        return deployments.Join(plan);
    }

    // A template that another one deploys is judged there, with the parameters it is really given. Templates that only link
    // to one another in a circle have no such other one, and stay.
    private static ImmutableArray<ResolvedTemplate> WithoutLinked(ImmutableArray<ResolvedTemplate> resolved)
    {
        var linked = LinkedFrom(resolved);
        var deployed = LinkedFrom(resolved.Where(template => !linked.Contains(template.Source)));
        return [.. resolved.Where(template => !deployed.Contains(template.Source) || !template.ParameterFiles.IsEmpty)];
    }

    private static HashSet<string> LinkedFrom(IEnumerable<ResolvedTemplate> templates) =>
        templates.SelectMany(template => template.LinkedFiles.Where(file => file != template.Source)).ToHashSet(StringComparer.Ordinal);
}
