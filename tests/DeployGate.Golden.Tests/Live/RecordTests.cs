using DeployGate.Cli;
using DeployGate.Cli.Output;
using DeployGate.TestKit;

namespace DeployGate.Golden.Tests.Live;

/// <summary>
/// What <c>record</c> writes gives the report that a live check gives, byte for byte. Azure is a loopback server that knows
/// the facts of the scenario.
/// </summary>
public sealed class RecordTests
{
    private const int FewestScenariosThatAsk = 40;

    public static TheoryData<string> Names { get; } = [.. Scenario.Groups.SelectMany(Scenario.Below).Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Recorded_facts_give_the_report_of_a_live_check(string name)
    {
        var scenario = new Scenario(name);
        foreach (var variant in scenario.Variants)
        {
            Compare(scenario, variant);
        }
    }

    [Fact]
    public void Many_scenarios_ask_Azure() =>
        Assert.InRange(Names.Count(row => new Scenario(row.Data).Variants.Any(variant => Compare(new Scenario(row.Data), variant) > 0)), FewestScenariosThatAsk, int.MaxValue);

    /// <summary>The number of questions that the live check asked.</summary>
    private static int Compare(Scenario scenario, string variant)
    {
        var facts = FactsAzure.FactsOf(scenario, variant);
        using var azure = FactsAzure.Serve(facts);
        var file = Path.Combine(Path.GetTempPath(), $"deploygate-{Guid.NewGuid():N}.json");
        try
        {
            var (subscription, group) = FactsAzure.HomeOf(facts);
            string[] arguments = [.. WithoutState(scenario.ArgumentsOf(variant)), "--subscription", subscription, "--resource-group", group, "--location", "westeurope"];
            if (arguments.Count(word => word is "--subscription" or "-g" or "--resource-group" or "-l" or "--location") > 3)
            {
                arguments = WithoutState(scenario.ArgumentsOf(variant));
            }

            var live = Run(scenario, azure, [.. arguments, "--state", "azure"]);
            var asked = azure.Requests.Count;
            var record = Run(scenario, azure, ["record", .. ForRecord(arguments), "--out", file]);
            if (live.ExitCode == ExitCodes.WrongUsage)
            {
                Assert.Equal(0, asked);
                return 0;
            }

            Assert.True(File.Exists(file), record.Error);
            var recorded = Run(scenario, null, [.. arguments, "--state", file, "--offline"]);
            Assert.Equal((live.ExitCode, live.Output, live.Error), (recorded.ExitCode, recorded.Output, recorded.Error));
            Assert.DoesNotContain(LoopbackAzure.Token, live.Output + live.Error + record.Output + record.Error + File.ReadAllText(file), StringComparison.Ordinal);
            Assert.Equal(azure.Requests.Count, 2 * asked);
            Assert.Equal(asked, azure.Requests.Take(asked).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            return asked;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static GoldenRun Run(Scenario scenario, LoopbackAzure? azure, string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(scenario.Input ?? "");
        var surroundings = new Surroundings
        {
            Input = input,
            Output = output,
            Error = error,
            WorkingFolder = scenario.Folder,
            Environment = _ => null,
            Clock = new StoppedClock(),
            OpenAzure = options => azure is null ? throw new InvalidOperationException("a recorded run asks Azure") : azure.Open(options),
        };
        var exitCode = new Application(surroundings).Run(arguments);
        return new GoldenRun(output.ToString(), error.ToString(), exitCode);
    }

    private static string[] WithoutState(string[] arguments)
    {
        var kept = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--state")
            {
                i++;
            }
            else
            {
                kept.Add(arguments[i]);
            }
        }

        return [.. kept];
    }

    // What record does not take: how to report.
    private static IEnumerable<string> ForRecord(string[] arguments)
    {
        for (var i = 1; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--on-unknown" or "--report" or "--max-age" or "--policy":
                    i++;
                    break;
                case "--quiet" or "-q" or "--verbose" or "-v" or "--no-color":
                    break;
                default:
                    yield return arguments[i];
                    break;
            }
        }
    }

    // Both runs happen at one time, which is the time the facts were read.
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

        public override long GetTimestamp() => 0;
    }
}
