using DeployGate.Fuzz.Mutations;
using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.Fuzz.Targets;

namespace DeployGate.Fuzz.Tests;

/// <summary>The harness finds what it is there to find, and gives the same inputs again.</summary>
public class TargetRunTests
{
    private static TextTarget Opened(TextReading read, CostBound? bound = null)
    {
        var target = new TextTarget("test", _ => ["{\"a\":[1,2,{\"b\":\"c\"}]}", "if (x) { y(1); }\n"], read) { Bound = bound ?? CostBound.Usual };
        Assert.Null(target.Open(new SeedFiles(Path.GetTempPath(), null)));
        return target;
    }

    private static List<FuzzFinding> Run(FuzzTarget target, long from, int count)
    {
        using var folder = new TemporaryProgress();
        var findings = new List<FuzzFinding>();
        folder.Progress.Current = from;
        new TargetRun(target, 7, folder.Progress, findings.Add).Run(count, TimeSpan.MaxValue);
        return findings;
    }

    private static List<string> Inputs(long from, int count)
    {
        var inputs = new List<string>();
        Assert.Empty(Run(Opened((text, _) => inputs.Add(text)), from, count));
        return inputs;
    }

    [Fact]
    public void An_execution_is_replayed_by_its_number_alone() => Assert.Equal(Inputs(0, 300)[250..], Inputs(250, 50));

    [Fact]
    public void Inputs_differ_and_stay_below_the_largest()
    {
        var inputs = Inputs(0, 3_000);
        Assert.True(inputs.Distinct(StringComparer.Ordinal).Count() > 2_000, "too many inputs are alike");
        Assert.All(inputs, text => Assert.InRange(text.Length, 0, TextMutator.Largest));
        Assert.Contains(inputs, text => text.Length > 20_000);
        Assert.Contains(inputs, text => text.Any(char.IsSurrogate));
        Assert.Contains(inputs, text => text.Contains('\0', StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_thrown_is_a_finding_with_its_place()
    {
        var finding = Assert.Single(Run(Opened((_, _) => throw new InvalidOperationException("said")), 5, 1));
        Assert.Equal((5, "exception"), (finding.Index, finding.Kind));
        Assert.Contains(nameof(TargetRunTests), finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_property_is_a_finding() =>
        Assert.Equal("property", Assert.Single(Run(Opened((_, _) => Properties.Json("{")), 0, 1)).Kind);

    [Fact]
    public void What_allocates_too_much_is_a_finding()
    {
        var finding = Assert.Single(Run(Opened((_, _) => GC.KeepAlive(new byte[2_000_000]), new CostBound(1_000_000, 0)), 0, 1));
        Assert.Equal("memory", finding.Kind);
    }

    [Fact]
    public void What_takes_too_long_is_a_finding()
    {
        var finding = Assert.Single(Run(Opened((_, _) => Spin(TimeSpan.FromSeconds(2.2))), 0, 1));
        Assert.Equal("time", finding.Kind);
    }

    [Fact]
    public void Waiting_is_not_working() => Assert.Empty(Run(Opened((_, _) => Thread.Sleep(2_200)), 0, 1));

    [Fact]
    public void A_saved_input_comes_back_as_it_was_also_with_half_a_character()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var read = new List<string>();
        var target = Opened((text, _) => read.Add(text));
        var dice = new Dice();
        for (var i = 0; i < 400; i++)
        {
            dice.Begin(3, i);
            var size = target.Make(dice);
            target.Read();
            var file = target.Save(path);
            Assert.Equal(size, target.Load(file));
            target.Read();
            File.Delete(file);
            Assert.Equal(read[^2], read[^1]);
        }

        Assert.Contains(read, text => text.Any(char.IsSurrogate));
    }

    private static void Spin(TimeSpan time)
    {
        var until = ThreadClock.Now + (long)time.TotalMicroseconds;
        while (ThreadClock.Now < until)
        {
        }
    }
}
