using System.CommandLine;
using System.Globalization;
using DeployGate.Cli.Commands;
using DeployGate.Cli.Output;
using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Reporting;

namespace DeployGate.Cli.Hosts;

/// <summary>
/// <c>deploygate action</c>: <c>check</c> as a step of GitHub Actions. Reads the inputs as the runner hands them over, and writes
/// the step's outputs. Hidden: only action.yml calls it.
/// </summary>
internal static class ActionCommand
{
    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command("action", "check as a step of GitHub Actions; only action.yml calls it.") { Hidden = true };
        command.SetAction(_ => Run(surroundings));
        return command;
    }

    private static int Run(Surroundings surroundings)
    {
        var (arguments, error) = ArgumentsOf(surroundings.Environment);
        if (arguments is null)
        {
            return surroundings.WrongUsage(error!);
        }

        GateReport? report = null;
        var check = new RootCommand { CheckCommand.Create(surroundings, made => report = made, PullRequestComment.WantsSuggestions(surroundings.Environment)) };
        var parsed = check.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return surroundings.WrongUsage(parsed.Errors.Select(one => one.Message));
        }

        var exit = parsed.Invoke(new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Error, EnableDefaultExceptionHandler = false });
        surroundings.Output.Flush();
        return report is null ? exit : Hand(report, exit, surroundings);
    }

    private static int Hand(GateReport report, int exit, Surroundings surroundings)
    {
        var outputs = string.Concat(Outputs(report, exit, surroundings.Environment).Select(output => RunnerFile.Output(output.Name, output.Value)));
        if (RunnerFile.Append(surroundings.Environment("GITHUB_OUTPUT"), outputs) is { } error)
        {
            return surroundings.WrongUsage(error);
        }

        // A comment is a courtesy: that it failed changes nothing about the gate.
        foreach (var failure in PullRequestComment.Write(report, surroundings))
        {
            surroundings.Error.WriteLine($"deploygate: no comment was written: {failure}");
        }

        return exit;
    }

    /// <summary>The outputs that action.yml names.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Outputs(GateReport report, int exit, Func<string, string?> environment) =>
    [
        ("verdict", exit switch { ExitCodes.Open => "open", ExitCodes.Closed => "closed", ExitCodes.NothingToCheck => "nothing-to-check", _ => "incomplete" }),
        ("findings", Text(report.Findings.Length)),
        ("blocked", Text(report.Count(Verdict.Blocked))),
        ("undecided", Text(report.Count(Verdict.Undecided))),
        ("report", FileOf("json", environment)),
        ("sarif", FileOf("sarif", environment)),
    ];

    private static (string[]? Arguments, string? Error) ArgumentsOf(Func<string, string?> environment)
    {
        var arguments = new List<string> { "check" };
        foreach (var input in ActionInput.All)
        {
            if (input.Of(environment) is not { } value)
            {
                continue;
            }

            if (input.Arguments(value) is not { } words)
            {
                return (null, $"input {input.Name}: '{value}': write true or false");
            }

            arguments.AddRange(words);
        }

        var paths = ActionInput.All.Single(input => input.Kind == InputKind.Paths).Of(environment);
        return ([.. arguments, "--", .. ActionInput.LinesOf(paths ?? "")], null);
    }

    /// <summary>What the comment says of the run: the file that leaves nothing out.</summary>
    internal static ReportStyle StyleOf(Func<string, string?> environment) =>
        new() { FullReport = ReportTargets.FullestOf(format => FileOf(format, environment) is { Length: > 0 } file ? file : null) };

    private static string FileOf(string format, Func<string, string?> environment) =>
        ActionInput.LinesOf(ActionInput.All.Single(input => input.Name == "report").Of(environment) ?? "")
            .Where(line => line.StartsWith(format + "=", StringComparison.Ordinal))
            .Select(line => line[(format.Length + 1)..])
            .FirstOrDefault() ?? "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
