using System.Collections.Immutable;
using DeployGate.Cli.Files;
using DeployGate.Cli.Sharding;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;

namespace DeployGate.Cli.Checking;

/// <summary>What a run judges, once all of it was read, followed and evaluated.</summary>
/// <param name="Templates">The evaluated templates that this run judges.</param>
/// <param name="Runs">The followed pipelines that it judges.</param>
/// <param name="Declared">All that is known to be declared, whichever part of a divided run judges it.</param>
/// <param name="UsageError">Why the command line could not be carried out; null when it could.</param>
internal sealed record Gathered(ImmutableArray<ResolvedTemplate> Templates, ImmutableArray<PipelineRun> Runs, ImmutableArray<ResolvedResource> Declared, string? UsageError)
{
    /// <summary>What a report says of it beside verdicts.</summary>
    internal Told Told { get; init; } = Told.Nothing;

    internal static Gathered Wrong(string usageError) => new([], [], [], usageError);
}

/// <summary>What a run evaluates, and what it has followed already.</summary>
/// <param name="Plan">What is evaluated.</param>
/// <param name="Division">Which part of it this run judges.</param>
/// <param name="Runs">All followed pipelines.</param>
internal sealed record Prepared(EvaluationPlan Plan, Division Division, ImmutableArray<PipelineRun> Runs)
{
    /// <summary>What a report says of the files, as far as it is known before the evaluation.</summary>
    internal Told Told { get; init; } = Told.Nothing;

    /// <summary>Why the command line cannot be carried out; null when it can.</summary>
    internal string? UsageError => Plan.UsageError;

    internal static Prepared Wrong(EvaluationPlan plan) => new(plan, new Division(null, 0, 0), []);
}

/// <summary>What a report says of the files of a run beside verdicts.</summary>
internal sealed record Told
{
    internal static Told Nothing { get; } = new() { Waivable = new Inputs([], [], []) };

    /// <summary>The files that may hold waivers.</summary>
    internal required Inputs Waivable { get; init; }

    /// <summary>What could not be read or evaluated, and remarks; in any order, and some more than once.</summary>
    internal ImmutableArray<InputError> Errors { get; init; } = [];

    /// <summary>What of the followed files was not read.</summary>
    internal ImmutableArray<StepRemark> Remarks { get; init; } = [];

    /// <summary>Number of templates evaluated.</summary>
    internal int Sources { get; init; }

    /// <summary>Number of pipelines followed.</summary>
    internal int Pipelines { get; init; }

    /// <summary>Number of resources that policies can be asked about.</summary>
    internal int Resources { get; init; }

    /// <summary>What parts of one run have in common; null for a whole run.</summary>
    internal string? Digest { get; init; }
}
