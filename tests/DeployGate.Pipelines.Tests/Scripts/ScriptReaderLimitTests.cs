using System.Diagnostics;
using System.Globalization;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Batch.Syntax;
using DeployGate.Pipelines.PowerShellScripts.Syntax;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Tests.Scripts;

/// <summary>A text of two hundred thousand characters is read on a small stack, whatever it repeats; where it nests, one problem says so.</summary>
public class ScriptReaderLimitTests(ITestOutputHelper output)
{
    private const int Size = 200_000;
    private const string TooDeep = "expected at most 200 constructs inside one another";

    [Theory]
    [InlineData("(", true), InlineData("$(", true), InlineData("\"$(", true), InlineData("echo \"`", false), InlineData("${a:-", true)]
    [InlineData("$((", true), InlineData("((", true), InlineData("{ ", true), InlineData("if a; then ", true), InlineData("case x in y) ", true)]
    [InlineData("f() { ", true), InlineData("f() ", false), InlineData("<(", true), InlineData("cat <<A <<B\n", false), InlineData("$(cat <<A\n", true)]
    [InlineData("a[", false), InlineData("a=(", false), InlineData("! ", false), InlineData("echo ()", false), InlineData("${x#@(", true), InlineData("a && ", false)]
    [InlineData("[[ ( ", false), InlineData("'\"", false), InlineData("fi ", false), InlineData("a$b'c'\"d\"", false), InlineData("while ", true), InlineData("`\\`", false)]
    [InlineData("   ", false), InlineData("x; ", false), InlineData("}", false), InlineData("\\\n", false), InlineData("{ (", true), InlineData("a | ", false), InlineData("${a[", true)]
    public void Shell(string piece, bool nests) => Check(piece, nests, script => ShellParser.Parse(script).Problems);

    [Theory]
    [InlineData("(", true), InlineData("$(", true), InlineData("\"$(", true), InlineData("@(", true), InlineData("@{a=", true), InlineData("{", true), InlineData("[a]", true)]
    [InlineData("[a", false), InlineData("!", true), InlineData("-not ", true), InlineData("if (", true), InlineData("if (1) {", true), InlineData("$a=", true), InlineData("return ", true)]
    [InlineData("1+", true), InlineData("$a.b", false), InlineData(".b[1]", false), InlineData("$a[", true), InlineData("1,", false), InlineData("$x.f(", true), InlineData("a|", false)]
    [InlineData("@\"\n$(", true), InlineData("<#", false), InlineData("$a ? ", true), InlineData("1 ? 1 : ", true), InlineData("function f { ", true), InlineData("switch (", true), InlineData("try {", true)]
    [InlineData("param([a(", true), InlineData("class a {", false), InlineData("} ", false), InlineData("a `\n", false), InlineData("a -b:", false), InlineData("1 -and 1 -eq 1 + 1 * (", true)]
    [InlineData("for (", true), InlineData("<a> ", false), InlineData("'", false), InlineData("a && ", false), InlineData("@a", false), InlineData("#\n", false), InlineData("${a", false), InlineData("foreach (", true)]
    public void PowerShell(string piece, bool nests) => Check(piece, nests, script => PowerShellParser.Parse(script).Problems);

    [Theory]
    [InlineData("(", true), InlineData("if a==b ", true), InlineData("for %%a in (b) do ", true), InlineData("%", false), InlineData("% ", false), InlineData("a & ", false)]
    [InlineData("\"", false), InlineData("^", false), InlineData("^\n", false), InlineData("a|", false), InlineData(")", false), InlineData("set a=", false), InlineData("for (", false), InlineData("else ", false)]
    [InlineData("if a==b (a) else ", true), InlineData("@", false), InlineData(":a\n", false), InlineData("a >", false), InlineData("goto ", false), InlineData("%a:b", false)]
    public void Batch(string piece, bool nests) => Check(piece, nests, script => BatchParser.Parse(script).Problems);

    [Fact]
    public void Ordinary_scripts()
    {
        Check(ScriptSamples.Shell, false, script => ShellParser.Parse(script).Problems);
        Check(ScriptSamples.PowerShell, false, script => PowerShellParser.Parse(script).Problems);
        Check(ScriptSamples.Batch, false, script => BatchParser.Parse(script).Problems);
    }

    private void Check(string piece, bool nests, Func<ScriptText, IReadOnlyCollection<SyntaxProblem>> parse)
    {
        var script = ScriptText.Of(new SourceText("x", string.Concat(Enumerable.Repeat(piece, Size / piece.Length))));
        IReadOnlyCollection<SyntaxProblem> problems = [];
        var clock = Stopwatch.StartNew();
        var thread = new Thread(() => problems = parse(script), 1024 * 1024);
        thread.Start();
        thread.Join();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.ElapsedMilliseconds} ms, {problems.Count} problems"));
        Assert.Equal(nests ? 1 : 0, problems.Count(problem => problem.Message == TooDeep));
    }
}
