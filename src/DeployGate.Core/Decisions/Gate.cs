using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Rules;
using DeployGate.Core.Steps;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Decisions;

/// <summary>What an undecided use does to the pipeline.</summary>
public enum OnUnknown
{
    /// <summary>It is listed and not reported.</summary>
    Pass,

    /// <summary>It is reported as a warning.</summary>
    Warn,

    /// <summary>It closes the gate.</summary>
    Fail,
}

/// <summary>What the gate says of the uses of one evaluation.</summary>
public sealed record GateResult(ImmutableArray<Diagnostic> Findings, ImmutableArray<UseReport> Uses)
{
    /// <summary>Number of uses that were left out because nothing about them was changed.</summary>
    public int Untouched { get; init; }
}

/// <summary>Joins declared and actual state: uses, their sources' assessments, and the decision matrix.</summary>
public sealed class Gate(DecisionTable table, RuleSettings settings, PolicySet? policies = null)
{
    private readonly PolicySet _policies = policies ?? PolicySet.None;

    /// <summary>What was changed; null when everything is reported.</summary>
    public Touched? Touched { get; init; }

    /// <summary>When the run takes place, for rules about dates; null makes them silent.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Judges every use in one evaluated template.</summary>
    public GateResult Judge(ResolvedTemplate template, SharedArtifacts shared)
    {
        var results = new Results();
        Judge(template.Resources, CatalogOf(template, shared), template.ParameterFiles, results);
        return results.ToResult();
    }

    /// <summary>
    /// Looks for what judging a template looks for, and says nothing of it: with facts that are not complete yet, most of a report's
    /// work would be thrown away.
    /// </summary>
    public void Explore(ResolvedTemplate template, SharedArtifacts shared)
    {
        var catalog = CatalogOf(template, shared);
        foreach (var use in template.Resources.SelectMany(resource => UseCatalog.Read(resource, catalog)))
        {
            NeighbourFindings.Look(new UseContext(use, Assess(use, catalog), Verdict.Allowed, catalog) { Now = Now }, settings);
        }

        foreach (var resource in template.Resources)
        {
            NeighbourFindings.Look(resource, catalog, settings);
        }
    }

    /// <summary>Judges every step of a pipeline, each with what the steps before it made of machines and disks.</summary>
    public GateResult Judge(PipelineRun run, SharedArtifacts shared)
    {
        var results = new Results();
        ForEachOperation(run, shared, results, (resource, catalog) => Judge([resource], catalog, [], results));
        results.Findings.AddRange(OfActions(run, shared));
        return results.ToResult();
    }

    /// <summary>Looks for what judging a pipeline looks for, as <see cref="Explore(ResolvedTemplate, SharedArtifacts)"/> does for a template.</summary>
    public void Explore(PipelineRun run, SharedArtifacts shared)
    {
        var results = new Results();
        ForEachOperation(run, shared, results, (resource, catalog) => Explore(resource, catalog, results));
        OfActions(run, shared);
    }

    // Each step with what the steps before it made; what a step has deleted is forgotten before the next.
    private static void ForEachOperation(PipelineRun run, SharedArtifacts shared, Results results, Action<ResolvedResource, ArtifactCatalog> act)
    {
        var known = new KnownEntries();
        foreach (var operation in run.Operations)
        {
            var resource = operation.IsMaybe ? operation.Resource with { Presence = Presence.Maybe } : operation.Resource;
            var catalog = new ArtifactCatalog([resource, .. operation.Before], shared, operation.States, known);
            results.KeepStanding(operation.Before, known);
            act(resource, catalog);
        }
    }

    private List<Diagnostic> OfActions(PipelineRun run, SharedArtifacts shared)
    {
        var outside = new ArtifactCatalog([], shared);
        var actions = run.Actions.Where(IsTouched).ToList();
        List<Diagnostic> findings = [.. actions.Select(action => MachineFindings.Create(action, outside, settings)).OfType<Diagnostic>()];

        // Where an image is made, the capture is judged, which says the same with more to show.
        if (!run.Operations.Any(operation => ArtifactTypes.IsImage(operation.Resource.Type)) && settings.Of(RuleCatalog.Find("DG9001")!.Descriptor, Verdict.Undecided) is var severity and not Severity.Off)
        {
            findings.AddRange(actions.Select(action => MachineFindings.Unprepared(action, outside, severity)).OfType<Diagnostic>());
        }

        return findings;
    }

