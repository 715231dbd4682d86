namespace DeployGate.Site;

/// <summary>Which documents of the repository are pages, and what a page of each is called.</summary>
internal sealed class SiteSources
{
    /// <summary>Where the index of the rules stands. It has no source: it is made of the catalog of rules.</summary>
    internal const string Rules = "policies/rules/index.html";

    private static readonly string[] s_single =
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "policies/README.md", "action/azure-pipelines/README.md", "tests/golden/README.md"];

    private readonly string _repository;

    internal SiteSources(string repository)
    {
        _repository = repository;
        Documents =
        [
            .. s_single,
            .. ((string[])["docs", "policies/rules"])
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(repository, folder), "*.md", SearchOption.AllDirectories))
                .Select(file => Path.GetRelativePath(repository, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The documents, by their paths from the repository's root.</summary>
    internal IReadOnlyList<string> Documents { get; }

    internal string Read(string path) => File.ReadAllText(Path.Combine(_repository, path)).ReplaceLineEndings("\n");

    /// <summary>The page of a document or folder; null where there is none.</summary>
    internal string? PageOf(string path) =>
        path == "policies/rules" ? Rules :
        Documents.Contains(path) ? PathOf(path) :
        Documents.Contains(path + "/README.md") ? PathOf(path + "/README.md") : null;

    /// <summary>A README is the index of its folder.</summary>
    internal static string PathOf(string document)
    {
        var name = document[..^".md".Length];
        return name == "README" || name.EndsWith("/README", StringComparison.Ordinal) ? name[..^"README".Length] + "index.html" : name + ".html";
    }
}
