using System.Text.Json;
using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>A run that is ended from outside, at any moment.</summary>
public class KilledTests
{
    private const int Moments = 20;
    private const int Files = 12;

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    public void Reports_are_whole_or_as_they_were(string signal, int exit)
    {
        using var work = new Workspace().With("in/main.bicep", MendableMachine.Template);
        var reports = string.Join(' ', Enumerable.Range(0, Files).Select(i => $"--report json=out/{i}.json --report html=out/{i}.html"));
        var run = AtMoments(work, signal, exit, $"$dg check in {reports}", "rm -rf out; mkdir out; echo old > out/0.json", "head -c 4 out/0.json | grep -q -e '^old' -e '^{'");
        Assert.Equal("", run);
        foreach (var file in Directory.GetFiles(Path.Combine(work.Folder, "out"), "*.json").Where(file => !Path.GetFileName(file).StartsWith('.')))
        {
            var text = File.ReadAllText(file);
            Assert.True(text == "old\n" || JsonDocument.Parse(text) is not null);
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    public void Fixed_files_are_whole_or_as_they_were(string signal, int exit)
    {
        using var work = new Workspace().With("before.txt", MendableMachine.Template).With("after.txt", MendableMachine.Mended);
        var run = AtMoments(
            work,
            signal,
            exit,
            "$dg check out --fix",
            $"rm -rf out; mkdir out; for n in {string.Join(' ', Enumerable.Range(0, Files))}; do cp before.txt out/$n.bicep; done",
            "for f in out/*.bicep; do cmp -s $f before.txt || cmp -s $f after.txt || echo half: $f; done");
        Assert.Equal("", run);
    }

    [Fact]
    public void What_a_killed_run_left_is_never_an_input()
    {
        using var work = new Workspace().With("main.bicep", MendableMachine.Mended).With("facts/x.txt", "");
        foreach (var folder in (string[])["", "facts"])
        {
            File.WriteAllText(Path.Combine(work.Folder, folder, ".deploygate-0123456789abcdef0123456789abcdef.tmp"), MendableMachine.Template);
        }

        var run = Tool.Run(work.Folder, ["check", "--state", "facts"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("checked: 1 template,", run.Output, StringComparison.Ordinal);
    }

    // The moments are spread over the time that an undisturbed run takes. What the shell prints is what is wrong.
    private static string AtMoments(Workspace work, string signal, int exit, string command, string before, string check)
    {
        var run = FaultRun.Shell(work.Folder, $$"""
            {{before}}
            begin=$(date +%s%N); {{command}} > /dev/null 2>&1; taken=$(( ($(date +%s%N) - begin) / 1000000 ))
            set -m
            for ((i = 1; i <= {{Moments}}; i++)); do
              {{before}}
              {{command}} > /dev/null 2> error &
              sleep $(printf '%d.%03d' $((taken * i / {{Moments}} / 1000)) $((taken * i / {{Moments}} % 1000)))
              kill -{{signal}} $! 2> /dev/null
              wait $! 2> /dev/null; code=$?
              case $code in {{exit}}|0|1) ;; *) echo "moment $i: exit $code: $(cat error)" ;; esac
              grep -q -e '   at ' -e defect error && cat error
              {{check}} || echo "moment $i: half"
              {{(signal == "KILL" ? "true" : "find . -name '*.tmp'")}}
            done
            exit 0
            """);
        return run.Output;
    }
}
