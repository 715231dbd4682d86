using System.Text.RegularExpressions;
using DeployGate.Cli.Output;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Reporting;
using DeployGate.TestKit;

namespace DeployGate.Cli.Tests.Commands;

/// <summary>Clocks at both ends of what can be told, and one that goes back: no overflow, no negative time, and no age that nobody knows.</summary>
public sealed partial class ClockTests
{
    private const string Template = """
        resource old 'Microsoft.Compute/galleries/images@2024-03-03' = {
          name: 'contoso/old'
          location: 'westeurope'
          properties: { osType: 'Windows', osState: 'Specialized', endOfLifeDate: '0001-01-01T00:00:00Z' }
        }

        resource late 'Microsoft.Compute/galleries/images@2024-03-03' = {
          name: 'contoso/late'
          location: 'westeurope'
          properties: { osType: 'Windows', osState: 'Specialized', endOfLifeDate: '9999-12-31T23:59:59Z' }
        }

        // deploygate: ignore DG3001 until 9999-12-31 -- for ever
        resource one 'Microsoft.Compute/virtualMachines@2024-07-01' = {
          name: dateTimeAdd('9999-12-31T00:00:00Z', 'P1D')
          properties: { osProfile: { computerName: 'vm' }, storageProfile: { imageReference: { id: old.id }, osDisk: { createOption: 'FromImage' } } }
        }

        // deploygate: ignore DG3001 until 0001-01-01 -- never
        resource two 'Microsoft.Compute/virtualMachines@2024-07-01' = {
          name: 'two'
          properties: { osProfile: { computerName: 'vm' }, storageProfile: { imageReference: { id: late.id }, osDisk: { createOption: 'FromImage' } } }
        }

        """;

    private const string Configuration = """
        version: 1
        policies: [policies.yml]
        waivers:
          - { rule: DG9001, file: main.bicep, reason: "never", expires: 0001-01-01 }
          - { rule: DG9002, file: main.bicep, reason: "for ever", expires: 9999-12-31 }
        """;

    private const string Policies = """
        version: 1
        policies:
          - id: CONTOSO001
            name: by-the-clock
            description: Compares with the time of the run.
            mode: uses
            if: { value: "[dateTimeAdd(utcNow('o'), 'P1D', 'o')]", less: "[utcNow('o')]" }
            then: { effect: audit }
            message: the clock is odd
            cases:
              - { name: early, expect: pass, now: "2026-01-01T00:00:00Z", use: { stage: deploy } }
        """;

