using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Interpreter;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines;

/// <summary>What a followed file is.</summary>
public enum FollowedKind
{
    /// <summary>A workflow or pipeline of its own.</summary>
    Pipeline,

    /// <summary>A template, read by itself with the defaults of its parameters.</summary>
    Template,

    /// <summary>A script.</summary>
    Script,
}

/// <summary>A file that was followed.</summary>
/// <param name="Kind">What the file is.</param>
/// <param name="Run">What following it gave.</param>
/// <param name="Included">The paths of the other files of the repository that it brings in.</param>
public sealed record FollowedPipeline(FollowedKind Kind, PipelineRun Run, ImmutableArray<string> Included)
{
    /// <summary>True when another pipeline may include the file, and it is then no pipeline of its own: steps of Azure Pipelines look alike.</summary>
    public bool MayBeTemplate { get; init; } = Kind != FollowedKind.Pipeline;
}

/// <summary>Follows workflows, pipelines and scripts. Nothing in them is ever executed or fetched.</summary>
public static class PipelineFollower
{
    /// <summary>True for a file that is followed as a script, by its extension.</summary>
    public static bool IsScript(SourceText source) => ScriptInterpreter.DialectOf(source.Path) is not null;

    /// <summary>
    /// Follows a file: YAML by its content, a script by its extension. Null when it is neither; problems of a file that is no
    /// pipeline matter only when the user named it.
    /// </summary>
    public static FollowedPipeline? Follow(SourceText source, ISourceFiles files, bool isNamed)
    {
        var recording = new RecordedFiles(files);
        if (ScriptInterpreter.DialectOf(source.Path) is { } dialect)
        {
            return new FollowedPipeline(FollowedKind.Script, ScriptInterpreter.Run(ScriptText.Of(source), dialect, recording), recording.Paths);
        }

        switch (PipelineReader.Read(source, recording))
        {
            case PipelineRead.Entry entry:
                return new FollowedPipeline(FollowedKind.Pipeline, PipelineInterpreter.Run(entry.Pipeline, recording), recording.Paths)
                {
                    MayBeTemplate = entry.Pipeline.Host == PipelineHost.AzurePipelines,
                };
            case PipelineRead.Template { Alone: { } alone }:
                return new FollowedPipeline(FollowedKind.Template, PipelineInterpreter.Run(alone, recording), recording.Paths);
            case PipelineRead.NotAPipeline other when isNamed && !other.Problems.IsEmpty:
                return new FollowedPipeline(FollowedKind.Pipeline, new PipelineRun(source, [], [], [], [], other.Problems), []);
            default:
                return null;
        }
    }

    private sealed class RecordedFiles(ISourceFiles files) : ISourceFiles
    {
        private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

        internal ImmutableArray<string> Paths => [.. _paths.Order(StringComparer.Ordinal)];

        public FileRead Read(string path)
        {
            var read = files.Read(path);
            if (read is FileRead.Found found)
            {
                _paths.Add(found.Source.Path);
            }

            return read;
        }

        public IReadOnlyList<string>? List(string folder) => files.List(folder);
    }
}
