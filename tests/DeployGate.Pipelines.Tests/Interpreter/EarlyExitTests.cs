using DeployGate.Core.Assessment;
using DeployGate.Core.Steps;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>What a path did before it left a script, function or loop is known behind it, beside what the other paths did.</summary>
public class EarlyExitTests
{
    private const string Mark = "az vm generalize -g g -n m";
    private const string Clean = "az vm create -g g -n m --image Debian11\naz vm deallocate -g g -n m\n";

    // MARK sets the mark: what leaves early has a marked machine, what does not has not.
    [Theory]
    [InlineData("if [ \"$X\" ]; then MARK; exit 0; fi\necho x")]
    [InlineData("if [ \"$X\" ]; then MARK; exit; fi")]
    [InlineData("if [ \"$X\" ]; then MARK; exit $code; fi")]
    [InlineData("if [ \"$X\" ]; then if [ \"$Y\" ]; then MARK; exit 0; fi; echo y; fi\necho x")]
    [InlineData("for i in a b; do if [ \"$X\" ]; then if [ \"$Y\" ]; then MARK; exit 0; fi; fi; done")]
    [InlineData("while read line; do if [ \"$line\" ]; then MARK; exit 0; fi; done")]
    [InlineData("f() { if [ \"$X\" ]; then MARK; exit 0; fi; }\nf\necho x")]
    [InlineData("f() { if [ \"$X\" ]; then MARK; return 0; fi; echo y; }\nf\necho x")]
    [InlineData("f() { if [ \"$X\" ]; then MARK; return; fi; }\ng() { f; echo y; }\nif [ \"$Y\" ]; then g; fi")]
    [InlineData("f() { for i in a b; do if [ \"$X\" ]; then MARK; return 0; fi; done; }\nf")]
    [InlineData("for i in a b; do if [ \"$X\" ]; then MARK; break; fi; echo y; done\necho x")]
    [InlineData("for i in a b; do if [ \"$X\" ]; then MARK; continue; fi; echo y; done\necho x")]
    [InlineData("for i in $LIST; do if [ \"$X\" ]; then MARK; break; fi; echo y; done\necho x")]
    [InlineData("while some; do if [ \"$X\" ]; then MARK; continue; fi; echo y; done\necho x")]
    [InlineData("for i in a b; do for j in c d; do if [ \"$X\" ]; then MARK; break 2; fi; done; done")]
    [InlineData("for i in a b; do for j in c d; do if [ \"$X\" ]; then MARK; continue 2; fi; done; done")]
    [InlineData("case $X in a) MARK; exit 0;; esac\necho x")]
    [InlineData("some && { MARK; exit 0; }\necho x")]
    [InlineData("some || { MARK; exit 0; }\necho x")]
    [InlineData("MARK || exit 0\necho x")]
    [InlineData("if [ \"$X\" ]; then MARK; fi\nsome && exit 0\necho x")]
    [InlineData("( if [ \"$X\" ]; then MARK; exit 0; fi )\necho x")]
    [InlineData("y=$(if [ \"$X\" ]; then MARK; exit 0; fi)\necho x")]
    [InlineData("bash -c 'if [ \"$X\" ]; then MARK; exit 0; fi'\necho x")]
    [InlineData("eval 'if [ \"$X\" ]; then MARK; exit 0; fi'\necho x")]
    [InlineData("trap 'echo bye' EXIT\nif [ \"$X\" ]; then MARK; exit 0; fi\necho x")]
    [InlineData("trap 'if [ \"$X\" ]; then MARK; exit 0; fi' EXIT\necho x")]
    [InlineData("if [ \"$Y\" ]; then exit 0; fi\nif [ \"$X\" ]; then MARK; exit 0; fi\necho x")]
    [InlineData("if [ \"$X\" ]; then MARK; exit 0; fi\nif [ \"$Y\" ]; then exit 0; fi\necho x")]
    public void A_shell_that_leaves_early_may_have_marked_the_machine(string script) => BothWays("bash", script);