    public static TheoryData<string, DateTimeOffset> Ends => new()
    {
        { "the first moment", DateTimeOffset.MinValue },
        { "a day in year 1", DateTimeOffset.MinValue.AddDays(1) },
        { "the epoch", DateTimeOffset.UnixEpoch },
        { "a day before the end", DateTimeOffset.MaxValue.AddDays(-1) },
        { "the last moment", DateTimeOffset.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Every_command_ends_at_both_ends_of_time(string what, DateTimeOffset now)
    {
        using var folder = Folder();
        using var azure = new LoopbackAzure();
        var clock = new OddClock(() => now, forward: true);
        var formats = ReportFormats.All.SelectMany(format => (string[])["--report", $"{format.Name}=out.{format.Name}"]);
        string[][] commands =
        [
            ["check", "main.bicep", "--state", "facts", "--max-age", "100000d", "--verbose", .. formats],
            ["check", "main.bicep", "--state", "facts", "--max-age", "0m", "--write-baseline", "base.json"],
            ["check", "main.bicep", "--state", "azure", "--baseline", "base.json", "--fix=diff"],
            ["record", "main.bicep", "--out", "recorded.json", "--subscription", "11111111-1111-1111-1111-111111111111", "--resource-group", "rg"],
            ["policy", "test", "policies.yml"],
            ["policy", "lint", "policies.yml"],
            ["inspect", "disk.raw", "--format", "json"],
            ["diagnose", Runs.Machine],
        ];
        foreach (var command in commands)
        {
            var (exit, output, error) = Run(folder.Path, azure, clock, command);
            Assert.True(exit is 0 or 1 or 3 or 4, $"{what}: {string.Join(' ', command)}: {exit} {output}{error}");
            Assert.DoesNotContain("(in -", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_waiver_until_the_last_day_holds_and_one_until_the_first_does_not()
    {
        using var folder = Folder();
        foreach (var now in (DateTimeOffset[])[DateTimeOffset.MinValue.AddDays(2), DateTimeOffset.MaxValue])
        {
            var (_, output, _) = Run(folder.Path, null, new OddClock(() => now, forward: true), ["check", "main.bicep"]);
            Assert.Single(Regex.Count(output, @"DG3001\]") == 1 ? ["once"] : (string[])[output, ""]);
            Assert.Contains("0001-01-01", output, StringComparison.Ordinal);
            Assert.Contains("DG9003", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-11-22T10:04:00Z", null)]
    [InlineData("2026-11-22T10:06:00Z", "the facts may be stale (--max-age): they say that they were recorded 6 minutes from now, so their clock or this one is wrong")]
    [InlineData("9999-12-31T23:59:59Z", "recorded 2912")]
    [InlineData("0001-01-01T00:00:00Z", "the facts are stale: they were recorded 7399")]
    [InlineData("0001-01-01T00:00:00+14:00", "which is not a time, so it is not known how old these facts are")]
    public void Facts_that_are_older_or_newer_than_can_be_are_told(string recordedAt, string? expected)
    {
        using var folder = Folder();
        folder.Write("facts.json", $$"""{"schema":"deploygate-facts/v1","recordedAt":"{{recordedAt}}","resources":[]}""");
        var (_, output, _) = Run(folder.Path, null, new OddClock(() => new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), forward: true), ["check", "main.bicep", "--state", "facts.json", "--max-age", "1d"]);
        Assert.Equal(expected is not null, output.Contains(expected ?? "stale", StringComparison.Ordinal));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_the_same_report_and_no_negative_time()
    {
        using var folder = Folder();
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        string[] command = ["check", "main.bicep", "--state", "facts", "--max-age", "1d", "--verbose"];
        var (exit, output, error) = Run(folder.Path, null, new OddClock(() => now, forward: true), command);
        var back = Run(folder.Path, null, new OddClock(() => now = now.AddSeconds(-1), forward: false), command);
        Assert.Equal((exit, error), (back.Exit, back.Error));
        Assert.Equal(Took().Replace(output, ""), Took().Replace(back.Output, ""));
        Assert.Contains("(in less than 0.1 s)", back.Output, StringComparison.Ordinal);
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        folder.Write("main.bicep", Template);
        folder.Write("deploygate.yml", Configuration);
        folder.Write("policies.yml", Policies);
        folder.Write("disk.raw", new string('x', 4096));
        foreach (var (name, at) in (ReadOnlySpan<(string, string)>)[("a", "0001-01-01T00:00:00Z"), ("b", "9999-12-31T23:59:59Z"), ("c", "0001-01-01T00:00:00+14:00"), ("d", "9999-12-31T23:59:59-14:00")])
        {
            folder.Write($"facts/{name}.json", $$"""{"schema":"deploygate-facts/v1","recordedAt":"{{at}}","resources":[]}""");
        }

        return folder;
    }

    private static (int Exit, string Output, string Error) Run(string folder, LoopbackAzure? azure, TimeProvider clock, string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = new Application(new Surroundings
        {
            Input = TextReader.Null,
            Output = output,
            Error = error,
            WorkingFolder = folder,
            Environment = _ => null,
            OpenAzure = options => azure!.Open(options),
            Clock = clock,
        }).Run(arguments);
        return (exit, output.ToString(), error.ToString());
    }

    [GeneratedRegex(@"\(in [^)]*\)")]
    private static partial Regex Took();

    /// <summary>A clock that shows what it is told, and whose ticks go forward or back; only waiting works as it should.</summary>
    private sealed class OddClock(Func<DateTimeOffset> now, bool forward) : TimeProvider
    {
        private long _ticks = 1L << 40;

        public override DateTimeOffset GetUtcNow() => now();

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, forward ? 1_000 : -1_000);
    }
}
