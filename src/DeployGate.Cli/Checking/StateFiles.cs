using DeployGate.Cli.Files;
using DeployGate.Cli.Inspecting;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Reporting.Inspections;

namespace DeployGate.Cli.Checking;

/// <summary>Reads what <c>--state</c> and <c>--disk</c> name.</summary>
internal sealed class StateFiles(string workingFolder, DiskInspector inspector)
{
    private const long MaxFactsBytes = 64 * 1024 * 1024;

    internal StateRead Read(IReadOnlyList<string> states, IReadOnlyList<string> disks, out string? usageError)
    {
        var errors = new List<InputError>();
        var recorded = new List<SourceText>();
        var inspections = Inspections(disks, errors, recorded, out usageError);
        var azure = states.ToList().FindIndex(IsAzure);
        var first = Sources(azure < 0 ? states : states.Take(azure), errors);
        var before = FactsReader.Read(first, inspections);
        var last = Sources(azure < 0 ? [] : states.Skip(azure).Where(state => !IsAzure(state)), errors);
        var after = FactsReader.Read(last, []);
        return new StateRead(before.Facts, after.Facts, azure >= 0, [.. errors, .. before.Errors, .. after.Errors])
        {
            Inspections = inspections.Count == 0 ? [] : [.. inspections.Select(one => (one.Of, one.Inspection.Content))],
            Texts = [.. first, .. azure < 0 ? Array.Empty<SourceText?>() : [null], .. last, .. recorded],
            Records = [.. before.Records, .. after.Records],
        };
    }

    private static bool IsAzure(string state) => string.Equals(state, "azure", StringComparison.OrdinalIgnoreCase);

    private List<SourceText> Sources(IEnumerable<string> states, List<InputError> errors) =>
        [.. states.SelectMany(state => FilesOf(state, errors)).Select(file => Source(file, errors)).OfType<SourceText>()];

    private List<GivenInspection> Inspections(IReadOnlyList<string> disks, List<InputError> errors, List<SourceText> recorded, out string? usageError)
    {
        usageError = null;
        var inspections = new List<GivenInspection>();
        foreach (var disk in disks)
        {
            var at = SplitOf(disk);
            if (at <= 0 || at == disk.Length - 1)
            {
                usageError = $"--disk {Shown(disk)}: write ID_OR_URI=PATH_OR_URL, the id or address of the disk as the template names it, and its bytes or the recorded inspection of it";
                return [];
            }

            if (InspectionOf(disk[(at + 1)..], errors) is { } source)
            {
                inspections.Add(new GivenInspection(disk[..at], source));
                if (IsRecorded(disk[(at + 1)..]))
                {
                    recorded.Add(source);
                }
            }
        }

        return inspections;
    }

    /// <summary>The '=' between a disk's name and its bytes: both may be addresses, and those may hold '=' in their queries.</summary>
    private static int SplitOf(string disk)
    {
        foreach (var start in (string[])["=https://", "=http://", "=/subscriptions/"])
        {
            var at = disk.IndexOf(start, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                return at;
            }
        }

        // An address alone has its last '=' in its query: what follows is the address's own, and may be its signature.
        var last = disk.LastIndexOf('=');
        var part = disk.LastIndexOfAny(['?', '&'], Math.Max(0, last));
        return part >= 0 && disk.StartsWith("http", StringComparison.OrdinalIgnoreCase) && disk.IndexOf('=', part) == last ? 0 : last;
    }

    private static string Shown(string disk) => disk.Split('?')[0];

    /// <summary>The recorded inspection, or that of the bytes; both are read by the same reader.</summary>
    /// <exception cref="RunStoppedException">A signal came while the bytes were read.</exception>
    internal SourceText? InspectionOf(string disk, List<InputError> errors)
    {
        if (IsRecorded(disk))
        {
            return Source(Path.GetFullPath(disk, workingFolder), errors);
        }

        var inspection = inspector.Inspect(disk);
        if (inspector.StoppedWith is { } exitCode)
        {
            throw new RunStoppedException(exitCode);
        }

        if (!inspection.IsReadable)
        {
            errors.Add(new InputError(inspection.Disk, null, inspection.Reason, "Correct what --disk names; 'deploygate inspect' shows what is read there."));
        }

        using var text = new StringWriter();
        InspectionJson.Write(text, inspection);
        return new SourceText(inspection.Disk, text.ToString());
    }

    private bool IsRecorded(string disk) => DiskName.Of(disk) is DiskName.Path && !RecordedInspection.IsDisk(Path.GetFullPath(disk, workingFolder));

    private IEnumerable<string> FilesOf(string state, List<InputError> errors)
    {
        var full = Path.GetFullPath(state, workingFolder);
        if (!Directory.Exists(full))
        {
            return [full];
        }

        try
        {
            // What lies in a folder may come from a stranger; a link in it must not lead out of the repository.
            var inside = new DiskFiles(workingFolder, DiskFiles.RepositoryOf(full) ?? full);
            var files = Directory.EnumerateFiles(full, "*.json").Order(StringComparer.Ordinal).ToList();
            foreach (var link in files.Where(file => !inside.IsInside(DiskFiles.RealPath(file))))
            {
                errors.Add(new InputError(DiskFiles.Shown(link, workingFolder), null, "it is a link that leads out of the repository, and was not read", "Replace the link by the file."));
            }

            return files.Where(file => inside.IsInside(DiskFiles.RealPath(file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(new InputError(DiskFiles.Shown(full, workingFolder), null, "the folder was not read: access is denied", "Make it readable for the user the gate runs as."));
            return [];
        }
    }

    private SourceText? Source(string full, List<InputError> errors)
    {
        switch (DiskFiles.ReadNamed(full, workingFolder, MaxFactsBytes))
        {
            case FileRead.Found found:
                return found.Source;
            case FileRead.Refused refused:
                errors.Add(new InputError(refused.Path, null, $"the facts were not read: {refused.Reason}", refused.Fix));
                return null;
            default:
                errors.Add(new InputError(DiskFiles.Shown(full, workingFolder), null, "there is no such facts file or folder", "Correct the path given with --state or --disk."));
                return null;
        }
    }
}
