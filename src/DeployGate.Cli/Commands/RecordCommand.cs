using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Output;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Reporting;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate record</c>: writes the facts that <c>check --state azure</c> would read, for runs without a network or a login.</summary>
internal static class RecordCommand
{
    internal static Command Create(Surroundings surroundings)
    {
        var options = new Options();
        var target = new Option<string>("--out") { Description = "The facts file to write.", Required = true };
        var command = new Command("record", "Read from Azure every actual state that check would need, and write it to a facts file.");
        options.AddContextTo(command);
        foreach (Option option in (Option[])[target, options.States, options.Disks, options.AllowHosts, options.AllowDiskAccess, options.Timeout, options.Cloud])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(options.Offline))
            {
                return surroundings.WrongUsage("record --offline: there is nothing to record without a network");
            }

            var (read, error) = options.Read(parsed, surroundings);
            if (read is null)
            {
                return surroundings.WrongUsage(error!);
            }

            var states = read.States;
            var (check, wrong) = options.ReadState(parsed, read with
            {
                States = states.Contains("azure", StringComparer.OrdinalIgnoreCase) ? states : states.Add("azure"),
            }, surroundings);
            return check is null ? surroundings.WrongUsage(wrong!) : Run(check, parsed.GetValue(target)!, surroundings);
        });
        return command;
    }

    private static int Run(CheckOptions options, string file, Surroundings surroundings)
    {
        var outcome = ProgressLine.Around(surroundings, activity => new CheckRun(surroundings.WorkingFolder, surroundings.Input, activity).Run(options));
        if (outcome is not { Report: { } report, Judged: { } judged })
        {
            return surroundings.WrongUsage(outcome.UsageError!);
        }

        foreach (var error in report.Errors)
        {
            surroundings.Error.WriteLine($"deploygate: {SafeText.Line(error.File)}: {SafeText.Line(error.Message)}. {SafeText.Line(error.Fix)}");
        }

        if (judged.LoginFailure is not null)
        {
            return ExitCodes.Unreadable;
        }

        var facts = FactsWriter.Write(judged.Live, outcome.Inspections, judged.ReadAt ?? surroundings.Clock.GetUtcNow());
        if (WholeFile.Write(Path.GetFullPath(file, surroundings.WorkingFolder), writer => writer.Write(facts)) is { } reason)
        {
            return surroundings.WrongUsage($"the facts were not written to '{file}': {reason}");
        }

        return Tell(report, judged, file, surroundings);
    }

    private static int Tell(Core.Reports.GateReport report, Judged judged, string file, Surroundings surroundings)
    {
        foreach (var fact in judged.Live.Unreadable)
        {
            surroundings.Error.WriteLine($"deploygate: not read: {SafeText.Line(fact.Id)}: {SafeText.Line(fact.Reason)}");
        }

        var live = judged.Live;
        surroundings.Output.Write($"recorded {live.Resources.Length} resources, {live.Absent.Length} absent, {live.Unreadable.Length} not readable: {file}\n");
        return (live.Unreadable.IsEmpty && !report.Errors.Any(error => error.IsUnreadable), report.Templates) switch
        {
            (false, _) => ExitCodes.Unreadable,
            (_, 0) => ExitCodes.NothingToCheck,
            _ => ExitCodes.Open,
        };
    }
}
