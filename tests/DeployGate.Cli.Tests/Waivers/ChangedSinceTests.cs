using System.Diagnostics;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Waivers;

/// <summary>With the real Git: whoever builds from a clone has it.</summary>
public sealed class ChangedSinceTests
{
    [Fact]
    public void Nothing_is_reported_where_nothing_was_touched()
    {
        using var folder = Repo(("image.bicep", SpecializedImage.Bicep()));
        var (exit, output, error) = Since(folder, "HEAD");
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("gate: OPEN - 0 errors, 0 warnings\nchecked: 1 template, 0 pipelines, 0 uses: 0 blocked, 0 warned, 0 allowed, 0 undecided; 1 left out, untouched (in ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("osState: 'Specialized'", "osState: 'specialized'")]
    [InlineData("hyperVGeneration: 'V2'", "hyperVGeneration: 'V1'")]
    [InlineData("    hyperVGeneration: 'V2'\n", "")]
    [InlineData("name: 'lab'", "name: 'lab2'")]
    public void A_use_is_reported_when_a_line_of_its_resource_was_changed_or_removed(string before, string after)
    {
        using var folder = Repo(("image.bicep", SpecializedImage.Bicep()), ("other.bicep", SpecializedImage.Bicep("other")));
        folder.Write("image.bicep", SpecializedImage.Bicep().Replace(before, after, StringComparison.Ordinal));
        var (exit, output, _) = Since(folder, "HEAD");
        Assert.Equal(1, exit);
        Assert.Contains("--> image.bicep", output, StringComparison.Ordinal);
        Assert.DoesNotContain("other.bicep", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_use_is_reported_when_the_parameter_file_was_changed_that_decides_it()
    {
        var template = SpecializedImage.Bicep().Replace("'Specialized'", "state", StringComparison.Ordinal) + "param state string\n";
        using var folder = Repo(("image.bicep", template), ("image.bicepparam", "using 'image.bicep'\nparam state = 'Generalized'\n"));
        folder.Write("image.bicepparam", "using 'image.bicep'\nparam state = 'Specialized'\n");
        Assert.Contains("--> image.bicepparam:2:15", Since(folder, "HEAD").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_elsewhere_in_the_file_touch_nothing()
    {
        using var folder = Repo(("image.bicep", SpecializedImage.Bicep()));
        folder.Write("image.bicep", "// one\n// two\n// three\n" + SpecializedImage.Bicep() + "// four\n");
        Assert.Equal(0, Since(folder, "HEAD").Exit);
    }

    [Theory]
    [InlineData("new.bicep")]
    [InlineData("größe und mehr.bicep")]
    public void A_file_that_Git_does_not_know_yet_and_a_committed_one_are_new(string name)
    {
        using var folder = Repo(("image.bicep", SpecializedImage.Bicep()));
        Git(folder, "branch", "base");
        folder.Write(name, SpecializedImage.Bicep("new"));
        Assert.Contains($"--> {name}", Since(folder, "base").Output, StringComparison.Ordinal);
        Git(folder, "add", "-A");
        Git(folder, "commit", "-q", "-m", "more");
        Assert.Contains($"--> {name}", Since(folder, "base").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_other_branch_did_meanwhile_is_not_ours()
    {
        using var folder = Repo(("image.bicep", SpecializedImage.Bicep()), ("other.txt", "1"));
        Git(folder, "checkout", "-q", "-b", "topic");
        folder.Write("other.txt", "2");
        Git(folder, "commit", "-q", "-a", "-m", "topic");
        Git(folder, "checkout", "-q", "main");
        folder.Write("image.bicep", SpecializedImage.Bicep("theirs"));
        Git(folder, "commit", "-q", "-a", "-m", "theirs");
        Git(folder, "checkout", "-q", "topic");
        Assert.Equal(0, Since(folder, "main").Exit);
    }

    [Fact]
    public void A_step_that_was_touched_is_reported_and_another_is_not()
    {
        const string steps = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          az vm generalize -g rg -n one\n          az vm start -g rg -n one\n          az vm restart -g rg -n one\n";
        using var folder = Repo(("image.yml", steps));
        folder.Write("image.yml", steps.Replace("restart -g rg -n one", "restart -g rg -n one --no-wait", StringComparison.Ordinal));
        var output = Since(folder, "HEAD").Output;
        Assert.Contains("--> image.yml:9:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("--> image.yml:8:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "--changed-since nowhere: there is no such revision here; a shallow clone lacks it (actions/checkout: fetch-depth: 0)")]
    [InlineData("--output=x", "--changed-since --output=x: there is no such revision here")]
    public void A_revision_that_is_not_there_is_told(string revision, string message)
    {
        using var folder = Repo(("image.bicep", SpecializedImage.Bicep()));
        var (exit, output, error) = Repository.Run(folder.Path, "check", $"--changed-since={revision}");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "x")));
    }

    [Fact]
    public void Without_a_repository_there_is_nothing_to_compare()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("--changed-since HEAD: there is no Git repository here", Since(folder, "HEAD").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_that_the_repository_configures_are_not_run()
    {
        using var folder = Repo(("image.bicep", SpecializedImage.Bicep()));
        var mark = Path.Combine(folder.Path, ".git", "ran");
        Git(folder, "config", "diff.external", $"touch {mark}; true");
        Git(folder, "config", "core.fsmonitor", $"touch {mark}; false");
        folder.Write(".gitattributes", "*.bicep diff=x\n");
        Git(folder, "config", "diff.x.textconv", $"touch {mark}; cat");
        folder.Write("image.bicep", SpecializedImage.Bicep("lab2"));
        File.Delete(mark);
        Assert.Equal(1, Since(folder, "HEAD").Exit);
        Assert.False(File.Exists(mark));
    }

    private static (int Exit, string Output, string Error) Since(TemporaryFolder folder, string revision) =>
        Repository.Run(folder.Path, "check", "--changed-since", revision);

    private static TemporaryFolder Repo(params (string Name, string Content)[] files)
    {
        var folder = new TemporaryFolder();
        foreach (var (name, content) in files)
        {
            folder.Write(name, content);
        }

        Git(folder, "init", "-q", "-b", "main");
        Git(folder, "add", "-A");
        Git(folder, "commit", "-q", "-m", "first");
        return folder;
    }

    private static void Git(TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder.Path, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
