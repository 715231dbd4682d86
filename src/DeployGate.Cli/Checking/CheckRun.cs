using System.Collections.Immutable;
using DeployGate.Cli.Files;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Output;
using DeployGate.Cli.Policies;
using DeployGate.Cli.PolicyPacks;
using DeployGate.Cli.Sharding;
using DeployGate.Cli.Waivers;
using DeployGate.ControlPlane.Live;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Threads;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>A finished check, or why the command line could not be carried out.</summary>
internal sealed record CheckOutcome(GateReport? Report, string? UsageError)
{
    /// <summary>The inspections that <c>--disk</c> gave, and which disk each is of.</summary>
    public ImmutableArray<(string Of, string Document)> Inspections { get; init; } = [];

    /// <summary>What the run stood on; null when it did not come so far.</summary>
    public CheckGround? Ground { get; init; }

    /// <summary>What was read from Azure for it, and when; null when nothing was asked.</summary>
    public Judged? Judged { get; init; }
}

/// <summary>What a run reads once, however often it is run: the actual state, what is accepted, and what was changed.</summary>
internal sealed record CheckGround(StateRead States, Accepting Accepting, ChangedLines? Changes, PolicySet Policies);

/// <summary>The gate from files to report: find, evaluate, join with the facts, decide.</summary>
internal sealed class CheckRun(string workingFolder, TextReader standardInput, Activity? activity = null)
{
    internal CheckOutcome Run(CheckOptions options)
    {
        var accepting = new Accepting(workingFolder, options);
        if (accepting.Open() is { } wrong)
        {
            return new CheckOutcome(null, wrong);
        }

        var (changes, refused) = options.ChangedSince is { } revision ? new GitChanges(workingFolder).Since(revision) : (null, null);
        if (refused is not null)
        {
            return new CheckOutcome(null, refused);
        }

        activity?.Begin("reading actual state");
        var states = new StateFiles(workingFolder, new DiskInspector(workingFolder, options.Consent, options.Clock)).Read(options.States, options.Disks, out var usageError);
        if (usageError is not null)
        {
            return new CheckOutcome(null, usageError);
        }

        var policies = PolicyFiles.ReadAll([.. options.Policies, .. options.Configuration.Policies], workingFolder, out var policyFault);
        if (policyFault is not null)
        {
            return new CheckOutcome(null, policyFault);
        }

        return Run(options, new CheckGround(states, accepting, changes, new PolicySet(policies, options.Now)), EditedFiles.None, Facts.None);
    }

    /// <summary>Runs again on the same ground, with files as a fix would leave them and with what Azure answered before.</summary>
    internal CheckOutcome Run(CheckOptions options, CheckGround ground, EditedFiles edited, Facts known)
    {
        var (states, accepting, changes, policies) = ground;
        var gathered = Gather(options, ground, edited);
        if (gathered.UsageError is not null)
        {
            return new CheckOutcome(null, gathered.UsageError);
        }

        LargeRun.LetGo(gathered.Told.Sources);
        var gate = new Gate(DecisionTableReader.Embedded, options.Settings, policies)
        {
            Now = options.Now,
            Touched = changes is null ? null : new Touched(changes, gathered.Declared),
        };
        var judged = Judge(new LookupRounds(gate, gathered.Templates, gathered.Runs, states) { Declared = gathered.Declared }, states, options, known);
        var told = gathered.Told;
        LargeRun.LetGo(told.Sources);
        var ((accepted, unwritten), uses) = Each.Both(
            LargeRun.Is(judged.Results.Length),
            () => accepting.Apply(Findings.Merge(judged.Results.SelectMany(result => result.Findings)), told.Waivable),
            () => UseReport.Distinct(judged.Results.SelectMany(result => result.Uses)));
        if (unwritten is not null)
        {
            return new CheckOutcome(null, unwritten);
        }

        IEnumerable<InputError> errors =
        [
            .. states.Errors, .. StateRemarks(states, judged, options), .. accepted.Remarks, .. options.Shard is null ? accepted.Unused : [], .. told.Errors,
        ];
        var report = new GateReport(
            ToolVersion.Number,
            accepted.Open,
            uses,
            InputError.InOrder(errors),
            told.Sources,
            told.Pipelines)
        {
            Remarks = told.Remarks,
            Suppressed = accepted.Suppressed,
            Untouched = judged.Results.Sum(result => result.Untouched),
            AskedResources = policies.AsksResources ? told.Resources : 0,
            Part = options.Shard is { } shard ? Division.PartOf(shard, told.Digest!, accepted) : null,
        };
        return new CheckOutcome(report, null) { Judged = judged, Inspections = states.Inspections, Ground = ground };
    }

