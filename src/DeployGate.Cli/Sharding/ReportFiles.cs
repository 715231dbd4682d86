using System.Collections.Immutable;
using DeployGate.Cli.Files;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Reporting.Json;

namespace DeployGate.Cli.Sharding;

/// <summary>Reads the reports of parts, and again the files that they speak of, so that every format can quote them.</summary>
internal sealed class ReportFiles(string workingFolder)
{
    private const long MostBytes = 256L * 1024 * 1024;

    // A report may come from a stranger's branch: it makes nothing readable that the repository does not hold.
    private readonly DiskFiles _repository = new(workingFolder, DiskFiles.RepositoryOf(workingFolder) ?? workingFolder);
    private readonly Dictionary<string, SourceText?> _quoted = new(StringComparer.Ordinal);

    /// <summary>The reports of files and of the JSON files in folders, in the order of their names; or why one was not read, for the user.</summary>
    internal (ImmutableArray<PartReport> Reports, string? Error) Read(IEnumerable<string> paths)
    {
        var reports = ImmutableArray.CreateBuilder<PartReport>();
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path, workingFolder);
            if (Directory.Exists(full) && FilesOf(full) is var (files, refused))
            {
                if (refused is not null)
                {
                    return ([], $"{path}: {refused}");
                }

                var (inside, error) = Read(files);
                if (error is not null)
                {
                    return ([], error);
                }

                reports.AddRange(inside);
            }
            else if (ReadOne(full) is var (report, wrong) && report is null)
            {
                return ([], wrong);
            }
            else
            {
                reports.Add(report!);
            }
        }

        return (reports.ToImmutable(), null);
    }

    private (PartReport? Report, string? Error) ReadOne(string full)
    {
        var shown = DiskFiles.Shown(full, workingFolder);
        switch (DiskFiles.ReadBytes(full, workingFolder, MostBytes, out var bytes))
        {
            case null:
                var (report, error) = ReportReader.Read(SourceEncoding.Utf8Of(bytes), Quoted);
                return report is null ? (null, $"the report '{shown}' was not read: {error}") : (new PartReport(shown, report), null);
            case FileRead.Refused refused:
                return (null, $"the report '{shown}' was not read: {refused.Reason}. {refused.Fix}");
            default:
                return (null, $"there is no report '{shown}': its part has not ended, or wrote it elsewhere; correct the path, or run the part");
        }
    }

    private static (ImmutableArray<string> Files, string? Error) FilesOf(string folder)
    {
        try
        {
            ImmutableArray<string> files = [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)];
            return files.IsEmpty ? ([], "the folder holds no report (*.json); have each part write one into it: check --shard 1/4 --report json=FOLDER/1.json") : (files, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var (reason, fix) = ReadProblem.Of(exception, folder);
            return ([], $"the folder was not read: {reason}. {fix}");
        }
    }

    private SourceText? Quoted(string path)
    {
        if (!_quoted.TryGetValue(path, out var text))
        {
            _quoted[path] = text = path.Contains('\0', StringComparison.Ordinal) ? null : (_repository.Read(path) as FileRead.Found)?.Source;
        }

        return text;
    }
}
