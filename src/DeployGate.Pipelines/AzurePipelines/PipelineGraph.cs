using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>One copy of a job: its id, the name of its matrix row, and the keys of its named steps.</summary>
internal sealed record JobRow(string Id, string? Row, IReadOnlyDictionary<string, string> Steps);

/// <summary>A job that others can ask for its outputs.</summary>
internal sealed class AzureJobNode
{
    internal bool IsDropped { get; set; }

    internal List<JobRow> Rows { get; } = [];
}

/// <summary>A stage and its jobs.</summary>
internal sealed class StageNode
{
    internal bool IsDropped { get; set; }

    /// <summary>The ids of its jobs: what a stage after it needs.</summary>
    internal ImmutableArray<string> Ids { get; set; } = [];

    internal Dictionary<string, AzureJobNode> Jobs { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>The stages and jobs read so far, as <c>dependencies</c> and <c>stageDependencies</c> see them.</summary>
internal sealed class PipelineGraph
{
    private static readonly ImmutableArray<Value> s_results = [new StringValue("Succeeded"), new StringValue("SucceededWithIssues"), new StringValue("Failed"), new StringValue("Canceled"), new StringValue("Skipped")];

    internal Dictionary<string, StageNode> Stages { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The contexts of a stage's condition and variables.</summary>
    internal Value? OfStage(string name, ImmutableArray<string> path, string text, Evaluation evaluation) => (name.ToLowerInvariant(), path) switch
    {
        ("dependencies", [var stage, .. var rest]) => Stage(stage, rest, text, evaluation),
        ("stagedependencies", [var stage, var job, .. var rest]) => Job(Stages.GetValueOrDefault(stage)?.Jobs.GetValueOrDefault(job), rest, text, evaluation),
        _ => Other(name, text),
    };

    /// <summary>The contexts of a job's condition and variables.</summary>
    internal ContextLookup OfJob(StageNode stage) => (name, path, text, evaluation) => (name.ToLowerInvariant(), path) switch
    {
        ("dependencies", [var job, .. var rest]) => Job(stage.Jobs.GetValueOrDefault(job), rest, text, evaluation),
        ("stagedependencies", [var other, "outputs" or "result", ..]) => Stage(other, path[1..], text, evaluation),
        ("stagedependencies", [var other, var job, .. var rest]) => Job(Stages.GetValueOrDefault(other)?.Jobs.GetValueOrDefault(job), rest, text, evaluation),
        _ => Other(name, text),
    };

    private static UnknownValue? Other(string name, string text) => name.ToLowerInvariant() switch
    {
        "dependencies" or "stagedependencies" => Produced(text),
        "pipeline" => new UnknownValue(UnknownReason.Generated, text, "another in each run"),
        "resources" => new UnknownValue(UnknownReason.QueueTime, text, "known when the run is started"),
        _ => null,
    };

    private Value Stage(string name, ImmutableArray<string> path, string text, Evaluation evaluation)
    {
        if (!Stages.TryGetValue(name, out var stage))
        {
            return NullValue.Instance;
        }

        // The job's name stands in front of the step's.
        return path switch
        {
            ["result", ..] => stage.IsDropped ? new StringValue("Skipped") : Produced(text) with { Alternatives = s_results },
            ["outputs", .. var output] when output.Length > 0 && string.Join('.', output).Split('.', 2) is [var job, var rest] => Job(stage.Jobs.GetValueOrDefault(job), ["outputs", rest], text, evaluation),
            _ => Produced(text),
        };
    }

    private static Value Job(AzureJobNode? job, ImmutableArray<string> path, string text, Evaluation evaluation)
    {
        if (job is null)
        {
            return NullValue.Instance;
        }

        return path switch
        {
            ["result", ..] => job.IsDropped ? new StringValue("Skipped") : Produced(text) with { Alternatives = s_results },
            ["outputs", .. var output] => Output(job, string.Join('.', output).Split('.'), text, evaluation),
            _ => Produced(text),
        };
    }

    // What stands before the step is the row of a matrix, or the hook of a deployment.
    private static Value Output(AzureJobNode job, string[] path, string text, Evaluation evaluation)
    {
        if (path.Length < 2)
        {
            return NullValue.Instance;
        }

        var rows = path.Length > 2 && job.Rows.Exists(row => path[0].Equals(row.Row, StringComparison.OrdinalIgnoreCase))
            ? job.Rows.Where(row => path[0].Equals(row.Row, StringComparison.OrdinalIgnoreCase))
            : job.Rows;
        var values = rows.Select(row => row.Steps.TryGetValue(path[^2], out var key) ? evaluation.Run.Output(row.Id, key, path[^1]) ?? Produced(text) : NullValue.Instance).ToList();
        return values.Count == 0 ? Produced(text) : Unknowns.OneOf(Produced(text), values);
    }

    private static UnknownValue Produced(string text) => new(UnknownReason.RuntimeOutput, text, "produced by another job at run time");
}
