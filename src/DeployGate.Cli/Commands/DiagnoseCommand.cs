using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Files;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Output;
using DeployGate.ControlPlane.Failures;
using DeployGate.Core.Assessment;
using DeployGate.Core.Diagnosis;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Reporting;
using DeployGate.Reporting.Diagnoses;
using DeployGate.Templates;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate diagnose</c>: explains a failure that has happened.</summary>
internal static class DiagnoseCommand
{
    private const long MaxBytes = 64 * 1024 * 1024;

    internal static Command Create(Surroundings surroundings)
    {
        var options = new Options();
        var subject = new Argument<string>("vm-or-file") { Description = "The id of a virtual machine (read live), a file (an instance view, a deployment's error, an activity log, a facts file), or a disk; '-' reads standard input." };
        var disk = new Option<string?>("--disk") { Description = "The machine's OS disk, to look inside: a VHD, VHDX or raw disk, a recorded inspection, an https address, or the id of a disk or snapshot." };
        var format = new Option<string?>("--format") { Description = "text (default) or json." };
        var command = new Command("diagnose", "After a failure: say what happened, on what evidence, what to do now, and which rule would have stopped it.")
        {
            subject, disk, format, options.AllowHosts, options.AllowDiskAccess, options.Timeout, options.Cloud, options.Offline,
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

            var (read, wrong) = Read(parsed.GetValue(subject)!, parsed.GetValue(disk), consent, surroundings);
            return read is null ? surroundings.WrongUsage(wrong!) : Tell(read, parsed.GetValue(format) == "json", surroundings);
        });
        return command;
    }

    private static (FailuresRead? Read, string? Error) Read(string wanted, string? disk, InspectionConsent consent, Surroundings surroundings)
    {
        var disks = new DiagnosedDisks(surroundings.WorkingFolder, consent, surroundings.Clock);
        if (IsMachine(wanted))
        {
            if (consent.IsOffline)
            {
                return (null, "diagnose VM-ID --offline: a machine is read from Azure; give its recorded instance view instead");
            }

            if (consent.Live is not { } live)
            {
                return (null, LiveAccess.Parse(null, null, new DeploymentTarget(), surroundings).Error);
            }

            var machine = ReadMachine(wanted.TrimEnd('/'), live, out var own);
            var inside = disk ?? (consent.AllowDiskAccess ? own : null);
            return (inside is null ? machine : disks.AddTo(machine, inside), null);
        }

        if (disks.IsDisk(wanted))
        {
            return disk is null ? (disks.Alone(wanted), null) : (null, $"diagnose DISK --disk {disk.Split('?')[0]}: name one disk");
        }

        var document = ReadDocument(wanted, surroundings);
        return (disk is null ? document : disks.AddTo(document, disk), null);
    }

    private static bool IsMachine(string word) =>
        word.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) && word.Contains("/providers/Microsoft.Compute/virtualMachines/", StringComparison.OrdinalIgnoreCase);

    private static FailuresRead ReadDocument(string path, Surroundings surroundings)
    {
        if (path == "-")
        {
            return FailureDocument.Read(new SourceText("<stdin>", surroundings.Input.ReadToEnd()));
        }

        return DiskFiles.ReadNamed(Path.GetFullPath(path, surroundings.WorkingFolder), surroundings.WorkingFolder, MaxBytes) switch
        {
            FileRead.Found found => FailureDocument.Read(found.Source),
            FileRead.Refused refused => new FailuresRead([], [new InputError(refused.Path, null, $"the file was not read: {refused.Reason}", refused.Fix)]),
            _ => new FailuresRead([], [new InputError(path, null, "there is no such file", "Name a file, or the full id of a virtual machine: /subscriptions/….")]),
        };
    }

    private static FailuresRead ReadMachine(string id, LiveAccess access, out string? disk)
    {
        disk = null;
        using var azure = access.Open();
        var facts = azure.Read([new WantedFact(ArtifactTypes.VirtualMachine, id)]).GetAwaiter().GetResult();
        if (facts.Resources is not [var machine, ..])
        {
            var reason = azure.LoginFailure ?? facts.Unreadable.FirstOrDefault()?.Reason ?? "it does not exist (any more)";
            return new FailuresRead([], [new InputError(id, null, $"the machine was not read: {reason}", "Reader on the machine is enough; the activity log and the deployment's error can be given as files.")]);
        }

        disk = machine.Body.GetText("properties", "storageProfile", "osDisk", "managedDisk", "id");
        var (history, unread) = azure.ReadHistory(id).GetAwaiter().GetResult();
        InputError[] remarks =
        [
            .. facts.Unreadable.Select(fact => new InputError(id, null, $"the instance view was not read: {fact.Reason}", "Grant the permission, and diagnose again.")),
            .. unread is null ? [] : (InputError[])[new InputError(id, null, $"the activity log was not read: {unread}", "Reader on the machine's resource group is enough.", IsUnreadable: false)],
        ];
        return new FailuresRead([FailureDocument.Of(machine, history)], [.. remarks]);
    }

    private static int Tell(FailuresRead read, bool isJson, Surroundings surroundings)
    {
        foreach (var error in read.Errors)
        {
            var place = error.Position is { } position ? $"{SafeText.Line(error.File)}:{position.Line}:{position.Column}" : SafeText.Line(error.File);
            surroundings.Error.WriteLine($"deploygate: {place}: {SafeText.Line(error.Message)}. {error.Fix}");
        }

        var explained = read.Records.Select(record => new Diagnosis(record.Subject, Physician.Explain(record), record.Inspections)).ToList();
        if (isJson)
        {
            DiagnosisJson.Write(surroundings.Output, explained, NameOf);
        }
        else
        {
            for (var i = 0; i < explained.Count; i++)
            {
                surroundings.Output.Write(i == 0 ? "" : "\n");
                DiagnosisText.Write(surroundings.Output, explained[i], NameOf);
            }
        }

        return read.Errors.Any(error => error.IsUnreadable) ? ExitCodes.Unreadable : ExitCodes.Open;
    }

    private static string? NameOf(string rule) => RuleCatalog.Find(rule)?.Descriptor.Name;
}
