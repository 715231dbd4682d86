using System.Diagnostics;
using DeployGate.Pipelines.Tests.Scripts;

namespace DeployGate.Pipelines.Tests.Shell;

public class ShellAcceptanceTests
{
    [Theory]
    [InlineData(ScriptSamples.Shell)]
    [InlineData("f() { a; }\nfunction g { b; }; (f) && { g; } || ! f | g &")]
    [InlineData("x=$(case a in a) b;; esac); y=`echo \\`a\\``; z=${x:-\"a}b\"}")]
    [InlineData("cat <<A; cat <<-'B'\n$(echo \")\")\nA\n\t'\n\tB\nif a; then b; fi >f")]
    [InlineData("[[ a =~ ^(x|y)$ && ( -n b ) ]]; ((a=1<<2)); echo $((1<<2)) $(( (a) )) a\\\nb")]
    [InlineData("for x; do a; done; for x in; do b; done; for ((;;)); do c; break; done; until a; do b; done")]
    [InlineData("a=(1 [2]=3 $(b)); a[1+2]=x; declare -A m=([k]=v); echo ${a[@]:1} ${!m[@]} ${#a[@]} a#b '#' # c")]
    [InlineData("a && b; )"), InlineData("if a; fi"), InlineData("echo (a)"), InlineData("a | | b"), InlineData("while a; done"), InlineData("x=<a> >\n"), InlineData("echo 'a")]
    public void Bash_accepts_what_is_read_without_a_problem_and_nothing_else(string source)
    {
        var accepted = BashAccepts(source);
        Assert.SkipWhen(accepted is null, "bash is not on this machine");
        Assert.Equal(accepted, ShellPrinter.Parse(source).Problems.IsEmpty);
    }

    private static bool? BashAccepts(string source)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "bash"))))
        {
            return null;
        }

        var start = new ProcessStartInfo("bash", "-n") { RedirectStandardInput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write(source);
        bash.StandardInput.Close();
        bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        return bash.ExitCode == 0;
    }
}
