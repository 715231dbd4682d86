using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>Variables that hold nonsense, or words that would be commands.</summary>
public class HostileEnvironmentTests
{
    private static readonly string[] s_names =
    [
        "TERM", "NO_COLOR", "COLUMNS", "LINES", "LANG", "LC_ALL", "TMPDIR", "HOME", "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CONFIG_DIR", "ACTIONS_ID_TOKEN_REQUEST_URL",
        "GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "GITHUB_EVENT_PATH", "GITHUB_SERVER_URL", "GITHUB_REF", "GITHUB_REPOSITORY",
        "TF_BUILD", "BUILD_SOURCESDIRECTORY", "BUILD_REASON", "AGENT_TEMPDIRECTORY", "SYSTEM_OIDCREQUESTURI", "INPUT_REPORT",
    ];

    public static TheoryData<string, string> Values => new()
    {
        { "a command", "\n::error::forged\n##vso[task.complete result=Succeeded]forged" },
        { "a sequence", "\u001b[2J\u001b]0;forged\u0007\u009b31m" },
        { "a long text", new string('x', 50_000) },
        { "a number", "-99999999999999999999" },
        { "a place that is none", "/nonexistent/../proc/self/mem" },
        { "a word", "true" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void No_variable_changes_the_verdict_or_forges_a_line(string what, string value)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = Tool.Run(work.Folder, ["check"], s_names.ToDictionary(name => name, _ => value));
        Assert.True(run.ExitCode == 1, $"{what}: {run.ExitCode} {run.Error}");
        Assert.Contains("gate: CLOSED", run.Output, StringComparison.Ordinal);
        foreach (var line in (run.Output + run.Error).Split('\n'))
        {
            Assert.DoesNotContain("::error::forged", line.TrimStart().StartsWith("::", StringComparison.Ordinal) ? line : "", StringComparison.Ordinal);
            Assert.DoesNotContain("##vso[task.complete", line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u001b', line);
            Assert.DoesNotContain('\u009b', line);
        }

        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [InlineData("env -u HOME -u TMPDIR -u LANG")]
    [InlineData("env HOME=/nonexistent TMPDIR=/nonexistent LANG=xx_YY.UTF-77 LC_ALL=tr_TR.UTF-8")]
    [InlineData("env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 LC_ALL=ar_SA.UTF-8 TZ=Nowhere/Land")]
    public void Nothing_of_the_machine_has_to_be_there(string prefix)
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var plain = FaultRun.Shell(work.Folder, "$dg check --report json");
        var run = FaultRun.Shell(work.Folder, $"{prefix} $dg check --report json");
        Assert.Equal((plain.ExitCode, plain.Output, plain.Error), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(1, run.ExitCode);
    }
}
