using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Threads;

namespace DeployGate.Cli.Checking;

/// <summary>The results of judging, and what was read from Azure for it.</summary>
/// <param name="Results">One result for each evaluated template and each followed pipeline.</param>
/// <param name="Live">What Azure answered.</param>
/// <param name="ReadAt">When Azure was asked; null when it was not.</param>
/// <param name="LoginFailure">Why nobody could log in; null when that was not the case.</param>
internal sealed record Judged(GateResult[] Results, Facts Live, DateTimeOffset? ReadAt, string? LoginFailure);

/// <summary>
/// Judges, asks Azure for what judging looked for and did not find, and judges again, until nothing new is looked for. What
/// leads where is known to the judgement alone, so that the facts asked for are the facts needed, neither more nor fewer.
/// </summary>
internal sealed class LookupRounds(Gate gate, ImmutableArray<ResolvedTemplate> resolved, ImmutableArray<PipelineRun> pipelines, StateRead states)
{
    /// <summary>The resources that everything judged here may lead to.</summary>
    internal required ImmutableArray<ResolvedResource> Declared { get; init; }

    /// <summary>A chain of sources has at most that many links; longer ones are reported by the judgement.</summary>
    private const int MostRounds = 16;

    /// <summary>Judges with the facts of files alone.</summary>
    internal Judged Judge() => new(JudgeWith(states.Before.Then(states.After), null), Facts.None, null, null);

    /// <summary>Judges with live facts: looks for what is needed until nothing new is looked for, and judges then.</summary>
    /// <param name="access">How Azure is asked.</param>
    /// <param name="known">What Azure answered to the same run before.</param>
    internal Judged Judge(LiveAccess access, Facts known)
    {
        using var azure = access.Open();
        var live = known;
        for (var round = 1; round <= MostRounds; round++)
        {
            var wanted = new WantedFacts();
            ExploreWith(states.Before.Then(live).Then(states.After), wanted);
            var open = wanted.OpenAfter(states.Before.Then(live));
            var news = open.IsEmpty ? Facts.None : azure.Read(open).GetAwaiter().GetResult();
            if (news == Facts.None)
            {
                break;
            }

            live = ControlPlane.FactsFiles.FactsOrder.Of(live.Then(news));
        }

        return new Judged(JudgeWith(states.Before.Then(live).Then(states.After), null), live, azure.ReadAt, azure.LoginFailure);
    }

    private void ExploreWith(Facts facts, WantedFacts wanted)
    {
        var shared = Shared(facts, wanted);
        Each.Of(resolved, template =>
        {
            gate.Explore(template, shared);
            return template;
        });
        Each.Of(pipelines, run =>
        {
            gate.Explore(run, shared);
            return run;
        });
    }

    private SharedArtifacts Shared(Facts facts, WantedFacts? wanted) => new(Declared, facts, wanted);

    private GateResult[] JudgeWith(Facts facts, WantedFacts? wanted)
    {
        var shared = Shared(facts, wanted);
        return [.. Each.Of(resolved, template => gate.Judge(template, shared)), .. Each.Of(pipelines, run => gate.Judge(run, shared))];
    }
}
