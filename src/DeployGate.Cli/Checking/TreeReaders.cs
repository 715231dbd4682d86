using System.Collections.Concurrent;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>How many evaluations still need the tree of a file: the last one lets go of it, so that a run does not hold the trees of all.</summary>
internal sealed class TreeReaders
{
    private readonly ConcurrentDictionary<TemplateFile, int> _left = new(ReferenceEqualityComparer.Instance);

    internal TreeReaders(IEnumerable<Evaluation> evaluations)
    {
        foreach (var file in evaluations.SelectMany(FilesOf))
        {
            _left.AddOrUpdate(file, 1, (_, count) => count + 1);
        }
    }

    /// <summary>An evaluation that is over.</summary>
    internal void Leave(Evaluation evaluation)
    {
        foreach (var file in FilesOf(evaluation))
        {
            if (_left.AddOrUpdate(file, 0, (_, count) => count - 1) == 0)
            {
                file.LetGo();
            }
        }
    }

    private static IEnumerable<TemplateFile> FilesOf(Evaluation evaluation) => evaluation.Parameters.Select(file => file.Template).Prepend(evaluation.Template.Template);
}
