using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
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
        var subject = new Argument<string>("vm-or-file") { Description = "The id of a virtual machine (read live), or a file: an instance view, a deployment's error, an activity log, a facts file; '-' reads standard input." };
        var format = new Option<string?>("--format") { Description = "text (default) or json." };
        var command = new Command("diagnose", "After a failure: say what happened, on what evidence, what to do now, and which rule would have stopped it.") { subject, format, options.Timeout, options.Cloud, options.Offline };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(format) is { } word and not ("text" or "json"))
            {
                return surroundings.WrongUsage($"--format {word}: write text or json");
            }

            var wanted = parsed.GetValue(subject)!;
            var isJson = parsed.GetValue(format) == "json";
            if (!IsMachine(wanted))
            {
                return Tell(ReadDocument(wanted, surroundings), isJson, surroundings);
            }

            if (parsed.GetValue(options.Offline))
            {
                return surroundings.WrongUsage("diagnose VM-ID --offline: a machine is read from Azure; give its recorded instance view instead");
            }

            var (access, error) = LiveAccess.Parse(parsed.GetValue(options.Cloud), parsed.GetValue(options.Timeout), new DeploymentTarget(), surroundings);
            return access is null ? surroundings.WrongUsage(error!) : Tell(ReadMachine(wanted.TrimEnd('/'), access), isJson, surroundings);
        });
        return command;
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

    private static FailuresRead ReadMachine(string id, LiveAccess access)
    {
        using var azure = access.Open();
        var facts = azure.Read([new WantedFact(ArtifactTypes.VirtualMachine, id)]).GetAwaiter().GetResult();
        if (facts.Resources is not [var machine, ..])
        {
            var reason = azure.LoginFailure ?? facts.Unreadable.FirstOrDefault()?.Reason ?? "it does not exist (any more)";
            return new FailuresRead([], [new InputError(id, null, $"the machine was not read: {reason}", "Reader on the machine is enough; the activity log and the deployment's error can be given as files.")]);
        }

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

        var explained = read.Records.Select(record => (record.Subject, (IReadOnlyList<Finding>)Physician.Explain(record))).ToList();
        if (isJson)
        {
            DiagnosisJson.Write(surroundings.Output, explained, NameOf);
        }
        else
        {
            for (var i = 0; i < explained.Count; i++)
            {
                surroundings.Output.Write(i == 0 ? "" : "\n");
                DiagnosisText.Write(surroundings.Output, explained[i].Subject, explained[i].Item2, NameOf);
            }
        }

        return read.Errors.Any(error => error.IsUnreadable) ? ExitCodes.Unreadable : ExitCodes.Open;
    }

    private static string? NameOf(string rule) => RuleCatalog.Find(rule)?.Descriptor.Name;
}