    private void Explore(ResolvedResource resource, ArtifactCatalog catalog, Results results)
    {
        foreach (var use in UseCatalog.Read(resource, catalog))
        {
            var sources = Assess(use, catalog);
            var one = Decide(use, sources);
            var context = new UseContext(use, sources, VerdictOf(one), catalog) { Now = Now, Earlier = results.Judged };
            if (IsTouched(one))
            {
                NeighbourFindings.Look(context, settings);
            }

            results.Judged.Add(context);
        }

        if (Touched is null || Touched.IsTouched(resource))
        {
            NeighbourFindings.Look(resource, catalog, settings);
        }
    }

    private void Judge(ImmutableArray<ResolvedResource> resources, ArtifactCatalog catalog, ImmutableArray<string> parameterFiles, Results results)
    {
        foreach (var use in resources.SelectMany(resource => UseCatalog.Read(resource, catalog)))
        {
            var sources = Assess(use, catalog);
            var one = Decide(use, sources);
            var context = new UseContext(use, sources, VerdictOf(one), catalog) { Now = Now, Earlier = results.Judged };
            if (IsTouched(one))
            {
                Judge(one, context, parameterFiles, results);
            }
            else
            {
                results.Untouched++;
            }

            results.Judged.Add(context);
        }

        ImmutableArray<ResolvedResource> touched = Touched is null ? resources : [.. resources.Where(resource => Touched.IsTouched(resource))];
        results.Findings.AddRange(touched.SelectMany(resource => NeighbourFindings.Of(resource, catalog, settings, parameterFiles)));
        results.Findings.AddRange(_policies.Judge(touched, settings, parameterFiles));
    }

    // The matrix first, then what stands beside it, then what the team wants.
    private void Judge(RuleCase one, UseContext context, ImmutableArray<string> parameterFiles, Results results)
    {
        var verdict = context.Verdict;
        if (one.Row.RuleId is { } id && RuleCatalog.Find(id) is MatrixRule rule)
        {
            var severity = settings.Of(rule.Descriptor, verdict);
            verdict = RuleSettings.VerdictOf(verdict, severity);
            if (severity != Severity.Off)
            {
                results.Findings.Add(Findings.Create(rule, severity, one, parameterFiles));
            }
        }

        ImmutableArray<Diagnostic> beside = [.. NeighbourFindings.Of(context, settings, parameterFiles)];
        verdict = NeighbourFindings.Join(verdict, beside);
        results.Findings.AddRange(beside);
        results.Findings.AddRange(_policies.Judge(one, verdict, settings, parameterFiles));
        results.Uses.Add(new UseReport(one.Declared.Place, one.Use.Stage, one.State.SourceId, StateOf(one.Declared), one.State.Actual, verdict)
        {
            OsType = one.Use.OsType == OsType.Unknown ? one.State.OsType : one.Use.OsType,
            Lineage = one.State.Lineage,
        });
    }

    // What a pipeline did to a machine before it deploys the template counts as much as before a command of its own.
    private static ArtifactCatalog CatalogOf(ResolvedTemplate template, SharedArtifacts shared) => template.DeployedBy is { } step
        ? new ArtifactCatalog(template.Resources.AddRange(step.Before), shared, step.States)
        : new ArtifactCatalog(template.Resources, shared);

    private static ImmutableArray<SourceCase> Assess(ImageUse use, ArtifactCatalog catalog) =>
        [.. use.Sources.Select(source => new SourceCase(source, OriginWalk.Assess(source, catalog, LookupPlace.Of(use.Resource))))];

    private sealed class Results
    {
        internal List<Diagnostic> Findings { get; } = [];

        internal List<UseReport> Uses { get; } = [];

        internal int Untouched { get; set; }

        internal List<UseContext> Judged { get; } = [];

        /// <summary>Forgets the uses of what the pipeline has deleted since: a machine that is gone stands beside no other.</summary>
        internal void KeepStanding(ImmutableArray<ResolvedResource> standing, KnownEntries known)
        {
            if (Judged.Count > 0)
            {
                var ids = standing.Select(known.IdOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
                Judged.RemoveAll(use => !ids.Contains(known.IdOf(use.Use.Resource)));
            }
        }

        internal GateResult ToResult() => new([.. Findings], [.. Uses]) { Untouched = Untouched };
    }

