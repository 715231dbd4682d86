using System.Text.RegularExpressions;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Documentation;

/// <summary>Does what each document says, from top to bottom in one folder, and compares what it shows.</summary>
public sealed partial class DocumentRunTests
{
    private const string OwnCommand = "dotnet run --project src/DeployGate.Cli -- ";

    private static readonly string[] s_dotnetCommands = ["build", "test", "pack", "new", "tool", "run"];

    public static TheoryData<string> Documents { get; } =
    [
        .. Repository.MarkdownFiles()
            .Where(file => !file.StartsWith("policies/rules/", StringComparison.Ordinal)) // what is typed inside of a guest
            .Where(file => DocumentStep.Of(Repository.Read(file)).Count > 0),
    ];

    [Fact]
    public void Readme_shows_an_output_that_is_checked() => Assert.Single(DocumentStep.Of(Repository.Read("README.md")).OfType<DocumentStep.See>());

    [Fact]
    public void Every_guide_has_something_that_runs()
    {
        var guides = Repository.MarkdownFiles().Where(file => file.StartsWith("docs/guides/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(guides);
        Assert.Empty(guides.Except(Documents.Select(row => row.Data)));
    }

    /// <summary><c>DEPLOYGATE_UPDATE_GOLDEN=1</c> writes what the tool prints now into the documents.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_does_and_shows_what_it_says(string document)
    {
        var text = Repository.Read(document);
        using var folder = new TemporaryFolder();
        Prepare(folder);
        var changed = new List<(Range Place, string Output)>();
        foreach (var step in DocumentStep.Of(text))
        {
            if (step is DocumentStep.Write file)
                folder.Write(file.Path, file.Content);
            else if (step is DocumentStep.Type type)
                Assert.All(type.Lines, line => Understood(folder, line.Split(" | ")[0]));
            else if (step is DocumentStep.See see && See(folder, see) is { } output)
                changed.Add((see.Place, output));
        }

        if (changed.Count > 0)
            File.WriteAllText(Path.Combine(Repository.Root, document), WithOutputs(text, changed));
    }

    // The root of a repository with the examples; git itself is not needed.
    private static void Prepare(TemporaryFolder folder)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, ".git"));
        folder.CopyOf("examples");
        folder.CopyOf("policies");
        DiskBuilder.FixedVhd(WindowsGuest.InUse.Disk()).SaveAs(Path.Combine(folder.Path, "win2022.vhd"));
    }

    // The output that is to be written into the document, if any.
    private static string? See(TemporaryFolder folder, DocumentStep.See see)
    {
        var (exit, output, error) = Repository.Run(folder.Path, see.Arguments.Split(' '));
        Assert.Empty(error);
        output = Duration().Replace(output, "(in 0.2 s)"); // what differs from run to run
        Assert.True(see.Exit is { } expected ? exit == expected : exit is ExitCodes.Open or ExitCodes.Closed, $"{see.Arguments}: exit {exit}");
        if (Environment.GetEnvironmentVariable("DEPLOYGATE_UPDATE_GOLDEN") == "1")
            return output;
        Assert.Equal(output, see.Shown);
        return null;
    }

    private static string WithOutputs(string text, IEnumerable<(Range Place, string Output)> changed) =>
        changed.Reverse().Aggregate(text, (old, one) => old[..one.Place.Start] + one.Output + old[one.Place.End..]);

    private static void Understood(TemporaryFolder folder, string line)
    {
        var words = line.StartsWith(OwnCommand, StringComparison.Ordinal) ? ["deploygate", .. line[OwnCommand.Length..].Split(' ')] : line.Split(' ');
        if (words[0] == "dotnet" && words[1] != "deploygate")
        {
            Assert.Contains(words[1], s_dotnetCommands);
            return;
        }

        var arguments = words[0] == "dotnet" ? words[2..] : words[1..];
        Assert.Equal("deploygate", words[words.Length - arguments.Length - 1]);
        var (exit, _, error) = Repository.Run(folder.Path, arguments);
        Assert.True(exit is ExitCodes.Open or ExitCodes.Closed, $"{line}: exit {exit}: {error}");
    }

    [GeneratedRegex(@"\(in [^)]+\)$", RegexOptions.Multiline)]
    private static partial Regex Duration();
}
