using System.CommandLine;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Output;
using DeployGate.Cli.Sharding;
using DeployGate.Cli.Waivers;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate merge</c>: the reports of a divided run's parts become the report of the whole run.</summary>
internal static class MergeCommand
{
    internal static Command Create(Surroundings surroundings)
    {
        var paths = new Argument<string[]>("reports") { Description = "The JSON reports of all parts, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var baseline = AcceptanceOptions.NewBaselineOption();
        var config = Options.NewConfig();
        var reports = new ReportOptions();
        var command = new Command("merge", "Join the reports of 'check --shard' to the report of the whole run.") { paths, baseline, config };
        foreach (var option in reports.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var (configuration, refused) = new ConfigurationReader(surroundings.WorkingFolder).Read(parsed.GetValue(config));
            if (configuration is null)
            {
                return surroundings.WrongUsage(refused!);
            }

            var (targets, wrong) = reports.Read(parsed, configuration, surroundings);
            if (targets is null)
            {
                return surroundings.WrongUsage(wrong!);
            }

            var file = AcceptanceOptions.BaselineOf(parsed.GetValue(baseline), configuration, surroundings);
            var (known, missing) = file is null ? (null, null) : Accepting.ReadBaseline(file, surroundings.WorkingFolder);
            return missing is not null ? surroundings.WrongUsage(missing) : Run(parsed.GetValue(paths)!, known, targets, surroundings);
        });
        return command;
    }

    private static int Run(string[] paths, Baseline? baseline, ReportTargets targets, Surroundings surroundings)
    {
        var started = surroundings.Clock.GetTimestamp();
        var (parts, unread) = new ReportFiles(surroundings.WorkingFolder).Read(paths);
        if (unread is not null)
        {
            return NotMerged(unread, surroundings);
        }

        var (whole, contradiction) = ReportParts.Join(parts, baseline);
        if (whole is null)
        {
            return NotMerged(contradiction!, surroundings);
        }

        return targets.Write(whole, surroundings.ElapsedSince(started)) is { } error
            ? surroundings.WrongUsage(error)
            : CheckCommand.ExitCodeOf(whole, surroundings);
    }

    // A verdict over some parts would be no verdict: nothing is written.
    private static int NotMerged(string reason, Surroundings surroundings)
    {
        surroundings.WrongUsage($"the reports were not merged: {reason}");
        return ExitCodes.Unreadable;
    }
}
