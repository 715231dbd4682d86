using System.Collections.Immutable;

namespace DeployGate.Cli.Files;

/// <summary>
/// Pairs parameter files with templates: a <c>.bicepparam</c> file names its template; the others go by the names people give
/// them, in the same folder.
/// </summary>
internal static class ParameterPairs
{
    /// <summary>
    /// The parameter files of a template <c>x.json</c>: <c>x.parameters.json</c>, <c>x.parameters.prod.json</c>,
    /// <c>x.prod.parameters.json</c>, <c>x.param.json</c>; and <c>parameters.json</c> beside a <c>template.json</c>, as the portal exports them.
    /// </summary>
    internal static ImmutableArray<InputFile> Of(InputFile template, IEnumerable<InputFile> parameters)
    {
        var folder = Path.GetDirectoryName(template.FullPath);
        var stem = Path.GetFileNameWithoutExtension(template.FullPath);
        return
        [
            .. parameters
                .Where(file => file.Template.Using is { } named
                    ? Path.GetFullPath(named, Path.GetDirectoryName(file.FullPath)!) == template.FullPath
                    : string.Equals(Path.GetDirectoryName(file.FullPath), folder, StringComparison.Ordinal) && Fits(Path.GetFileName(file.FullPath), stem))
                .OrderBy(file => file.FullPath, StringComparer.Ordinal),
        ];
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