    // The hops and the source's own declaration belong to a use as much as its resource does.
    private bool IsTouched(RuleCase one) => Touched is null
        || Touched.IsTouched(one.Use.Resource, one.Declared.Hops, one.Source.Hops, one.State.Related)
        || Touched.IsTouched(one.Declared.Place)
        || Touched.IsTouched(one.Source.Place);

    private bool IsTouched(MachineAction action) => Touched is null || Touched.IsTouched(action.Place) || action.Related.Any(place => Touched.IsTouched(place.Place));

    // Several sources or several declared states are a choice: the gate speaks only when every combination agrees.
    private RuleCase Decide(ImageUse use, ImmutableArray<SourceCase> sources)
    {
        var cases = new List<RuleCase>();
        foreach (var (source, state) in sources)
        {
            foreach (var declared in Each(use.Declared))
            {
                cases.Add(new RuleCase(use, source, declared, state, table.Find(KeyOf(use, declared, state))));
            }
        }

        var first = cases[0];
        if (cases.TrueForAll(one => one.Row.Verdict == first.Row.Verdict && one.Row.RuleId == first.Row.RuleId))
        {
            return first;
        }

        // Alternatives that fail for different reasons all fail: the gate closes, and the first reason is told.
        return cases.TrueForAll(one => one.Row.Verdict == Verdict.Blocked) ? first with { Declared = use.Declared } : Disagreement(cases);
    }

    private RuleCase Disagreement(List<RuleCase> cases)
    {
        var worst = cases.Find(one => one.Row.Verdict == Verdict.Blocked) ?? cases.Find(one => one.Row.RuleId is not null)!;
        var isDeclaredOpen = worst.Use.Declared.Candidates.Length > 1;
        var which = isDeclaredOpen ? Choice(worst) : $"it is the {worst.SourceText}";
        var summary = worst.Row.RuleId is { } id ? RuleCatalog.Find(id)!.Descriptor.Summary : "";
        var gap = $"it fails when {which}: {summary.TrimEnd('.')}";
        var row = isDeclaredOpen
            ? table.Find(new DecisionKey(worst.Use.Stage, worst.Use.Target, worst.State.Kind, DeclaredColumn.Unknown, AzureMark.Unknown, GuestState.Unseen))
            : UndecidedRow(worst);
        return worst with
        {
            Row = row,
            Declared = isDeclaredOpen ? worst.Use.Declared : worst.Declared,
            State = worst.State with { Gaps = [gap, .. worst.State.Gaps] },
        };
    }

    // A machine declares a state by having an osProfile or not; nobody wrote the state's name.
    private static string Choice(RuleCase one) => (one.Use.Stage, one.Declared.Candidates[0]) switch
    {
        (Stage.Deploy or Stage.Attach, OsState.Generalized) => "osProfile is set",
        (Stage.Deploy or Stage.Attach, _) => "osProfile is not set",
        (_, var state) => $"'{state}' is declared",
    };

    private static DecisionRow UndecidedRow(RuleCase one) => one.Row with
    {
        Id = "choice-of-sources",
        Verdict = Verdict.Undecided,
        RuleId = "DG9001",
        Outcome = Outcome.None,
        Azure = null,
        Cause = SystemText.Same("Only the deployment decides which of several sources is used, and they do not agree."),
        Fix = SystemText.Same("Supply the value that chooses (--parameters), or correct the alternative that fails."),
    };

    private static IEnumerable<DeclaredState> Each(DeclaredState declared) =>
        declared.Candidates.Length <= 1 ? [declared] : declared.Candidates.Select(state => declared with { Candidates = [state] });

    private static DecisionKey KeyOf(ImageUse use, DeclaredState declared, StateAssessment state)
    {
        var column = StateOf(declared) switch
        {
            OsState.Generalized => DeclaredColumn.Generalized,
            OsState.Specialized => DeclaredColumn.Specialized,
            _ => DeclaredColumn.Unknown,
        };
        return new DecisionKey(use.Stage, use.Target, state.Kind, column, state.Mark, state.Guest);
    }

    private static OsState? StateOf(DeclaredState declared) => declared.Candidates.Length == 1 ? declared.Candidates[0] : null;

    private static Verdict VerdictOf(RuleCase one) =>
        one.Row.Verdict == Verdict.Blocked && !one.Use.IsNeedCertain ? Verdict.Warned : one.Row.Verdict;
}
