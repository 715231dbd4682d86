using System.Text.Json;
using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>Standard streams that are closed, full, or read by nobody any more.</summary>
public class StandardStreamTests
{
    [Theory]
    [InlineData(">&-", 2, "deploygate: standard output was not written: it is closed\n")]
    [InlineData("> /dev/full", 2, "deploygate: standard output was not written: the disk is full, or its quota is used up; make room and run again\n")]
    [InlineData("2>&-", 1, "")]
    [InlineData("2> /dev/full", 1, "")]
    [InlineData("<&-", 1, "")]
    [InlineData(">&- 2>&- <&-", 2, "")]
    public void A_verdict_that_cannot_be_shown_is_none(string redirection, int exit, string error)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = FaultRun.Shell(work.Folder, $"$dg check {redirection}");
        Assert.Equal((exit, error), (run.ExitCode, run.Error));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("> /dev/full")]
    [InlineData(">&- 2>&- <&-")]
    public void A_file_with_the_report_keeps_the_verdict(string redirection)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = FaultRun.Shell(work.Folder, $"$dg check --report text --report json=out.json {redirection}");
        Assert.True(run.ExitCode == 1, run.Error);
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(work.Folder, "out.json")));
        Assert.Equal(1, report.RootElement.GetProperty("summary").GetProperty("blocked").GetInt32());
        FaultRun.AssertClean(run, work.Folder);
    }

    [Fact]
    public void A_reader_that_goes_away_changes_no_verdict()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = FaultRun.Shell(work.Folder, "$dg check --report html --report json=out.json | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}");
        Assert.Equal(("1\n", ""), (run.Output, run.Error));
        Assert.True(File.Exists(Path.Combine(work.Folder, "out.json")));
    }

    [Fact]
    public void Closed_standard_input_is_an_empty_one_and_nothing_waits()
    {
        using var work = new Workspace();
        var run = FaultRun.Shell(work.Folder, "timeout 60 $dg check - <&-");
        Assert.Equal(4, run.ExitCode);
        FaultRun.AssertClean(run, work.Folder);
    }

    [Fact]
    public void Other_commands_tell_that_their_output_was_lost()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        foreach (var command in (string[])["resolve main.bicep", "rules", "explain DG2004", "--version"])
        {
            var run = FaultRun.Shell(work.Folder, $"$dg {command} > /dev/full");
            Assert.Equal((2, "deploygate: standard output was not written: the disk is full, or its quota is used up; make room and run again\n"), (run.ExitCode, run.Error));
        }
    }

    [Fact]
    public void A_working_folder_that_is_gone_is_told()
    {
        using var work = new Workspace().With("gone/x", "");
        var run = FaultRun.Shell(work.Folder, "cd gone; rm -r ../gone; $dg check");
        Assert.Equal((2, "deploygate: the working folder is not there any more, or may not be entered; change to another one\n"), (run.ExitCode, run.Error));
    }
}
