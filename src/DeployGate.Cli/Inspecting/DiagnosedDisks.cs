using System.Collections.Immutable;
using DeployGate.Cli.Checking;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.ControlPlane.Failures;
using DeployGate.Core.Assessment;
using DeployGate.Core.Diagnosis;
using DeployGate.Core.Reports;

namespace DeployGate.Cli.Inspecting;

/// <summary>The disks of machines that failed: looking inside takes the place of attaching the disk to another machine.</summary>
internal sealed class DiagnosedDisks(string workingFolder, InspectionConsent consent, TimeProvider clock)
{
    /// <summary>True for what names a disk and no document: an address, the id of a disk or snapshot, or a file that cannot be JSON.</summary>
    internal bool IsDisk(string word) => DiskName.Of(word) switch
    {
        DiskName.Address => true,
        DiskName.AzureId id => id.Value.Contains("/disks/", StringComparison.OrdinalIgnoreCase) || id.Value.Contains("/snapshots/", StringComparison.OrdinalIgnoreCase),
        _ => word != "-" && RecordedInspection.IsDisk(Path.GetFullPath(word, workingFolder)),
    };

    /// <summary>The failure that a disk by itself tells of.</summary>
    internal FailuresRead Alone(string disk)
    {
        // A signature in an address is no part of its name.
        var subject = disk.Split('?')[0];
        return AddTo(new FailuresRead([FailureReader.Read(subject, [], [])], []), disk);
    }

    /// <summary>Adds what a disk says to failures: the disk is that of the machine they tell of.</summary>
    internal FailuresRead AddTo(FailuresRead read, string disk)
    {
        if (read.Records is not [var record])
        {
            return read.Records.IsEmpty
                ? read
                : read with { Errors = read.Errors.Add(new InputError(disk.Split('?')[0], null, $"the disk was left aside: the document tells of {read.Records.Length} machines, and not which of them it belongs to", "Name one machine by its id, or put the inspections into the facts file.")) };
        }

        var (inspections, errors) = Inspect(record.Subject, disk);
        return new FailuresRead([record with { Inspections = [.. record.Inspections, .. inspections] }], [.. read.Errors, .. errors]);
    }

    private (ImmutableArray<GuestInspection> Inspections, IEnumerable<InputError> Errors) Inspect(string of, string disk)
    {
        var errors = new List<InputError>();
        if (new StateFiles(workingFolder, new DiskInspector(workingFolder, consent, clock)).InspectionOf(disk, errors) is not { } inspection)
        {
            return ([], errors);
        }

        var read = FactsReader.Read([], [new GivenInspection(of, inspection)]);
        return (read.Facts.Disks, errors.Concat(read.Errors));
    }
}
