using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>Report files in places that are no place for a file, and places that are none for a moved one.</summary>
public class ReportFileTests
{
    private const string NoFolder = "the folder does not exist; make it first";

    [Theory]
    [InlineData("missing/out.json", NoFolder)]
    [InlineData("missing/deeper/out.json", NoFolder)]
    [InlineData("main.bicep/out.json", NoFolder)]
    [InlineData("folder", "it is a folder; name a file")]
    [InlineData("to-folder", "it is a folder; name a file")]
    [InlineData("circle", "its links lead in a circle; remove the link")]
    [InlineData("/proc/version", "access is denied; write where this user may write", "the disk failed (input/output error); look at the disk")]
    [InlineData("long", "the name is too long; use a shorter one")]
    public void One_message_tells_what_where_why_and_how(string path, params string[] reasons)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template).With("folder/x", "kept");
        var run = FaultRun.Shell(work.Folder, $"ln -s b circle; ln -s circle b; ln -s folder to-folder; $dg check --report json={(path == "long" ? new string('a', 300) : path)} --report sarif=out.sarif");
        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("deploygate: the json report was not written to '", run.Error, StringComparison.Ordinal);
        Assert.Contains(reasons, reason => run.Error.EndsWith($"': {reason}\n", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(work.Folder, "out.sarif")), "the other report is written all the same");
        FaultRun.AssertClean(run, work.Folder);
    }

    [Fact]
    public void A_name_as_long_as_names_may_be_is_written()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var name = new string('a', 255);
        var run = FaultRun.Shell(work.Folder, $"$dg check --report json={name}");
        Assert.Equal(1, run.ExitCode);
        Assert.True(File.Exists(Path.Combine(work.Folder, name)));
    }

    [Fact]
    public void A_newline_in_a_name_is_escaped_where_it_is_told()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = FaultRun.Shell(work.Folder, "$dg check --report $'json=no\\n::error::x/out.json'");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("/no\\n::error::x/out.json'", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_link_stays_and_its_target_is_written()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template).With("kept/old.json", "old");
        var run = FaultRun.Shell(work.Folder, "ln -s kept/old.json old; ln -s kept/new.json new; chmod 600 kept/old.json; $dg check --report json=old --report json=new; [ -L old -a -L new ] && stat -c %a kept/old.json && cmp kept/old.json kept/new.json");
        Assert.Equal((0, "600\n", ""), (run.ExitCode, run.Output, run.Error));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Fact]
    public void A_pipe_is_written_to_and_stays_a_pipe()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = FaultRun.Shell(work.Folder, "mkfifo pipe; cat pipe > got & $dg check --report json=pipe; echo $?; wait; $dg check --report json=file; [ -p pipe ] && cmp got file");
        Assert.Equal((0, "1\n", ""), (run.ExitCode, run.Output, run.Error));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Fact]
    public void A_device_stays_a_device()
    {
        // A link to one: were the link or the device itself replaced, only this folder would show it.
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = FaultRun.Shell(work.Folder, "ln -s /dev/null null; ln -s /dev/full full; $dg check --report json=null; echo $?; $dg check --report json=full; echo $?; [ -L null -a -c /dev/null -a -L full -a -c /dev/full ]");
        Assert.Equal((0, "1\n2\n"), (run.ExitCode, run.Output));
        Assert.EndsWith("/full': the disk is full, or its quota is used up; make room and run again\n", run.Error, StringComparison.Ordinal);
        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [InlineData("/dev/stdout", "cat")]
    [InlineData("/dev/fd/1", "cat")]
    [InlineData("/dev/stderr", "cat >&2")]
    public void Standard_streams_have_names_too(string path, string shown)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var named = FaultRun.Shell(work.Folder, $"$dg check --report json={path}; [ -L /dev/stdout ]");
        var plain = FaultRun.Shell(work.Folder, $"$dg check --report json | {shown}");
        Assert.Equal((plain.Output, plain.Error), (named.Output, named.Error));
    }

    [Fact]
    public void Appended_output_is_not_written_over()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = FaultRun.Shell(work.Folder, "echo before > all; $dg check --report json=/dev/stdout >> all; echo after >> all; head -1 all; tail -1 all");
        Assert.Equal("before\nafter\n", run.Output);
    }
}