    [Theory]
    [InlineData("if ($X) { MARK; exit 0 }\nWrite-Host x")]
    [InlineData("if ($X) { MARK; exit }")]
    [InlineData("if ($X) { MARK; return }\nWrite-Host x")]
    [InlineData("if ($X) { if ($Y) { MARK; exit 0 }; Write-Host y }\nWrite-Host x")]
    [InlineData("foreach ($i in 'a', 'b') { if ($X) { if ($Y) { MARK; exit 0 } } }")]
    [InlineData("function f { if ($X) { MARK; exit 0 } }\nf\nWrite-Host x")]
    [InlineData("function f { if ($X) { MARK; return }; Write-Host y }\nf\nWrite-Host x")]
    [InlineData("foreach ($i in 'a', 'b') { if ($X) { MARK; break }; Write-Host y }\nWrite-Host x")]
    [InlineData("foreach ($i in 'a', 'b') { if ($X) { MARK; continue }; Write-Host y }\nWrite-Host x")]
    [InlineData("foreach ($i in $list) { if ($X) { MARK; break }; Write-Host y }\nWrite-Host x")]
    [InlineData("while ($X) { if ($Y) { MARK; continue }; Write-Host y }\nWrite-Host x")]
    [InlineData("'a', 'b' | ForEach-Object { if ($X) { MARK; return }; Write-Host y }\nWrite-Host x")]
    [InlineData("switch ($X) { 'a' { if ($Y) { MARK; break }; Write-Host y } }\nWrite-Host x")]
    [InlineData("& { if ($X) { MARK; return }; Write-Host y }\nWrite-Host x")]
    [InlineData("try { if ($X) { MARK; throw 'no' }; Write-Host y } catch { Write-Host caught }\nWrite-Host x")]
    [InlineData("function f { if ($X) { MARK; throw 'no' } }\ntry { f } catch { Write-Host caught; exit 0 }\nWrite-Host x")]
    [InlineData("try { if ($X) { MARK; return }; Write-Host y } finally { Write-Host z }\nWrite-Host x")]
    [InlineData("foreach ($i in 'a', 'b') { try { if ($X) { MARK; break } } finally { Write-Host z } }\nWrite-Host x")]
    [InlineData("if ($Y) { exit 0 }\nif ($X) { MARK; exit 0 }\nWrite-Host x")]
    [InlineData("if ($X) { MARK; exit 0 }\nif ($Y) { exit 0 }\nWrite-Host x")]
    public void PowerShell_that_leaves_early_may_have_marked_the_machine(string script) => BothWays("pwsh", script);

    [Theory]
    [InlineData("if exist x (\nMARK\nexit /b 0\n)\necho x")]
    [InlineData("if exist x (\nMARK\nexit /b\n)")]
    [InlineData("if exist x (\nMARK\ngoto :eof\n)\necho x")]
    [InlineData("if exist x (\nMARK\ngoto done\n)\necho x\n:done\necho y")]
    [InlineData("if exist x (\nif exist y (\nMARK\nexit /b 0\n)\n)\necho x")]
    [InlineData("for %%i in (a b) do (\nif exist y (\nMARK\nexit /b 0\n)\n)\necho x")]
    [InlineData("for %%i in (a b) do (\nif exist y (\nMARK\ngoto done\n)\n)\necho x\n:done\necho y")]
    [InlineData(":again\nif exist x (\nMARK\ngoto again\n)\necho x")]
    [InlineData("if exist x goto go\necho a\ngoto end\n:go\nMARK\n:end\necho x")]
    [InlineData("if exist x goto go\nMARK\ngoto end\n:go\necho a\n:end\necho x")]
    [InlineData("if exist x goto go\nexit /b 0\n:go\nMARK")]
    [InlineData("MARK || exit /b 0\necho x")]
    [InlineData("if exist y exit /b 0\nif exist x (\nMARK\nexit /b 0\n)\necho x")]
    [InlineData("if exist x (\nMARK\nexit /b 0\n)\nif exist y exit /b 0\necho x")]
    public void A_batch_file_that_leaves_early_may_have_marked_the_machine(string script) => BothWays("cmd", script);

