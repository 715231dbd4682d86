using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>How many evaluations still need the values of a file: the last one lets go of them, so that a run does not hold those of all.</summary>
internal sealed class TreeReaders
{
    private readonly Dictionary<TemplateFile, Count> _left = [];

    /// <summary>Counts, for each file, how many of these evaluations need its values. In a small run nothing is counted, and everything is kept.</summary>
    internal TreeReaders(IReadOnlyCollection<Evaluation> evaluations)
    {
        foreach (var file in LargeRun.Is(evaluations.Count) ? evaluations.SelectMany(FilesOf) : [])
        {
            if (!_left.TryGetValue(file, out var count))
            {
                _left[file] = count = new Count();
            }

            count.Left++;
        }
    }

    /// <summary>An evaluation that is over; any thread may say so.</summary>
    internal void Leave(Evaluation evaluation)
    {
        foreach (var file in FilesOf(evaluation))
        {
            if (_left.TryGetValue(file, out var count) && Interlocked.Decrement(ref count.Left) == 0)
            {
                file.LetGo();
            }
        }
    }

    private static IEnumerable<TemplateFile> FilesOf(Evaluation evaluation) => evaluation.Parameters.Select(file => file.Template).Prepend(evaluation.Template.Template);

    private sealed class Count
    {
        internal int Left;
    }
}
