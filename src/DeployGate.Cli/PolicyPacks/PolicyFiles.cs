using System.Collections.Immutable;
using DeployGate.Cli.Files;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>The policy files that a command line names.</summary>
/// <param name="Documents">What was read, in the order of the paths; files of a folder by name.</param>
/// <param name="Errors">What could not be read.</param>
internal sealed record PolicyFiles(ImmutableArray<PolicyDocument> Documents, ImmutableArray<InputError> Errors)
{
    private const long MostBytes = 1024 * 1024;
    private const int MostFiles = 1_000;
    private const int ShownMistakes = 20;

    private static readonly EnumerationOptions s_below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 8,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>
    /// Reads files, and of folders every YAML file that has policies: other YAML may lie beside them. A file of a folder whose
    /// key <c>policies</c> is misspelt counts as one.
    /// </summary>
    internal static PolicyFiles Read(IEnumerable<string> paths, string workingFolder)
    {
        var documents = new List<PolicyDocument>();
        var errors = new List<InputError>();
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path, workingFolder);
            var isFolder = Directory.Exists(full);
            var found = 0;
            foreach (var file in isFolder ? Below(full) : [full])
            {
                if (Source(file, workingFolder, errors) is { } source && !(isFolder && !HasPolicies(source)))
                {
                    documents.Add(PolicyReader.Read(source));
                    found++;
                }
            }

            if (isFolder && found == 0)
            {
                errors.Add(new InputError(DiskFiles.Shown(full, workingFolder), null, "there is no policy file in the folder", "Name a file, or a folder with files that have 'policies:'."));
            }
        }

        return new PolicyFiles(WithoutTwins(documents), [.. errors]);
    }

    /// <summary>All policies, or in <paramref name="fault"/> every mistake: with a broken rule nothing is half-checked.</summary>
    internal static ImmutableArray<Policy> ReadAll(IReadOnlyCollection<string> paths, string workingFolder, out string? fault)
    {
        var files = Read(paths, workingFolder);
        var mistakes = files.Documents.SelectMany(document => document.Mistakes).Where(mistake => !mistake.IsWarning).ToList();
        string[] lines =
        [
            .. files.Errors.Select(error => $"{error.File}: {error.Message}. {error.Fix}"),
            .. mistakes.Take(ShownMistakes).Select(mistake => $"{mistake.Place}: {mistake.Message}. {mistake.Fix}"),
            .. mistakes.Count > ShownMistakes ? [$"and {mistakes.Count - ShownMistakes} more; 'deploygate policy lint' shows them all"] : Array.Empty<string>(),
        ];
        fault = lines.Length == 0 ? null : string.Join("\ndeploygate: ", lines.Select(Reporting.SafeText.Line));
        return [.. files.Documents.SelectMany(document => document.Policies).Select(tested => tested.Policy)];
    }

    private static IEnumerable<string> Below(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", s_below).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".yml" or ".yaml").Order(StringComparer.Ordinal).Take(MostFiles)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static SourceText? Source(string full, string workingFolder, List<InputError> errors)
    {
        switch (DiskFiles.ReadNamed(full, workingFolder, MostBytes))
        {
            case FileRead.Found found:
                return found.Source;
            case FileRead.Refused refused:
                errors.Add(new InputError(refused.Path, null, $"the policy file was not read: {refused.Reason}", refused.Fix));
                return null;
            default:
                errors.Add(new InputError(DiskFiles.Shown(full, workingFolder), null, "there is no such policy file or folder", "Correct the path."));
                return null;
        }
    }

    // The tool's own settings name policies, and hold none.
    private static bool HasPolicies(SourceText source)
    {
        if (Path.GetFileNameWithoutExtension(source.Path) == "deploygate" || !source.Content.Contains("pol", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var document = YamlDocument.Read(source);
        return document.Root is YamlMapping map
            ? map.Entries.Any(entry => Suggestions.Nearest(entry.Key.Value, ["policies"]) is not null && entry.Value is YamlSequence)
            : document.Problem is not null && source.Content.Contains("policies:", StringComparison.Ordinal);
    }

    private static ImmutableArray<PolicyDocument> WithoutTwins(List<PolicyDocument> documents)
    {
        var first = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        return [.. documents.DistinctBy(document => document.Source.Path).Select(document =>
        {
            var twins = document.Policies.Where(tested => !first.TryAdd(tested.Policy.Id, tested.Policy.Place)).ToList();
            return document with
            {
                Mistakes = [.. document.Mistakes, .. twins.Select(twin => new PolicyMistake(twin.Policy.Place, $"the id '{twin.Policy.Id}' is used twice: also at {first[twin.Policy.Id]}", "Give each policy an id of its own."))],
            };
        })];
    }
}
