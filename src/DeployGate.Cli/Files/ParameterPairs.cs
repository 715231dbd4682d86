using System.Collections.Immutable;

namespace DeployGate.Cli.Files;

/// <summary>
/// Pairs parameter files with templates: a <c>.bicepparam</c> file names its template; the others go by the names people give
/// them, in the same folder.
/// </summary>
internal sealed class ParameterPairs
{
    // By the template that a file names, else by the folder it lies in: an organisation has as many of the one kind as of the other.
    private readonly Dictionary<string, List<InputFile>> _byTemplate = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<InputFile>> _byFolder = new(StringComparer.Ordinal);

    internal ParameterPairs(IEnumerable<InputFile> parameters)
    {
        foreach (var file in parameters)
        {
            var folder = Path.GetDirectoryName(file.FullPath) ?? "";
            var (files, key) = file.Template.Using is { } named ? (_byTemplate, DiskFiles.Full(named, folder)) : (_byFolder, folder);
            if (!files.TryGetValue(key, out var known))
            {
                files[key] = known = [];
            }

            known.Add(file);
        }
    }

    /// <summary>
    /// The parameter files of a template <c>x.json</c>: <c>x.parameters.json</c>, <c>x.parameters.prod.json</c>,
    /// <c>x.prod.parameters.json</c>, <c>x.param.json</c>; and <c>parameters.json</c> beside a <c>template.json</c>, as the portal exports them.
    /// </summary>
    internal ImmutableArray<InputFile> Of(InputFile template)
    {
        var stem = Path.GetFileNameWithoutExtension(template.FullPath);
        var naming = _byTemplate.GetValueOrDefault(template.FullPath) ?? [];
        var beside = _byFolder.GetValueOrDefault(Path.GetDirectoryName(template.FullPath) ?? "") ?? [];
        return [.. naming.Concat(beside.Where(file => Fits(Path.GetFileName(file.FullPath), stem))).OrderBy(file => file.FullPath, StringComparer.Ordinal)];
    }

    private static bool Fits(string name, string stem)
    {
        if (stem.Equals("template", StringComparison.OrdinalIgnoreCase) && name.Equals("parameters.json", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!name.StartsWith(stem + ".", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var words = name[(stem.Length + 1)..].Split('.');
        return words.Length is 2 or 3 && words.SkipLast(1).Any(word => word.ToLowerInvariant() is "parameters" or "parameter" or "params" or "param");
    }
}
