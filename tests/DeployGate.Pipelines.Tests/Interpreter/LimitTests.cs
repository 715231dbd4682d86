using System.Text;
using DeployGate.Core.Steps;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests.Interpreter;

public class LimitTests
{
    public static TheoryData<string, string> Scripts => new()
    {
        { "ten thousand machines", Repeat(10_000, i => $"az vm create -g g -n m{i} --image Debian11\n") },
        { "ten thousand branches", "az vm create -g g -n m --image Debian11\n" + Repeat(10_000, i => $"if [ \"$X{i}\" ]; then az vm start -g g -n m; else Y{i}=1; fi\n") },
        { "nested branches", Repeat(60, _ => "if [ \"$X\" ]; then az vm start -g g -n m; ") + Repeat(60, _ => "fi; ") },
        { "ten thousand alternatives", "if a; then b; " + Repeat(10_000, i => $"elif [ \"$X{i}\" ]; then az vm start -g g -n m; ") + "fi" },
        { "ten thousand cases", "case $X in " + Repeat(10_000, i => $"a{i}) az vm start -g g -n m;; ") + "esac" },
        { "recursion", "f() { f \"$@\"; f \"$@\"; az vm start -g g -n m; }\nf m" },
        { "loops in loops", Repeat(30, i => $"for i{i} in $X; do ") + "az vm start -g g -n m; " + Repeat(30, _ => "done; ") },
        { "growing text", "x=aaaaaaaaaaaaaaaa\n" + Repeat(40, _ => "x=$x$x\n") + "az vm start -g g -n $x" },
        { "two thousand exits", Repeat(2_000, i => $"az vm create -g g -n m{i} --image Debian11\nif [ \"$X{i}\" ]; then az vm start -g g -n m; exit 0; fi\n") },
        { "two thousand returns", "f() {\n" + Repeat(2_000, i => $"Y{i}=1\nif [ \"$X{i}\" ]; then az vm start -g g -n m{i}; return 0; fi\n") + "}\nf\nf" },
        { "exits in nested branches", Repeat(250, i => $"az vm create -g g -n m{i} --image Debian11\nif [ \"$X\" ]; then if [ \"$Y\" ]; then exit 0; fi\n") + Repeat(250, _ => "fi\n") },
        { "ten thousand unknown machines", Repeat(10_000, i => $"az vm deallocate -g g -n $M{i}\n") },
    };

    [Theory, MemberData(nameof(Scripts))]
    public async Task Hostile_scripts_come_to_an_end(string name, string script)
    {
        // No measure of speed: whoever does not come to an end is given up, however busy the machine is.
        var run = Task.Run(() => RunPrinter.Run(script, ScriptDialect.Bash), TestContext.Current.CancellationToken);
        Assert.True(await Task.WhenAny(run, Task.Delay(TimeSpan.FromMinutes(15), TestContext.Current.CancellationToken)) == run, name);
        await run;
    }

    [Fact]
    public void Jumps_to_too_many_labels_are_said_where_that_begins()
    {
        string Jumps(int labels) => Repeat(labels, i => $"if exist x goto l{i}\n") + Repeat(labels, i => $"az vm start -g g -n m\n:l{i}\n");
        Assert.DoesNotContain(RunPrinter.Run(Jumps(100), ScriptDialect.Batch).Remarks, remark => remark.Code == RemarkCodes.Limit);
        var remark = RunPrinter.Run(Jumps(102), ScriptDialect.Batch).Remarks.First(remark => remark.Code == RemarkCodes.Limit);
        Assert.Equal((101, "jumps are followed to 100 labels ahead"), (remark.Place.Start.Line, remark.Message));
    }

    // A machine is two resources: itself and its disk.
    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    [InlineData(150, 1)]
    public void Resources_that_are_forgotten_are_said_once_where_that_begins(int machines, int said)
    {
        var run = RunPrinter.Run(Repeat(machines, i => $"az vm create -g g -n m{i} --image Debian11\n"), ScriptDialect.Bash);
        var forgotten = run.Remarks.Where(remark => remark.Code == RemarkCodes.Limit).ToList();
        Assert.Equal(said, forgotten.Count);
        Assert.All(forgotten, remark => Assert.Equal(
            (101, "only the latest 200 resources that steps make or change are remembered: what was done to others before is not known from here on"),
            (remark.Place.Start.Line, remark.Message)));
    }

    [Fact]
    public void Jobs_that_together_make_too_many_resources_say_so_when_the_next_one_goes_on()
    {
        string Job(string name, string needs, int machines) =>
            $"  {name}:\n    runs-on: ubuntu-latest\n    needs: [{needs}]\n    steps:\n      - run: |\n{Repeat(machines, i => $"          az vm create -g g -n {name}{i} --image Debian11\n")}";
        var run = RunPrinter.Follow(".github/workflows/w.yml", $"on: push\njobs:\n{Job("a", "", 60)}{Job("b", "", 60)}{Job("c", "a, b", 1)}");
        var remark = Assert.Single(run.Remarks, remark => remark.Code == RemarkCodes.Limit);
        Assert.Contains("-n c0 ", remark.Place.FirstLine, StringComparison.Ordinal);
    }

    private static string Repeat(int count, Func<int, string> text) => Enumerable.Range(0, count).Aggregate(new StringBuilder(), (all, i) => all.Append(text(i))).ToString();
}