    // Where the early path says nothing of failing it goes on; where it fails, the job ends with it.
    [Theory]
    [InlineData("bash", "if [ \"$X\" ]; then MARK; exit 1; fi\necho x")]
    [InlineData("bash", "f() { if [ \"$X\" ]; then MARK; exit 1; fi; }\nf\necho x")]
    [InlineData("bash", "f() { if [ \"$X\" ]; then MARK; return 1; fi; }\nf || exit 1\necho x")]
    [InlineData("bash", "trap 'echo bye' EXIT\nif [ \"$X\" ]; then MARK; exit 1; fi\necho x")]
    [InlineData("pwsh", "if ($X) { MARK; exit 1 }\nWrite-Host x")]
    [InlineData("pwsh", "if ($X) { MARK; throw 'no' }\nWrite-Host x")]
    [InlineData("pwsh", "try { if ($X) { MARK; throw 'no' } } catch { exit 1 }\nWrite-Host x")]
    [InlineData("cmd", "if exist x (\nMARK\nexit /b 1\n)\necho x")]
    public void A_path_that_fails_is_not_seen_by_the_next_step_unless_the_job_goes_on(string shell, string script)
    {
        Assert.Equal(AzureMark.Unmarked, After(shell, Clean + With(script, Mark)).Mark);
        Assert.Equal(AzureMark.Unknown, After(shell, Clean + With(script, Mark), "continue-on-error: true").Mark);
    }

    [Theory]
    [InlineData("MARK || exit 1", AzureMark.Generalized)]
    [InlineData("f() { MARK || return 1; }\nf\necho x", AzureMark.Generalized)]
    [InlineData("f() { if [ \"$X\" ]; then return 1; fi; return 0; }\nif f; then MARK; fi", AzureMark.Unknown)]
    [InlineData("f() { return 1; }\nif f; then MARK; fi", AzureMark.Unmarked)]
    [InlineData("f() { MARK; return 0; echo never; }\nf", AzureMark.Generalized)]
    [InlineData("MARK\nexit 0", AzureMark.Generalized)]
    [InlineData("for i in a b; do MARK; break; az vm create -g g -n m --image Debian11; done", AzureMark.Generalized)]
    [InlineData("if [ \"$X\" ]; then MARK; exit 0; else MARK; exit 0; fi\naz vm create -g g -n m --image Debian11", AzureMark.Generalized)]
    [InlineData("if [ \"$X\" ]; then exit 1; fi\nMARK", AzureMark.Generalized)]
    public void What_all_paths_did_is_certain(string script, AzureMark expected) => Assert.Equal(expected, After("bash", Clean + With(script, Mark)).Mark);

    [Theory]
    [InlineData("try { if ($X) { exit 0 }; Write-Host y } finally { MARK }")]
    [InlineData("function f { try { if ($X) { return }; Write-Host y } finally { MARK } }\nf")]
    [InlineData("foreach ($i in 'a', 'b') { try { if ($X) { continue }; if ($Y) { break } } finally { MARK } }")]
    [InlineData("try { try { if ($X) { throw 'no' } } finally { MARK } } catch { exit 0 }")]
    public void Whoever_leaves_comes_by_what_is_done_at_last(string script) => Assert.Equal(AzureMark.Generalized, After("pwsh", Clean + With(script, Mark)).Mark);

    [Theory]
    [InlineData("for i in a b; do for j in c d; do if [ \"$X\" ]; then break 2; fi; done; MARK; done")]
    [InlineData("for i in a b; do if [ \"$X\" ]; then break; fi; MARK; done")]
    [InlineData("for i in a; do if [ \"$X\" ]; then continue; fi; MARK; done")]
    public void Who_leaves_a_loop_does_none_of_what_follows_in_it(string script) => Assert.Equal(AzureMark.Unknown, After("bash", Clean + With(script, Mark)).Mark);

    [Theory]
    [InlineData("bash", "if [ \"$X\" ]; then az vm start -g g -n m; exit 0; fi\necho x")]
    [InlineData("bash", "for i in a b; do if [ \"$X\" ]; then az vm start -g g -n m; break; fi; done")]
    [InlineData("pwsh", "if ($X) { az vm start -g g -n m; exit 0 }\nWrite-Host x")]
    [InlineData("cmd", "if exist x (\naz vm start -g g -n m\nexit /b 0\n)\necho x")]
    public void A_path_that_leaves_early_may_have_touched_the_guest(string shell, string script)
    {
        const string Prepare = "az vm create -g g -n m --image Win2022Datacenter\naz vm run-command invoke -g g -n m --command-id RunPowerShellScript --scripts 'C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /shutdown'\naz vm deallocate -g g -n m\n";
        Assert.Equal(GuestState.Generalized, After("bash", Prepare).Guest);
        Assert.Equal(GuestState.Unclear, After(shell, script, before: Prepare).Guest);
    }

