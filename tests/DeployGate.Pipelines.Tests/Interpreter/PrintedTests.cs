namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>What is printed on one of two ways is one of two values, not both after one another.</summary>
public class PrintedTests
{
    [Theory]
    [InlineData("v=$(if [ \"$X\" = 1 ]; then echo m; else echo n; fi)", "m | n")]
    [InlineData("v=$(case $X in a) echo m;; b) echo n;; *) echo k;; esac)", "m | n | k")]
    [InlineData("f() { if [ \"$X\" = 1 ]; then echo m; return; fi; echo n; }\nv=$(f)", "m | n")]
    [InlineData("f() { if [ \"$X\" = 1 ]; then echo m; exit; fi; echo n; }\nv=$(f)", "m | n")]
    [InlineData("v=$(echo m; if [ \"$X\" = 1 ]; then exit 1; fi)", "m")]
    [InlineData("if [ \"$X\" = 1 ]; then v=$(echo m); else v=$(echo n); fi", "m | n")]
    [InlineData("v=$(echo a; v=$(if [ \"$X\" = 1 ]; then echo m; else echo n; fi); echo b)\nv=m", "m")]
    [InlineData("f() { if [ \"$X\" = 1 ]; then echo m; else echo n; fi; }\nv=$(f | cat)", "m | n")]
    [InlineData("v=$(echo m; if [ \"$X\" = 1 ]; then w=1; else w=2; fi)", "m")]
    [InlineData("v=$(bash -c 'if [ \"$X\" = 1 ]; then echo m; else echo n; fi')", "m | n")]
    [InlineData("f() { echo m; az group create -n g > /dev/null; }\nv=$(f || echo none)", "none | m")]
    public void Bash(string script, string expected) => Assert.Contains(
        $" sourceVirtualMachine={expected} ", Flat(RunPrinter.Bash(script + "\naz image create -g g -n i --source \"$v\"")), StringComparison.Ordinal);

    [Theory]
    [InlineData("function F { if ($X) { return 'm' } else { return 'n' } }\n$v = F", "m | n")]
    [InlineData("function F { if ($X) { return 'm' }\n'n' }\n$v = F", "m | n")]
    [InlineData("function F { if ($X) { 'm' } else { 'n' } }\n$v = F", "m | n")]
    [InlineData("$v = if ($X) { 'm' } else { 'n' }", "m | n")]
    [InlineData("$v = switch ($X) { 1 { 'm' } 2 { 'n' } default { 'k' } }", "m | n | k")]
    [InlineData("function F { try { az group create -n g | Out-Null; 'm' } catch { 'n' } }\n$v = F", "m | n")]
    [InlineData("function F { 'm'; if ($X) { exit 1 } }\n$v = F", "m")]
    [InlineData("function G { if ($X) { return 'm' } return 'n' }\nfunction F { return G }\n$v = F", "m | n")]
    [InlineData("$v = & { if ($X) { return 'm' } else { 'n' } }", "m | n")]
    [InlineData("$v = foreach ($i in 'm') { $i }", "m")]
    public void PowerShell(string script, string expected) => Assert.Contains(
        $" sourceVirtualMachine={expected} ", Flat(RunPrinter.PowerShell(script + "\naz image create -g g -n i --source $v")), StringComparison.Ordinal);

    [Fact]
    public void A_script_that_another_calls_gives_one_of_two_values() => Assert.Contains(
        " sourceVirtualMachine=m | n ",
        Flat(RunPrinter.PowerShell("$v = & ./s.ps1\naz image create -g g -n i --source $v", ("s.ps1", "if ($X) { return 'm' }\n'n'"))),
        StringComparison.Ordinal);

    [Fact]
    public void What_a_loop_may_print_is_one_list() => Assert.Contains(
        "{i}", Flat(RunPrinter.Bash("v=$(for i in $list; do echo \"vm-$i\"; done)\naz image create -g g -n i --source \"$v\"")), StringComparison.Ordinal);

    [Fact]
    public void Ways_without_number_are_not_known()
    {
        var script = string.Concat(Enumerable.Range(0, 12).Select(i => $"if [ \"$X\" = {i} ]; then echo a{i}; else echo b{i}; fi\n"));
        Assert.DoesNotContain("a11", RunPrinter.Bash($"v=$({script})\naz image create -g g -n i --source \"$v\""), StringComparison.Ordinal);
    }

    private static string Flat(string text) => text.ReplaceLineEndings(" ") + " ";
}
