using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Fixing;
using DeployGate.Cli.Output;
using DeployGate.Core.Reports;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate check</c>: the gate.</summary>
internal static class CheckCommand
{
    /// <summary>
    /// The command; <paramref name="made"/> is handed the report of a run, once it is written, with proven cures when <paramref name="needsCures"/>.
    /// </summary>
    internal static Command Create(Surroundings surroundings, Action<GateReport>? made = null, bool needsCures = false)
    {
        var options = new Options();
        var reports = new ReportOptions();
        var acceptance = new AcceptanceOptions();
        var fixes = new FixOptions();
        var shards = new ShardOptions();
        var onUnknown = new Option<string?>("--on-unknown") { Description = "What an undecided use does: pass, warn (default) or fail." };
        onUnknown.CompletionSources.Add("pass", "warn", "fail");
        var command = new Command("check", "Compare the declared with the actual state of every image, and close the gate where they contradict.");
        options.AddContextTo(command);
        foreach (Option option in (Option[])[options.States, options.Disks, options.AllowHosts, options.AllowDiskAccess, options.Timeout, options.Cloud, options.MaxAge, options.Policies, onUnknown, .. reports.All, .. acceptance.All, .. shards.All, .. fixes.All])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (Options.OnUnknownOf(parsed.GetValue(onUnknown)) is not { } unknown)
            {
                return surroundings.WrongUsage($"--on-unknown {parsed.GetValue(onUnknown)}: write pass, warn or fail");
            }

            var (read, refused) = options.Read(parsed, surroundings);
            if (read is null)
            {
                return surroundings.WrongUsage(refused!);
            }

            var (targets, error) = reports.Read(parsed, read.Configuration, surroundings);
            if (targets is null)
            {
                return surroundings.WrongUsage(error!);
            }

            var settings = parsed.GetValue(onUnknown) is null ? read.Settings : read.Settings.With(unknown);
            var (check, wrong) = options.ReadState(parsed, acceptance.Read(parsed, read with { Settings = settings, Policies = [.. parsed.GetValue(options.Policies) ?? []] }, surroundings), surroundings);
            if (check is null)
            {
                return surroundings.WrongUsage(wrong!);
            }

            var fix = fixes.Read(parsed, needsCures);
            var (part, refusal) = shards.Read(parsed, check, acceptance.NamesBaseline(parsed), fix, surroundings.Environment);
            return part is null ? surroundings.WrongUsage(refusal!) : Run(part, targets, fix, surroundings, made);
        });
        return command;
    }

    private static int Run(CheckOptions options, ReportTargets targets, FixMode fix, Surroundings surroundings, Action<GateReport>? made)
    {
        if (fix is FixMode.Show or FixMode.Write && options.NewBaseline is not null)
        {
            return surroundings.WrongUsage("--fix and --write-baseline: mend first, and accept then what is left");
        }

        var started = surroundings.Clock.GetTimestamp();
        var (report, refused) = Judge(options, fix, needsCures: fix != FixMode.None || targets.ShowsFixes, surroundings);
        if (report is null)
        {
            return surroundings.WrongUsage(refused!);
        }

        if (targets.Write(report, surroundings.ElapsedSince(started), isDiffShown: fix == FixMode.Show) is { } error)
        {
            return surroundings.WrongUsage(error);
        }

        made?.Invoke(report);
        return ExitCodeOf(report, surroundings);
    }

    private static (GateReport? Report, string? Error) Judge(CheckOptions options, FixMode fix, bool needsCures, Surroundings surroundings)
    {
        var outcome = ProgressLine.Around(surroundings, activity => new CheckRun(surroundings.WorkingFolder, surroundings.Input, activity).Run(options));
        return outcome.Report is null || !needsCures
            ? (outcome.Report, outcome.UsageError)
            : new FixedRun(new CheckRun(surroundings.WorkingFolder, surroundings.Input), options, surroundings).Run(outcome, fix);
    }

    /// <summary>The exit code of a report; where there was nothing to check, standard error says so.</summary>
    internal static int ExitCodeOf(GateReport report, Surroundings surroundings)
    {
        if (report.IsClosed)
        {
            return ExitCodes.Closed;
        }

        if (report.Errors.Any(error => error.IsUnreadable))
        {
            return ExitCodes.Unreadable;
        }

        // Whether the whole run had something to check is seen when its parts are joined.
        if (report.Part is null && report.Uses.IsEmpty && report.Findings.IsEmpty && report.Suppressed.IsEmpty && report.Untouched == 0 && report.AskedResources == 0)
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
