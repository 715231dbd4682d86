using System.Text.Json.Nodes;
using DeployGate.Cli;
using DeployGate.Cli.Output;

namespace DeployGate.Golden.Tests;

/// <summary>What one command line printed, and its exit code.</summary>
internal sealed record GoldenRun(string Output, string Error, int ExitCode)
{
    /// <summary>Runs a variant of a scenario in its folder, as a user would, with nothing in the environment.</summary>
    internal static GoldenRun Of(Scenario scenario, string variant, string format)
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
            Clock = new StillClock(),
        };
        var exitCode = new Application(surroundings).Run([.. scenario.ArgumentsOf(variant), "--report", format]);
        return new GoldenRun(output.ToString(), error.ToString(), exitCode);
    }

    // How long a run takes is told to people, and differs from run to run; the day stays that of the run.
    private sealed class StillClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>The report, parsed.</summary>
    internal JsonObject Report => JsonNode.Parse(Output)!.AsObject();

    /// <summary>The output with a placeholder for the tool's version, so that a release changes no expectation.</summary>
    internal string OutputWithoutVersion => Output
        .Replace($"\"version\": \"{ToolVersion.Number}\"", "\"version\": \"<version>\"", StringComparison.Ordinal)
        .Replace($"DeployGate `{ToolVersion.Number}`", "DeployGate `<version>`", StringComparison.Ordinal)
        .Replace($"DeployGate {ToolVersion.Number}.", "DeployGate &lt;version&gt;.", StringComparison.Ordinal);
}
