using System.Collections.Immutable;
using DeployGate.Cli.Files;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;
using DeployGate.Core.Threads;
using DeployGate.Pipelines;

namespace DeployGate.Cli.Checking;

/// <summary>What following the pipelines and scripts of a run gave.</summary>
/// <param name="Runs">Each pipeline, and each script or template that no pipeline reaches.</param>
/// <param name="Pipelines">How many files were followed.</param>
/// <param name="Errors">What is wrong in them.</param>
internal sealed record FollowedScripts(ImmutableArray<FollowedRun> Runs, int Pipelines, ImmutableArray<InputError> Errors)
{
    internal static FollowedScripts None { get; } = new([], 0, []);

    /// <summary>What was not read, once each, by file and line; the same file may be followed from several pipelines.</summary>
    internal ImmutableArray<StepRemark> Remarks => Runs.IsEmpty ? [] :
    [
        .. Runs.SelectMany(one => one.Run.Remarks)
            .DistinctBy(remark => (remark.Place.Source.Path, remark.Place.Span, remark.Message))
            .OrderBy(remark => remark.Place.Source.Path, StringComparer.Ordinal)
            .ThenBy(remark => remark.Place.Span.Start),
    ];
}

/// <summary>One followed file.</summary>
internal sealed record FollowedRun(ScriptFile File, PipelineRun Run);

/// <summary>Follows pipelines and scripts; what one pipeline runs is judged there and not alone.</summary>
internal sealed class ScriptFollower(string workingFolder, EditedFiles? edited = null)
{
    private readonly DiskRoots _roots = new(workingFolder, edited);

    internal FollowedScripts Follow(ImmutableArray<ScriptFile> files)
    {
        if (files.IsEmpty)
        {
            return FollowedScripts.None;
        }

        var isLarge = LargeRun.Is(files.Length);
        var pipelines = Each.Of(files, file => new Followed(file, PipelineFollower.IsScript(file.Source) ? null : Follow(file, isLarge)));
        var reached = ReachedFrom(pipelines, _ => true);
        var reachedFromOutside = ReachedFrom(pipelines, one => !reached.Contains(one.File.Source.Path));
        bool IsJudgedThere(Followed one) => !one.File.IsNamed && reachedFromOutside.Contains(one.File.Source.Path);

        // Most scripts are run by a pipeline: what they do alone is not asked then.
        var followed = Each.Of(pipelines, one => PipelineFollower.IsScript(one.File.Source) && !IsJudgedThere(one) ? one with { Result = Follow(one.File, isLarge) } : one);
        var kept = followed.Where(one => one.Result is not null && (!one.Result.MayBeTemplate || !IsJudgedThere(one))).ToList();
        return new FollowedScripts(
            [.. kept.Select(one => new FollowedRun(one.File, one.Result!.Run))],
            kept.Count,
            [.. kept.SelectMany(one => ErrorsOf(one.Result!)).Distinct()]);
    }

    private FollowedPipeline? Follow(ScriptFile file, bool isLarge)
    {
        var followed = PipelineFollower.Follow(file.Source, _roots.Of(file.Root), file.IsNamed);
        if (isLarge)
        {
            file.Source.Pack();
        }

        return followed;
    }

    // Files that only include one another in a circle have no pipeline that runs them, and stay.
    private static HashSet<string> ReachedFrom(IEnumerable<Followed> followed, Func<Followed, bool> isRoot) => followed
        .Where(one => one.Result is { Kind: FollowedKind.Pipeline } && isRoot(one))
        .SelectMany(one => one.Result!.Included.Where(path => path != one.File.Source.Path))
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<InputError> ErrorsOf(FollowedPipeline followed) => followed.Run.Problems
        .Select(problem => new InputError(problem.At.Source.Path, problem.At.Start, problem.Message, problem.Fix, problem.IsFatal));

    private sealed record Followed(ScriptFile File, FollowedPipeline? Result);
}