    // The files, the plan and what is only told of them go out of reach here, before judging makes the results.
    private Gathered Gather(CheckOptions options, CheckGround ground, EditedFiles edited)
    {
        var evaluator = new Evaluator(workingFolder, ModuleCache.Of(options.ModuleCache, workingFolder), edited, activity);
        var prepared = Prepare(evaluator, options, ground, edited);
        if (prepared.UsageError is not null)
        {
            return Gathered.Wrong(prepared.UsageError);
        }

        var (plan, division, runs, told) = (prepared.Plan, prepared.Division, prepared.Runs, prepared.Told);
        var templates = EvaluatedTemplate.WithoutLinked(evaluator.Run(plan, options.Target, division, keepsAll: ground.Changes is not null || ground.Policies.AsksResources));
        ImmutableArray<ResolvedTemplate> own = [.. templates.Where(template => template.IsOwn).Select(template => template.Resolved!)];
        ImmutableArray<PipelineRun> judged = [.. division.Of(runs)];
        return new Gathered(own, judged, ResourcesOf(templates, runs), null)
        {
            Told = told with
            {
                Errors = [.. told.Errors, .. Evaluator.ErrorsOf(own), .. UnseenTemplates.Of(own, options.Settings.OnUnknown)],
                Sources = templates.Select(template => template.Source).Distinct().Count(),
                Resources = own.Sum(template => template.Resources.Length) + judged.Sum(run => run.Operations.Length),
            },
        };
    }

    private Prepared Prepare(Evaluator evaluator, CheckOptions options, CheckGround ground, EditedFiles edited)
    {
        activity?.Begin("finding templates and pipelines");
        var inputs = new InputFinder(workingFolder, standardInput, edited).Find(options.Paths);
        activity?.Begin("following pipelines");
        var (scripts, plan) = Each.Both(
            LargeRun.Is(inputs.Scripts.Length),
            () => new ScriptFollower(workingFolder, edited).Follow(inputs.Scripts),
            () => evaluator.Plan(inputs, options, isOverlay: false));
        if (plan.UsageError is not null)
        {
            return Prepared.Wrong(plan);
        }

        plan = WithDeployments(plan, scripts, options.Target, edited, inputs);
        return new Prepared(plan, new Division(options.Shard, plan.Evaluations.Length, scripts.Runs.Length), [.. scripts.Runs.Select(one => one.Run.WithoutDeployments())])
        {
            Told = new Told
            {
                Waivable = Accepting.Waivable(inputs),
                Errors = [.. inputs.Errors, .. plan.Errors, .. scripts.Errors],
                Remarks = scripts.Remarks,
                Pipelines = scripts.Pipelines,
                Digest = options.Shard is null ? null : RunDigest.Of(options, ground, inputs, plan),
            },
        };
    }

    private Judged Judge(LookupRounds rounds, StateRead states, CheckOptions options, Facts known)
    {
        activity?.Begin(states.AsksAzure ? "asking Azure" : "comparing declared and actual state");
        return states.AsksAzure && options.Live is { } live ? rounds.Judge(live, known) : rounds.Judge();
    }

    // All that the run knows to be declared, whichever part judges it.
    private static ImmutableArray<ResolvedResource> ResourcesOf(ImmutableArray<EvaluatedTemplate> templates, ImmutableArray<PipelineRun> runs) =>
    [
        .. templates.SelectMany(template => template.Resolved?.Resources ?? []),
        .. runs.SelectMany(run => run.Operations).Select(operation => operation.Resource),
    ];

    private static IEnumerable<InputError> StateRemarks(StateRead states, Judged judged, CheckOptions options)
    {
        if (judged.LoginFailure is { } failure)
        {
            // Whoever wants every use decided needs Azure; for others the uses are undecided, and say so.
            yield return new InputError(LiveOptions.Source, null, $"Azure was not asked: {failure}", LoginOffers.Text, IsUnreadable: options.Settings.OnUnknown == OnUnknown.Fail);
        }

        if (states.AsksAzure && options.Live is null)
        {
            yield return new InputError(LiveOptions.Source, null, "Azure was not asked: --offline forbids it", "Give recorded facts with --state FILE, or leave out --offline.", IsUnreadable: false);
        }

        if (options.MaxAge is { } age)
        {
            foreach (var remark in states.StaleAfter(age, options.Now))
            {
                yield return remark;
            }
        }
    }

    private EvaluationPlan WithDeployments(EvaluationPlan plan, FollowedScripts scripts, DeploymentTarget target, EditedFiles edited, Inputs inputs)
    {
        if (scripts.Runs.IsEmpty)
        {
            return plan;
        }

        var deployments = new PipelineDeployments(workingFolder, target, edited, inputs);
        foreach (var run in scripts.Runs)
        {
            deployments.Add(run);
        }

        return deployments.Join(plan);
    }
}
