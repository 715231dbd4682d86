using System.CommandLine;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Output;
using DeployGate.Reporting.Inspections;
using DeployGate.Templates;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate inspect</c>: reads a disk and says what the guest really is.</summary>
internal static class InspectCommand
{
    internal static Command Create(Surroundings surroundings)
    {
        var options = new Options();
        var disk = new Argument<string>("disk") { Description = "A VHD, VHDX or raw disk: a path, an https address (page-blob SAS), or the id of a managed disk or snapshot." };
        var format = new Option<string?>("--format") { Description = "text (default) or json." };
        var command = new Command("inspect", "Read a disk, without mounting it, and say whether its system is generalized, with the evidence.")
        {
            disk, format, options.AllowHosts, options.AllowDiskAccess, options.Timeout, options.Cloud, options.Offline,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(format) is { } word and not ("text" or "json"))
            {
                return surroundings.WrongUsage($"--format {word}: write text or json");
            }

            var (consent, error) = options.ReadConsent(parsed, new DeploymentTarget(), ConfigurationFile.None, surroundings);
            if (consent is null)
            {
                return surroundings.WrongUsage(error!);
            }

            var inspector = new DiskInspector(surroundings.WorkingFolder, consent, surroundings.Clock);
            var inspection = ProgressLine.Around(surroundings, activity =>
            {
                activity.Begin("reading the disk");
                return inspector.Inspect(parsed.GetValue(disk)!);
            });
            if (parsed.GetValue(format) == "json")
            {
                InspectionJson.Write(surroundings.Output, inspection);
            }
            else
            {
                InspectionText.Write(surroundings.Output, inspection, surroundings.Width);
            }

            return inspector.StoppedWith ?? (inspection.IsReadable ? ExitCodes.Open : ExitCodes.Unreadable);
        });
        return command;
    }
}
