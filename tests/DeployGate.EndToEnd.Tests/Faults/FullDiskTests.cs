using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>A disk that is full, or a limit on the size of files, for everything that the tool writes.</summary>
public class FullDiskTests
{
    private const string Full = "the disk is full, or its quota is used up; make room and run again";

    // The runtime itself maps large files, unless told otherwise.
    private static readonly Dictionary<string, string> s_small = new() { ["DOTNET_EnableWriteXorExecute"] = "0" };

    [Theory]
    [InlineData("--report html=out")]
    [InlineData("--report sarif=out")]
    [InlineData("--write-baseline out", "0")]
    public void What_does_not_fit_leaves_the_file_as_it_was(string option, string blocks = "1")
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template).With("out", "{}");
        var run = FaultRun.Shell(work.Folder, $"trap '' XFSZ; ulimit -f {blocks}; $dg check {option}", s_small);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("was not written to '", run.Error, StringComparison.Ordinal);
        Assert.Contains("it would be larger than a file may be here", run.Error, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(Path.Combine(work.Folder, "out")));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [InlineData("$dg check --report html=full/out", "out")]
    [InlineData("$dg check --write-baseline full/out", "out")]
    [InlineData("(cd full; $dg init)", "deploygate.yml")]
    [InlineData("$dg record main.bicep --out full/out", "out")]
    public void A_full_disk_is_told_and_nothing_half_is_left(string command, string file)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = OnFullDisk(work, $"fill; {command}; code=$?; ls -A full; exit $code");
        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith($": {Full}\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(file, run.Output.Split('\n'));
        Assert.DoesNotContain(".tmp", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$dg check --write-baseline full/old")]
    [InlineData("$dg record main.bicep --out full/old")]
    [InlineData("$dg check --report sarif=full/old")]
    public void A_file_that_is_there_stays_as_it_was(string command)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = OnFullDisk(work, $"echo old > full/old; fill; {command} > /dev/null; code=$?; cat full/old; ls -A full; exit $code");
        Assert.Equal((2, "old\nfiller\nold\n"), (run.ExitCode, run.Output));
        Assert.EndsWith($": {Full}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fix_that_does_not_fit_changes_no_file()
    {
        using var work = new Workspace().With("one.bicep", MendableMachine.Template).With("two.bicep", MendableMachine.Template);
        var run = OnFullDisk(work, "cp *.bicep full; fill; cd full; $dg check --fix --report json=/dev/null; code=$?; cmp one.bicep ../one.bicep && cmp two.bicep ../two.bicep && ls -A; exit $code");
        Assert.Equal((2, "filler\none.bicep\ntwo.bicep\n"), (run.ExitCode, run.Output));
        Assert.Contains($"--fix: nothing was changed: 'one.bicep': {Full}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GITHUB_STEP_SUMMARY", "check", 1)]
    [InlineData("GITHUB_OUTPUT", "action", 2)]
    public void The_runners_files_keep_what_other_steps_wrote(string variable, string command, int exit)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = OnFullDisk(work, $"(head -c 4086 /dev/zero; echo before=1) > full/file; fill; GITHUB_ACTIONS=true {variable}=full/file $dg {command} > /dev/null; code=$?; tail -c +4087 full/file; exit $code");
        Assert.Equal((exit, "before=1\n"), (run.ExitCode, run.Output));
        Assert.Contains(Full, run.Error, StringComparison.Ordinal);
    }

    private static ToolRun OnFullDisk(Workspace work, string script)
    {
        // A mount of one's own, in a namespace that ends with the shell. The last page of the disk is left, and a byte of it is used.
        var run = FaultRun.Shell(work.Folder, $$"""
            command -v unshare > /dev/null && unshare -rm true 2> /dev/null || { echo no rights; exit 77; }
            mkdir full
            export dg
            exec unshare -rm bash -c 'mount -t tmpfs -o size=16k tmpfs full || { echo no rights; exit 77; }
            fill() { head -c 100000 /dev/zero > full/filler 2> /dev/null; }
            {{script}}'
            """);
        Assert.SkipWhen(run.ExitCode == 77, "a file system of one's own needs a right that is not given here");
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        return run;
    }
}
