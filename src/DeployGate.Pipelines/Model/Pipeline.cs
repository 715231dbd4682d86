using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Model;

/// <summary>Who runs a pipeline.</summary>
internal enum PipelineHost
{
    /// <summary>GitHub Actions.</summary>
    GitHubActions,

    /// <summary>Azure Pipelines.</summary>
    AzurePipelines,
}

/// <summary>A pipeline with templates, reusable workflows and matrices expanded; jobs stand after those they need.</summary>
internal sealed record Pipeline(SourceText Source, PipelineHost Host, ImmutableArray<Job> Jobs, ImmutableArray<Problem> Problems);

/// <summary>The system of the machine that runs a job.</summary>
internal enum JobSystem
{
    /// <summary>A pool or label that does not tell.</summary>
    Unknown,

    /// <summary>Linux.</summary>
    Linux,

    /// <summary>Windows.</summary>
    Windows,

    /// <summary>macOS.</summary>
    MacOS,
}

/// <summary>When a step or job runs.</summary>
internal enum RunsWhen
{
    /// <summary>When all before it succeeded.</summary>
    Success,

    /// <summary>Whatever happened before it.</summary>
    Always,

    /// <summary>Only after something before it failed: not in the straight run.</summary>
    Failure,
}

/// <summary>A condition that is not known to be true, as written; <paramref name="Outer"/> is another that must hold as well.</summary>
internal sealed record Guard(string Condition, Place Place, Value Value, Guard? Outer = null)
{
    /// <summary>Both conditions; either may be absent.</summary>
    internal static Guard? Both(Guard? outer, Guard? inner) =>
        inner is null || ReferenceEquals(outer, inner) ? outer : outer is null ? inner : inner with { Outer = Both(outer, inner.Outer) };

    /// <summary>True when one of the conditions is known to be false.</summary>
    internal bool IsFalse => Value is BoolValue { IsTrue: false } || Outer is { IsFalse: true };
}

/// <summary>One job, or one row of a job's matrix.</summary>
/// <param name="Id">Unique in the pipeline: stage, calling jobs, job and matrix row, joined by slashes.</param>
/// <param name="Stage">The stage, or null.</param>
/// <param name="Name">The job's own id.</param>
/// <param name="Place">Where it is written.</param>
/// <param name="Needs">The ids of the jobs that end before it begins.</param>
/// <param name="Guard">The condition where it is not known before the run.</param>
/// <param name="When">Whether it waits for a failure.</param>
/// <param name="Steps">Its steps, in order.</param>
/// <param name="System">What it runs on.</param>
internal sealed record Job(
    string Id,
    string? Stage,
    string Name,
    Place Place,
    ImmutableArray<string> Needs,
    Guard? Guard,
    RunsWhen When,
    ImmutableArray<Step> Steps,
    JobSystem System)
{
    /// <summary>The condition with what is known of the run by now; null when it holds.</summary>
    internal Guard? ResolveGuard(RunValues values) => GuardSource is null ? Guard : GuardSource(values);

    internal Func<RunValues, Guard?>? GuardSource { get; init; }

    /// <summary>What must admit it, the stage or calling job first: each looks at other jobs. It runs when all do.</summary>
    internal ImmutableArray<JobGate> Gates
    {
        get => field.IsDefault ? [new JobGate(Needs, When)] : field;
        init;
    }

    /// <summary>True when jobs that need it may run although it fails: <c>continue-on-error</c>.</summary>
    internal bool MayIgnoreFailure { get; init; }
}

/// <summary>When a job, or the stage or call that it is part of, runs by how others have ended.</summary>
/// <param name="Needs">The ids of the jobs that it looks at.</param>
/// <param name="When">Whether it waits for a failure of one of them, or runs in any case.</param>
internal sealed record JobGate(ImmutableArray<string> Needs, RunsWhen When);

/// <summary>One step.</summary>
/// <param name="Job">The id of its job.</param>
/// <param name="Key">Unique in the job; the id where the step has one, with those of the composite actions around it.</param>
/// <param name="Id">The id under which expressions ask for its outputs, or null.</param>
/// <param name="Place">Where it is written.</param>
/// <param name="When">Whether it waits for a failure, or runs in any case.</param>
/// <param name="Guard">The condition where it is not known before the run.</param>
internal sealed record Step(string Job, string Key, string? Id, Place Place, RunsWhen When, Guard? Guard)
{
    private readonly Func<RunValues, ResolvedStep>? _resolver;

    internal Func<RunValues, ResolvedStep> Resolver
    {
        init => _resolver = value;
    }

    /// <summary>What must admit a step of a composite action, the outermost action first; default where its <see cref="When"/> tells.</summary>
    internal ImmutableArray<StepGate> Gates { get; init; }

    /// <summary>True when a composite action around it goes on, or may go on, after its failure.</summary>
    internal bool MayIgnoreFailure { get; init; }

    /// <summary>The step with what is known of the run by now.</summary>
    internal ResolvedStep Resolve(RunValues values) => _resolver!(values);

    /// <summary>Steps are the same when they are the same step of the same job.</summary>
    public bool Equals(Step? other) => other is not null && Job == other.Job && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Job, Key);
}

/// <summary>When a step, or a composite action around it, runs by how those before it have ended.</summary>
/// <param name="Around">What the keys of the steps that it looks at begin with: those of one action, or empty for the job.</param>
/// <param name="Inside">What its own key, or the keys of the action's steps, begin with: at those it does not look.</param>
/// <param name="When">Whether it waits for a failure, or runs in any case.</param>
internal sealed record StepGate(string Around, string Inside, RunsWhen When);

/// <summary>A step as it will run.</summary>
/// <param name="Action">What it does.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Guard">The condition as far as it is not known to be true; <see cref="Model.Guard.IsFalse"/>: the step does not run.</param>
/// <param name="ContinueOnError">True when a failure of the step does not fail the job; unknown is null.</param>
/// <param name="Environment">Environment variables, in the order they are set; a later one of the same name wins.</param>
/// <param name="WorkingDirectory">Where a script starts; null for the host's default.</param>
internal sealed record ResolvedStep(
    StepAction Action,
    string DisplayName,
    Guard? Guard,
    bool? ContinueOnError,
    ImmutableArray<KeyValuePair<string, Value>> Environment,
    Value? WorkingDirectory);

/// <summary>What reading one file gave: a pipeline to follow, a template that others call, or neither.</summary>
internal abstract record PipelineRead(ImmutableArray<Problem> Problems)
{
    /// <summary>A pipeline, and the files it includes, by path.</summary>
    internal sealed record Entry(Pipeline Pipeline, ImmutableArray<string> Included) : PipelineRead(Pipeline.Problems);

    /// <summary>
    /// A template, an action or a workflow that only others call. <paramref name="Alone"/> is what it amounts to by itself,
    /// with the defaults of its parameters; null where it holds no jobs or steps.
    /// </summary>
    internal sealed record Template(Pipeline? Alone, ImmutableArray<string> Included) : PipelineRead(Alone?.Problems ?? []);

    /// <summary>Neither; there is a problem when the file is broken and looked like a pipeline.</summary>
    internal sealed record NotAPipeline(ImmutableArray<Problem> Problems) : PipelineRead(Problems);
}
