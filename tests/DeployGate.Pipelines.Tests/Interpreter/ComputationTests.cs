using DeployGate.Pipelines.Interpreter.Shell;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>What scripts compute of known values; what is not surely computed stays unknown.</summary>
public class ComputationTests
{
    [Theory]
    [InlineData("1+2*3", 7)]
    [InlineData(" ( 1 + 2 ) * 3 ", 9)]
    [InlineData("-4 - -2", -2)]
    [InlineData("7 % 4", 3)]
    [InlineData("n+1", 6)]
    [InlineData("7/2", 3)]
    public void Plain_arithmetic_is_computed(string text, long expected) => Assert.Equal(expected, Arithmetic.Compute(text, name => name == "n" ? "5" : null));

    [Theory]
    [InlineData("010 + 1")]
    [InlineData("0x10")]
    [InlineData("2 ** 3")]
    [InlineData("i++")]
    [InlineData("++i")]
    [InlineData("n += 1")]
    [InlineData("n = 1")]
    [InlineData("1 << 2")]
    [InlineData("n > 3")]
    [InlineData("n ? 1 : 2")]
    [InlineData("unknown + 1")]
    [InlineData("1 / 0")]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("")]
    [InlineData("16#ff")]
    public void Other_arithmetic_is_not_known(string text) => Assert.Null(Arithmetic.Compute(text, name => name == "n" ? "5" : null));

    [Theory]
    [InlineData("N=2; az vm generalize -g g -n m$((N + 1))", "m3")]
    [InlineData("N=2; az vm generalize -g g -n m$(( $N * 2 ))", "m4")]
    [InlineData("az vm generalize -g g -n m$((RANDOM % 10))", "m{$((RANDOM % 10))}")]
    [InlineData("az vm generalize -g g -n $(jq -r .vm.name s.json)", "one")]
    [InlineData("az vm generalize -g g -n $(cat s.json | jq -r '.vms[1].name')", "two")]
    [InlineData("az vm generalize -g g -n $(jq .vm.name s.json | tr -d '\"')", "one")]
    public void A_shell_computes_names(string script, string expected) => Assert.Equal(
        $"Mark {expected} while Unknown",
        RunPrinter.Bash(script, ("s.json", "{ \"vm\": { \"name\": \"one\" }, \"vms\": [ { \"name\": \"x\" }, { \"name\": \"two\" } ] }")));

    [Theory]
    [InlineData("N=2; x=$((N++)); az vm generalize -g g -n m$N")]
    [InlineData("N=2; echo $((N = 7)); az vm generalize -g g -n m$N")]
    [InlineData("N=2; : $(( N += 1 )); az vm generalize -g g -n m$N")]
    public void A_variable_that_arithmetic_assigns_no_longer_has_its_old_value(string script) =>
        Assert.DoesNotContain("m2", RunPrinter.Bash(script), StringComparison.Ordinal);

    [Theory]
    [InlineData("az vm generalize -g g -n $(jq -r '.vms | last | .name' s.json)")]
    [InlineData("az vm generalize -g g -n $(jq -r .vm.none s.json)")]
    [InlineData("az vm generalize -g g -n $(jq -r .vm.name gone.json)")]
    [InlineData("az vm generalize -g g -n $(jq -r --arg n x .vm.name s.json)")]
    public void A_filter_or_a_file_that_is_not_plain_is_not_known(string script) => Assert.StartsWith(
        "Mark {jq (",
        RunPrinter.Bash(script, ("s.json", "{ \"vm\": { \"name\": \"one\" }, \"vms\": [ { \"name\": \"x\" } ] }")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("('a-b' -replace '-', '')", "ab")]
    [InlineData("('Win.X' -replace '\\.x', '1')", "Win1")]
    [InlineData("' m '.Trim()", "m")]
    [InlineData("'xmx'.Trim('x')", "m")]
    [InlineData("'rg/m'.Split('/')[-1]", "m")]
    [InlineData("'machine'.Substring(0, 3)", "mac")]
    [InlineData("('{1}-{0}-{1}' -f 'a', 'b')", "b-a-b")]
    [InlineData("('{{{0}}}' -f 'a')", "{a}")]
    [InlineData("'M'.ToLower()", "m")]
    public void PowerShell_computes_names(string expression, string expected) =>
        Assert.Equal($"Mark {expected} while Unknown", RunPrinter.PowerShell($"$n = {expression}\nSet-AzVM -ResourceGroupName g -Name $n -Generalized"));

    [Theory]
    [InlineData("'Win' -eq 'win'", "Mark yes while Unknown")]
    [InlineData("'Win' -ieq 'win'", "Mark yes while Unknown")]
    [InlineData("'Win' -ceq 'win'", "Mark no while Unknown")]
    [InlineData("'Win' -ceq 'Win'", "Mark yes while Unknown")]
    [InlineData("'Win' -ne 'win'", "Mark no while Unknown")]
    [InlineData("'Win' -cne 'win'", "Mark yes while Unknown")]
    [InlineData("2 -ceq 2", "Mark yes while Unknown")]
    [InlineData("$null -ceq 'x'", "Mark no while Unknown")]
    [InlineData("'true' -ceq $true", "maybe Mark yes while Unknown\nmaybe Mark no while Unknown")]
    [InlineData("'Win' -clike 'w*'", "maybe Mark yes while Unknown\nmaybe Mark no while Unknown")]
    public void PowerShell_compares_as_it_is_told(string condition, string expected) => Assert.Equal(
        expected,
        RunPrinter.PowerShell($"if ({condition}) {{ Set-AzVM -ResourceGroupName g -Name yes -Generalized }} else {{ Set-AzVM -ResourceGroupName g -Name no -Generalized }}"));

    [Theory]
    [InlineData("('a1' -replace '[0-9]', '')")]
    [InlineData("('ab' -replace '(a)', '$1$1')")]
    [InlineData("('{0:D2}' -f 7)")]
    [InlineData("('{2}' -f 'a')")]
    [InlineData("'m'.Substring(3)")]
    [InlineData("'m'.PadLeft(3)")]
    [InlineData("('Win' -like 'w*')")]
    [InlineData("('Win' -clike 'w*')")]
    public void PowerShell_that_is_not_surely_computed_is_not_known(string expression) =>
        Assert.StartsWith("Mark {", RunPrinter.PowerShell($"$n = {expression}\nSet-AzVM -ResourceGroupName g -Name $n -Generalized"), StringComparison.Ordinal);

    [Theory]
    [InlineData("for %%v in (a b) do az vm generalize -g g -n %%v", "Mark a while Unknown\nMark b while Unknown")]
    [InlineData("for %%v in (*.txt) do az vm generalize -g g -n m", "maybe Mark m while Unknown")]
    [InlineData("for /f %%v in (list.txt) do az vm generalize -g g -n m", "maybe Mark m while Unknown")]
    [InlineData("goto go\naz vm delete -g g -n m\n:go\naz vm generalize -g g -n m", "Mark m while Unknown")]
    [InlineData("if exist x goto go\naz vm start -g g -n a\n:go\naz vm generalize -g g -n m", "maybe Start a while Unknown\nMark m while Unknown")]
    [InlineData("if errorlevel 1 goto bad\naz vm generalize -g g -n m\n:bad", "Mark m while Unknown")]
    [InlineData("if exist x goto go\naz vm start -g g -n a\ngoto end\n:go\naz vm generalize -g g -n m\n:end\naz vm start -g g -n b", "maybe Start a while Unknown\nmaybe Mark m while Unknown\nStart b while Unknown")]
    [InlineData("if exist x goto go\naz vm start -g g -n a\nexit /b\n:go\naz vm generalize -g g -n m", "maybe Start a while Unknown\nmaybe Mark m while Unknown")]
    [InlineData(":again\naz vm start -g g -n a\ngoto again", "Start a while Unknown")]
    [InlineData("goto :eof\naz vm generalize -g g -n m", "")]
    public void Batch_loops_and_jumps_that_are_bounded_are_followed(string script, string expected) => Assert.Equal(expected, RunPrinter.Batch(script));
}
