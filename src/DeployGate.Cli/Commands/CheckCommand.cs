using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Output;
using DeployGate.Core.Reports;
using DeployGate.Reporting;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate check</c>: the gate.</summary>
internal static class CheckCommand
{
    /// <summary>The command; <paramref name="made"/> is handed the report of a run, once it is written.</summary>
    internal static Command Create(Surroundings surroundings, Action<GateReport>? made = null)
    {
        var options = new Options();
        var reports = Options.Many("--report", "FORMAT[=FILE]: text, json, sarif, github, azure-pipelines. Default: text.");
        var onUnknown = new Option<string?>("--on-unknown") { Description = "What an undecided use does: pass, warn (default) or fail." };
        onUnknown.CompletionSources.Add("pass", "warn", "fail");
        reports.CompletionSources.Add([.. ReportFormats.All.Select(format => format.Name)]);
        var noColor = new Option<bool>("--no-color") { Description = "No colour, also on a terminal." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Errors and the verdict only." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "List every use that was looked at." };
        var command = new Command("check", "Compare the declared with the actual state of every image, and close the gate where they contradict.");
        options.AddContextTo(command);
        foreach (Option option in (Option[])[options.States, options.Disks, options.AllowHosts, options.AllowDiskAccess, options.Timeout, options.Cloud, options.MaxAge, reports, onUnknown, noColor, quiet, verbose])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (Options.OnUnknownOf(parsed.GetValue(onUnknown)) is not { } unknown)
            {
                return surroundings.WrongUsage($"--on-unknown {parsed.GetValue(onUnknown)}: write pass, warn or fail");
            }

            var style = new ReportStyle(
                UseColor: surroundings.IsTerminal && !parsed.GetValue(noColor),
                IsQuiet: parsed.GetValue(quiet),
                IsVerbose: parsed.GetValue(verbose));
            var (targets, error) = ReportTargets.Parse(parsed.GetValue(reports) ?? [], surroundings, style);
            if (targets is null)
            {
                return surroundings.WrongUsage(error!);
            }

            var (check, wrong) = options.ReadState(parsed, options.Read(parsed, surroundings.Environment) with
            {
                States = [.. parsed.GetValue(options.States) ?? []],
                Disks = [.. parsed.GetValue(options.Disks) ?? []],
                OnUnknown = unknown,
            }, surroundings);
            return check is null ? surroundings.WrongUsage(wrong!) : Run(check, targets, surroundings, made);
        });
        return command;
    }

    private static int Run(CheckOptions options, ReportTargets targets, Surroundings surroundings, Action<GateReport>? made)
    {
        var outcome = new CheckRun(surroundings.WorkingFolder, surroundings.Input).Run(options);
        if (outcome.Report is not { } report)
        {
            return surroundings.WrongUsage(outcome.UsageError!);
        }

        if (targets.Write(report) is { } error)
        {
            return surroundings.WrongUsage(error);
        }

        made?.Invoke(report);
        return ExitCodeOf(report, surroundings);
    }

    private static int ExitCodeOf(GateReport report, Surroundings surroundings)
    {
        if (report.IsClosed)
        {
            return ExitCodes.Closed;
        }

        if (report.Errors.Any(error => error.IsUnreadable))
        {
            return ExitCodes.Unreadable;
        }

        if (report.Uses.IsEmpty && report.Findings.IsEmpty)
        {
            surroundings.Error.WriteLine((report.Templates, report.Pipelines) switch
            {
                (0, 0) => "deploygate: nothing to check: no template and no pipeline was found",
                (_, 0) => $"deploygate: nothing to check: {report.Templates} template(s) were read, and none uses an image",
                (0, _) => $"deploygate: nothing to check: {report.Pipelines} pipeline(s) or script(s) were read, and none uses an image",
                _ => $"deploygate: nothing to check: {report.Templates} template(s) and {report.Pipelines} pipeline(s) or script(s) were read, and none uses an image",
            });
            return ExitCodes.NothingToCheck;
        }

        return ExitCodes.Open;
    }
}