    [Theory]
    [InlineData("bash", "s=m\nf() { if [ \"$X\" ]; then s=n; return; fi; echo y; }\nf\naz image create -g g -n i --source $s", "n | m")]
    [InlineData("bash", "s=m\nfor i in a b; do if [ \"$X\" ]; then s=n; break; fi; done\naz image create -g g -n i --source $s", "n | m")]
    [InlineData("bash", "s=m\nfor i in a b; do if [ \"$X\" ]; then s=n; continue; fi; echo y; done\naz image create -g g -n i --source $s", "n | m")]
    [InlineData("bash", "s=k\nfor i in a b; do if [ \"$X\" ]; then s=n; break; fi; if [ \"$Y\" ]; then s=m; continue; fi; done\naz image create -g g -n i --source $s", "n | m | k")]
    [InlineData("bash", "s=m\ntrap 'az image create -g g -n i --source $s' EXIT\nif [ \"$X\" ]; then s=n; exit 0; fi\necho y", "n | m")]
    [InlineData("pwsh", "$s = 'm'\nforeach ($i in 'a', 'b') { if ($X) { $s = 'n'; break } }\naz image create -g g -n i --source $s", "n | m")]
    [InlineData("pwsh", "$s = 'm'\ntry { if ($X) { $s = 'n'; throw 'no' } } catch { Write-Host caught }\naz image create -g g -n i --source $s", "m | n")]
    [InlineData("pwsh", "$s = 'm'\nfunction f { $s = 'n'; throw 'no' }\ntry { f } catch { az image create -g g -n i --source $s }", "m")]
    [InlineData("cmd", "set s=m\nif exist x (\nset s=n\ngoto go\n)\necho y\n:go\naz image create -g g -n i --source %s%", "n | m")]
    public void A_variable_is_either_what_the_early_path_made_of_it_or_not(string shell, string script, string expected)
    {
        var dialect = shell switch { "bash" => ScriptDialect.Bash, "pwsh" => ScriptDialect.PowerShellCore, _ => ScriptDialect.Batch };
        Assert.Contains($" sourceVirtualMachine={expected} ", RunPrinter.Print(RunPrinter.Run(script, dialect)).ReplaceLineEndings(" ") + " ", StringComparison.Ordinal);
    }

    private static void BothWays(string shell, string script)
    {
        // Nobody marks it: it is unmarked. Only the early path marks it, or all but the early path do: it is not known.
        Assert.Equal(AzureMark.Unmarked, After(shell, Clean + With(script, "echo z")).Mark);
        Assert.Equal(AzureMark.Unknown, After(shell, Clean + With(script, Mark)).Mark);
        Assert.Equal(AzureMark.Generalized, After(shell, Clean + Mark + "\n" + With(script, "echo z")).Mark);
        Assert.Equal(AzureMark.Unknown, After(shell, Clean + Mark + "\n" + With(script, "az vm create -g g -n m --image Debian11")).Mark);
    }

    private static string With(string script, string command) => script.Replace("MARK", command, StringComparison.Ordinal);

    // The machine as the step behind a script finds it.
    private static ObservedState After(string shell, string script, string option = "id: one", string before = "echo begin")
    {
        var step = $"      - shell: {shell}\n        {option}\n        run: |\n{Indented(script)}";
        var run = RunPrinter.Follow(
            ".github/workflows/w.yml",
            $"on: push\njobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - shell: bash\n        run: |\n{Indented(before)}{step}      - shell: bash\n        run: az image create -g g -n last --source m\n");
        return run.Operations[^1].States.First(state => RunPrinter.State(state).StartsWith("m:", StringComparison.Ordinal));
    }

    private static string Indented(string script) => string.Concat(script.Split('\n').Select(line => $"          {line}\n"));
}
