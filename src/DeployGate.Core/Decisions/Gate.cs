using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
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
public sealed record GateResult(ImmutableArray<Diagnostic> Findings, ImmutableArray<UseReport> Uses);

/// <summary>Joins declared and actual state: uses, their sources' assessments, and the decision matrix.</summary>
public sealed class Gate(DecisionTable table, OnUnknown onUnknown)
{
    /// <summary>Judges every use in one evaluated template.</summary>
    public GateResult Judge(ResolvedTemplate template, SharedArtifacts shared)
    {
        var results = new Results();
        Judge(template.Resources, new ArtifactCatalog(template.Resources, shared), template.ParameterFiles, results);
        return results.ToResult();
    }

    /// <summary>
    /// Looks for what judging a template looks for, and says nothing of it: with facts that are not complete yet, most of a report's
    /// work would be thrown away.
    /// </summary>
    public void Explore(ResolvedTemplate template, SharedArtifacts shared)
    {
        var catalog = new ArtifactCatalog(template.Resources, shared);
        foreach (var use in template.Resources.SelectMany(resource => UseCatalog.Read(resource, catalog)))
        {
            Decide(use, catalog);
        }
    }

    /// <summary>Judges every step of a pipeline, each with what the steps before it made of machines and disks.</summary>
    public GateResult Judge(PipelineRun run, SharedArtifacts shared)
    {
        var results = new Results();
        foreach (var operation in run.Operations)
        {
            var resource = operation.IsMaybe ? operation.Resource with { Presence = Presence.Maybe } : operation.Resource;
            var catalog = new ArtifactCatalog([resource, .. operation.Before], shared, operation.States);
            Judge([resource], catalog, [], results);
        }

        var outside = new ArtifactCatalog([], shared);
        results.Findings.AddRange(run.Actions.Select(action => MachineFindings.Create(action, outside)).OfType<Diagnostic>());

        // Where an image is made, the capture is judged, which says the same with more to show.
        if (!run.Operations.Any(operation => ArtifactTypes.IsImage(operation.Resource.Type)) && SeverityOf(RuleCatalog.Find("DG9001")!, Verdict.Undecided) is var severity and not Severity.Off)
        {
            results.Findings.AddRange(run.Actions.Select(action => MachineFindings.Unprepared(action, outside, severity)).OfType<Diagnostic>());
        }

        return results.ToResult();
    }

    private void Judge(ImmutableArray<ResolvedResource> resources, ArtifactCatalog catalog, ImmutableArray<string> parameterFiles, Results results)
    {
        foreach (var use in resources.SelectMany(resource => UseCatalog.Read(resource, catalog)))
        {
            var one = Decide(use, catalog);
            var verdict = VerdictOf(one);
            results.Uses.Add(new UseReport(one.Declared.Place, use.Stage, one.State.SourceId, StateOf(one.Declared), one.State.Actual, verdict));
            if (one.Row.RuleId is { } id && RuleCatalog.Find(id) is MatrixRule rule && SeverityOf(rule, verdict) is var severity and not Severity.Off)
            {
                results.Findings.Add(Findings.Create(rule, severity, one, parameterFiles));
            }
        }
    }

    private sealed class Results
    {
        internal List<Diagnostic> Findings { get; } = [];

        internal List<UseReport> Uses { get; } = [];

        internal GateResult ToResult() => new([.. Findings], [.. Uses]);
    }

    // Several sources or several declared states are a choice: the gate speaks only when every combination agrees.
    private RuleCase Decide(ImageUse use, ArtifactCatalog catalog)
    {
        var cases = new List<RuleCase>();
        foreach (var source in use.Sources)
        {
            var state = OriginWalk.Assess(source, catalog, LookupPlace.Of(use.Resource));
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

    private Severity SeverityOf(Rule rule, Verdict verdict) => verdict switch
    {
        Verdict.Allowed => Severity.Off,
        Verdict.Undecided => onUnknown switch
        {
            OnUnknown.Pass => Severity.Off,
            OnUnknown.Fail => Severity.Error,
            _ => Severity.Warning,
        },
        Verdict.Warned => Severity.Warning,
        _ => rule.Descriptor.Severity,
    };
}
