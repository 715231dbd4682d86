using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.Model;

/// <summary>What an expansion has found so far, and the bounds it keeps.</summary>
internal sealed class Expansion(ISourceFiles files)
{
    /// <summary>Most steps of one pipeline, all jobs together.</summary>
    internal const int MostSteps = 50_000;

    private readonly Dictionary<string, FileRead> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _included = new(StringComparer.Ordinal);
    private readonly HashSet<(string, Place)> _reported = [];
    private int _steps;

    internal List<Job> Jobs { get; } = [];

    internal List<Problem> Problems { get; } = [];

    internal ImmutableArray<string> Included => [.. _included.Order(StringComparer.Ordinal)];

    /// <summary>The texts of all files that were read.</summary>
    internal IEnumerable<SourceText> Sources => _read.Values.OfType<FileRead.Found>().Select(found => found.Source);

    /// <summary>Reports a problem once.</summary>
    internal void Report(Place place, string message, string fix, bool isFatal = true)
    {
        if (_reported.Add((message, place)) && Problems.Count < 1000)
        {
            Problems.Add(new Problem(place, message, fix, isFatal));
        }
    }

    /// <summary>Reports a limit; one problem for each kind.</summary>
    internal void ReportLimit(Place place, string message)
    {
        if (!Problems.Any(problem => problem.Message == message))
        {
            Problems.Add(new Problem(place, message, "Split the pipeline, or call fewer templates.", IsFatal: true));
        }
    }

    /// <summary>Reports what is wrong with a YAML file that is included.</summary>
    internal void Report(YamlDocument document, PipelineHost host)
    {
        if (document.Problem is { } problem)
        {
            Report(problem.At, problem.Message, problem.Fix);
        }

        if (host == PipelineHost.AzurePipelines && document.FirstAlias is { } alias)
        {
            Report(alias, "Azure Pipelines does not read YAML aliases", "Write the value out, or use a template.");
        }
    }

    /// <summary>Counts a step; false when there are too many.</summary>
    internal bool TakeStep(Place place)
    {
        if (++_steps <= MostSteps)
        {
            return true;
        }

        ReportLimit(place, $"expansion stopped at {MostSteps} steps");
        return false;
    }

    /// <summary>An id that no other job has.</summary>
    internal string UniqueId(string id)
    {
        var unique = id;
        for (var i = 2; !_ids.Add(unique); i++)
        {
            unique = $"{id}#{i}";
        }

        return unique;
    }

    /// <summary>A file of the repository; what is wrong with asking for it is reported where it is asked for. Null when there is none.</summary>
    internal SourceText? Read(string path, Place askedFrom, string what, bool mayBeMadeLater = false)
    {
        switch (Look(path))
        {
            case FileRead.Found found:
                _included.Add(found.Source.Path);
                return found.Source;
            case FileRead.Refused refused:
                Report(askedFrom, $"the {what} '{path}' was not read: {refused.Reason}", refused.Fix);
                return null;
            default:
                Report(askedFrom, $"the {what} '{path}' is not in the repository", "Correct the path, or add the file.", isFatal: !mayBeMadeLater);
                return null;
        }
    }

    /// <summary>Asks for a file without reporting its absence.</summary>
    internal FileRead Look(string path)
    {
        if (!_read.TryGetValue(path, out var read))
        {
            _read[path] = read = files.Read(path);
        }

        return read;
    }
}
