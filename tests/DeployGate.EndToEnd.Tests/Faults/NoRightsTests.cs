using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>A user who may not write anywhere, and one who may not read.</summary>
public class NoRightsTests
{
    private const string Denied = "access is denied; write where this user may write";

    // Root may do everything: it gives its rights away first.
    private const string Nobody = """
        me="env HOME=/nonexistent"
        if [ "$(id -u)" = 0 ]; then
          command -v setpriv > /dev/null || { echo no setpriv; exit 77; }
          me="setpriv --reuid=65534 --regid=65534 --clear-groups $me"
        fi
        $me test -r "${dg#dotnet }" || { echo the tool lies where nobody may read it; exit 77; }
        """;

    [Theory]
    [InlineData("check --report json=out.json", "the json report was not written to 'FOLDER/out.json'")]
    [InlineData("check --report html=old.txt", "the html report was not written to 'FOLDER/old.txt'")]
    [InlineData("check --report sarif=open.txt", "the sarif report was not written to 'FOLDER/open.txt'")]
    [InlineData("check --write-baseline out.json", "the baseline was not written to 'out.json'")]
    [InlineData("check --fix", "--fix: nothing was changed: 'main.bicep'")]
    [InlineData("record main.bicep --out out.json", "the facts were not written to 'out.json'")]
    [InlineData("init", "'deploygate.yml' was not written")]
    public void Where_nothing_may_be_written_one_message_says_so_and_every_file_is_as_it_was(string command, string expected)
    {
        // The open file may be written by anybody, but nothing can be put beside it: it is not written half.
        using var work = new Workspace().With("main.bicep", MendableMachine.Template).With("old.txt", "old").With("open.txt", "open");
        var run = AsNobody(work, "chmod 644 *; chmod 666 open.txt; chmod 555 .", $"$dg {command} > /dev/null");
        Assert.Equal(2, run.ExitCode);
        var line = Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith($"deploygate: {expected.Replace("FOLDER", work.Folder, StringComparison.Ordinal)}", line, StringComparison.Ordinal);
        Assert.EndsWith($": {Denied}", line, StringComparison.Ordinal);
        Assert.Equal(["main.bicep", "old.txt", "open.txt"], Directory.GetFileSystemEntries(work.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal((MendableMachine.Template, "old", "open"), (Read(work, "main.bicep"), Read(work, "old.txt"), Read(work, "open.txt")));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [InlineData("main.bicep", "check .", 3, "main.bicep: the file was not read: access is denied")]
    [InlineData("main.bicep", "resolve main.bicep", 3, "main.bicep: the file was not read: access is denied")]
    [InlineData("modules", "check .", 3, "modules: the folder was not read: access is denied")]
    [InlineData("modules/m.bicep", "check main.bicep", 3, "the module 'modules/m.bicep' is not a readable file of the repository")]
    [InlineData("facts", "check main.bicep --state facts", 3, "facts: the folder was not read: access is denied")]
    [InlineData("facts/f.json", "check main.bicep --state facts", 3, "facts/f.json: the facts were not read: access is denied")]
    [InlineData("deploygate.yml", "check main.bicep", 2, "access is denied")]
    [InlineData("base.json", "check main.bicep --baseline base.json", 2, "access is denied")]
    [InlineData("policies.yml", "check main.bicep --policy policies.yml", 2, "access is denied")]
    [InlineData("p.json", "check main.bicep --parameters p.json", 3, "access is denied")]
    [InlineData("disk.vhd", "inspect disk.vhd", 3, "a file that this user may not read")]
    [InlineData("disk.vhd", "check main.bicep --disk https://a/b.vhd=disk.vhd", 3, "not read")]
    [InlineData("facts/f.json", "diagnose facts/f.json", 3, "access is denied")]
    [InlineData(".", "check", 3, ".: the folder was not read: access is denied")]
    public void What_may_not_be_read_is_told_and_is_never_a_pass(string locked, string command, int exit, string expected)
    {
        using var work = new Workspace()
            .With("main.bicep", "module m 'modules/m.bicep' = { name: 'm' }\n" + MendableMachine.Mended)
            .With("modules/m.bicep", MendableMachine.Mended)
            .With("facts/f.json", """{"schema":"deploygate-facts/v1","recordedAt":"2026-11-20T10:00:00Z","resources":[]}""")
            .With("base.json", "{}").With("policies.yml", "version: 1\n").With("p.json", "{}").With("disk.vhd", "x").With("deploygate.yml", "version: 1\n");
        var run = AsNobody(work, $"chmod -R a+rX .; chmod 000 {locked}", $"$dg {command}", $"chmod 755 {locked}");
        Assert.True(run.ExitCode == exit, $"{run.ExitCode}: {run.Output}{run.Error}");
        Assert.Contains(expected, run.Output + run.Error, StringComparison.Ordinal);
        FaultRun.AssertClean(run, work.Folder);
    }

    private static string Read(Workspace work, string name) => File.ReadAllText(Path.Combine(work.Folder, name));

    private static ToolRun AsNobody(Workspace work, string before, string command, string after = "true")
    {
        var run = FaultRun.Shell(work.Folder, $"{Nobody}\n{before}\n{command.Replace("$dg", "$me $dg", StringComparison.Ordinal)}\ncode=$?\nchmod 755 .; {after}\nexit $code");
        Assert.SkipWhen(run.ExitCode == 77, run.Output);
        return run;
    }
}
