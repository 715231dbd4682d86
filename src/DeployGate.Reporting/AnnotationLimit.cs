namespace DeployGate.Reporting;

/// <summary>GitHub and Azure Pipelines keep ten annotations of a kind for a step, and drop the rest without a word.</summary>
/// <seealso href="https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md"/>
/// <seealso href="https://github.com/microsoft/azure-pipelines-agent"/>
internal static class AnnotationLimit
{
    private const int MaxPerKind = 10;

    /// <summary>The commands of one kind; when they are too many, the tenth says how many are not shown.</summary>
    internal static IEnumerable<string> Apply(IReadOnlyCollection<string> commands, Func<string, string> commandOf)
    {
        if (commands.Count <= MaxPerKind)
            return commands;

        var rest = commands.Count - (MaxPerKind - 1);
        return commands.Take(MaxPerKind - 1).Append(commandOf($"{rest} more like these are in the full report"));
    }
}
