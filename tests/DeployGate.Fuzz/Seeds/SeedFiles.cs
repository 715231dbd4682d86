using System.Text;

namespace DeployGate.Fuzz.Seeds;

/// <summary>
/// The files that inputs are made from: the repository's own examples, golden folders and policies, and those of a corpus beside it, which are
/// read where they lie. Small files only, so that thousands of inputs are read in a second; a few larger ones.
/// </summary>
/// <param name="repository">The repository's root.</param>
/// <param name="corpus">A folder of other people's files; null for none.</param>
internal sealed class SeedFiles(string repository, string? corpus)
{
    /// <summary>Code units of a usual seed.</summary>
    internal const int Small = 8 * 1024;

    private const int Large = 64 * 1024;
    private const int MostLarge = 6;
    private const int MostSmall = 1_500;

    private static readonly string[] s_folders = ["examples", "tests/golden", "policies"];

    private List<(string Path, string Text)>? _all;

    /// <summary>The repository that the running assembly was built in.</summary>
    internal static string? Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeployGate.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    /// <summary>The folder in which the corpus of public files lies beside a repository; null where it does not.</summary>
    internal static string? CorpusBeside(string repository)
    {
        var folder = Path.Combine(Path.GetDirectoryName(repository)!, "shared", "corpus");
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>The texts of the files of some endings that a test lets pass, in an order that depends on their paths alone.</summary>
    /// <param name="endings">With the dot: <c>.bicep</c>.</param>
    /// <param name="isWanted">Whether a text is of the right kind; null for any.</param>
    internal IReadOnlyList<string> Texts(IReadOnlyList<string> endings, Func<string, bool>? isWanted = null)
    {
        var found = All.Where(file => endings.Any(ending => file.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Select(file => file.Text).Where(text => text.Length > 0 && isWanted?.Invoke(text) != false).Distinct(StringComparer.Ordinal).ToList();
        return [.. found.Where(text => text.Length <= Small).Take(MostSmall), .. found.Where(text => text.Length > Small).Take(MostLarge)];
    }

    private List<(string Path, string Text)> All => _all ??= [.. s_folders.Select(folder => Path.Combine(repository, folder)).Append(corpus ?? "").Where(Directory.Exists).SelectMany(Below)];

    private static IEnumerable<(string Path, string Text)> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Order(StringComparer.Ordinal)
            .Where(file => !Path.GetFileName(file).StartsWith("expected.", StringComparison.Ordinal) && new FileInfo(file).Length <= Large)
            .Select(file => (file, Core.Text.SourceEncoding.Decode(File.ReadAllBytes(file))))
            .Where(file => !file.Item2.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(file.Item2) <= Large);
}
