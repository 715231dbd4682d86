using DeployGate.Core.Text;
using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Templates.Tests.BicepFiles;

/// <summary>Published Bicep files, where a checkout of them lies beside the repository.</summary>
public sealed class BicepCorpusTests
{
    [Theory]
    [InlineData("*.bicep")]
    [InlineData("*.bicepparam")]
    public void Published_files_parse(string pattern)
    {
        var files = Files(pattern);
        var failing = new List<string>();
        foreach (var path in files)
        {
            var file = BicepParser.Parse(new SourceText(path, SourceEncoding.Decode(File.ReadAllBytes(path))));
            SyntaxPrinter.Print(file);
            if (!IsMeantToFail(file) && file.Problems.FirstOrDefault(problem => problem.IsFatal) is { } first)
            {
                failing.Add($"{first.At}: {first.Message}");
            }
        }

        Assert.True(failing.Count == 0, $"{failing.Count} of {files.Count} files do not parse:\n{string.Join('\n', failing)}");
    }

    /// <summary>Test cases for errors, and forms to fill in, which have <c>&lt;symbolic-name&gt;</c> where a name belongs.</summary>
    private static bool IsMeantToFail(BicepFile file) =>
        file.Source.Path.Contains("Invalid", StringComparison.Ordinal) || file.Source.Content.Contains("<symbolic-name>", StringComparison.Ordinal);

    private static List<string> Files(string pattern)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DeployGate.sln")))
        {
            root = root.Parent;
        }

        var corpus = Path.Combine(root?.Parent?.FullName ?? "", "shared", "corpus", "templates");
        if (root is null || !Directory.Exists(corpus))
        {
            Assert.Skip("There is no folder shared/corpus/templates beside the repository.");
        }

        var found = Directory.EnumerateFiles(corpus, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(found);
        return found;
    }
}
