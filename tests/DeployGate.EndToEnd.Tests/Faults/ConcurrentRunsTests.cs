using System.Text.Json;
using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>Thirty-two runs in one folder that write the same files.</summary>
public class ConcurrentRunsTests
{
    private const int Runs = 32;

    [Fact]
    public void Every_file_is_whole_every_exit_code_right_and_nothing_is_left()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = AtOnce(work, "$dg check main.bicep --report json=out.json --report html=out.html --write-baseline base.json", expected: 0);
        Assert.Equal("", run);
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(work.Folder, "out.json")));
        using var baseline = JsonDocument.Parse(File.ReadAllText(Path.Combine(work.Folder, "base.json")));
        Assert.EndsWith("</html>", File.ReadAllText(Path.Combine(work.Folder, "out.html")).TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["base.json", "main.bicep", "out.html", "out.json"], Directory.GetFiles(work.Folder).Select(Path.GetFileName).Where(name => !name!.StartsWith("error", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_fix_that_another_run_has_written_is_no_failure()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        Assert.Equal("", AtOnce(work, "$dg check main.bicep --fix", expected: 0));
        Assert.Equal(MendableMachine.Mended, File.ReadAllText(Path.Combine(work.Folder, "main.bicep")));
        FaultRun.AssertNothingLeft(work.Folder);
    }

    private static string AtOnce(Workspace work, string command, int expected) => FaultRun.Shell(work.Folder, $$"""
        for ((i = 0; i < {{Runs}}; i++)); do ({{command}} > /dev/null 2> error$i; code=$?; [ $code -eq {{expected}} ] || { echo "exit $code"; cat error$i; }) & done
        wait
        """).Output;
}
