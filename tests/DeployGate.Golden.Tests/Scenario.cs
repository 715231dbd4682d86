using System.Text.RegularExpressions;

namespace DeployGate.Golden.Tests;

/// <summary>
/// A folder a user might have: templates, parameter files, facts. <c>facts/</c> or <c>facts.json</c> is given as
/// <c>--state</c>; <c>facts.VARIANT.json</c>, <c>facts.VARIANT/</c> and <c>args.VARIANT.txt</c> each make a run of their own;
/// <c>args.txt</c> holds arguments of every run; <c>stdin.json</c> is what standard input holds.
/// </summary>
internal sealed partial record Scenario(string Name)
{
    private const string Whole = "";

    /// <summary>The group of the founding cells, which have tests of their own.</summary>
    internal const string CellGroup = "sixteen-cells";

    /// <summary>The same cells as pipelines.</summary>
    internal const string PipelineCellGroup = "pipeline-cells";

    internal string Folder => Path.Combine([Repository.Golden, .. Name.Split('/')]);

    /// <summary>Every scenario below a group; a folder that holds no files and no folders counts, and fails.</summary>
    internal static IEnumerable<Scenario> Below(string group) =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Golden, group)).Order(StringComparer.Ordinal).SelectMany(Find);

    /// <summary>The groups: the folders right below <c>tests/golden</c>.</summary>
    internal static IEnumerable<string> Groups =>
        Directory.EnumerateDirectories(Repository.Golden).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>The names of the runs; one without a name where there are no variants.</summary>
    internal IReadOnlyList<string> Variants
    {
        get
        {
            var names = Directory.EnumerateFileSystemEntries(Folder)
                .Select(entry => VariantName().Match(Path.GetFileName(entry)))
                .Where(match => match.Success)
                .Select(match => match.Groups["name"].Value)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToList();
            return names.Count == 0 ? [Whole] : names;
        }
    }

    /// <summary>The file of an expectation: <c>expected.txt</c>, or <c>expected.VARIANT.txt</c>.</summary>
    internal string ExpectationOf(string variant, string extension) =>
        Path.Combine(Folder, variant == Whole ? $"expected.{extension}" : $"expected.{variant}.{extension}");

    /// <summary>The command line of a run, without the report's format.</summary>
    internal string[] ArgumentsOf(string variant)
    {
        string[] facts = variant == Whole ? ["facts", "facts.json"] : ["facts", "facts.json", $"facts.{variant}", $"facts.{variant}.json"];
        var states = facts.Where(name => Path.Exists(Path.Combine(Folder, name))).SelectMany(name => (string[])["--state", name]);
        return
        [
            "check",
            Input is null ? "." : "-",
            .. states,
            .. Words("args.txt"),
            .. variant == Whole ? [] : Words($"args.{variant}.txt"),
        ];
    }

    /// <summary>What standard input holds; null when the folder is checked.</summary>
    internal string? Input => Path.Combine(Folder, "stdin.json") is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    private string[] Words(string name)
    {
        var file = Path.Combine(Folder, name);
        return File.Exists(file) ? File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static IEnumerable<Scenario> Find(string folder)
    {
        var folders = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).ToList();
        return Directory.EnumerateFiles(folder).Any() || folders.Count == 0
            ? [new Scenario(Path.GetRelativePath(Repository.Golden, folder).Replace('\\', '/'))]
            : folders.SelectMany(Find);
    }

    [GeneratedRegex(@"^(facts\.(?<name>(?!json$)[^.]+)(\.json)?|args\.(?<name>[^.]+)\.txt)$")]
    private static partial Regex VariantName();
}
