using DeployGate.Cli.Hosts;
using DeployGate.Core.Reports;
using DeployGate.Reporting;

namespace DeployGate.Cli.Output;

/// <summary>Where the reports of a run go: each format to standard output or to a file.</summary>
internal sealed class ReportTargets
{
    private readonly List<Target> _targets;
    private readonly Surroundings _surroundings;
    private readonly ReportStyle _style;
    private readonly List<IReportFormat> _host;

    private ReportTargets(List<Target> targets, List<IReportFormat> host, Surroundings surroundings, ReportStyle style)
    {
        (_targets, _host, _surroundings, _style) = (targets, host, surroundings, style);
    }

    /// <summary>Reads <c>--report</c>; the error is for the user.</summary>
    internal static (ReportTargets? Targets, string? Error) Parse(IReadOnlyList<string> reports, Surroundings surroundings, ReportStyle style)
    {
        var targets = new List<Target>();
        foreach (var report in reports.Count == 0 ? ["text"] : reports)
        {
            var at = report.IndexOf('=', StringComparison.Ordinal);
            var (name, file) = at < 0 ? (report, null) : (report[..at], report[(at + 1)..]);
            if (!ReportFormats.TryFind(name, out var format))
            {
                return (null, $"--report {report}: there is no format '{name}'; write one of {string.Join(", ", ReportFormats.All.Select(one => one.Name))}");
            }

            if (file is "")
            {
                return (null, $"--report {report}: the file is missing after '='");
            }

            if (file is not null && file.Contains('\0', StringComparison.Ordinal))
            {
                return (null, $"--report {report}: no file can have such a name");
            }

            targets.Add(TargetOf(format, file, surroundings));
        }

        var host = HostDetection.ExtraFormats(surroundings.Environment)
            .Where(name => !targets.Exists(target => target.Format.Name == name && target.File is null))
            .Select(name => ReportFormats.TryFind(name, out var format) ? format : null)
            .OfType<IReportFormat>()
            .ToList();
        var fullest = FullestOf(format => reports.FirstOrDefault(report => report.StartsWith(format + "=", StringComparison.Ordinal))?[(format.Length + 1)..]);
        return (new ReportTargets(targets, host, surroundings, style with { FullReport = fullest }), null);
    }

    /// <summary>The file of the report that leaves nothing out and reads best; null where none is written.</summary>
    /// <param name="fileOf">The file of a format, null where there is none.</param>
    internal static string? FullestOf(Func<string, string?> fileOf) => ((string[])["html", "json", "sarif", "text"]).Select(fileOf).FirstOrDefault(file => file is not null);

    /// <summary>True when a report shows cures as edits, so that they have to be proven.</summary>
    internal bool ShowsFixes => _targets.Exists(target => target.Format.ShowsFixes);

    /// <summary>Writes every report; the error tells which could not be written. A file is complete or absent.</summary>
    /// <param name="report">The report.</param>
    /// <param name="elapsed">How long the run took: told where it is read at once, and not in files, which are compared.</param>
    /// <param name="isDiffShown">True when standard output holds a diff, which nothing may follow.</param>
    internal string? Write(GateReport report, TimeSpan elapsed, bool isDiffShown = false)
    {
        var printed = _style with { Elapsed = elapsed };
        string? error = null;
        foreach (var (format, file, isError) in _targets)
        {
            if (file is not null)
            {
                var unwritten = WriteFile(format, file, report);
                error ??= unwritten;
                _surroundings.Delivery.IsInFile |= unwritten is null;
            }
            else
            {
                format.Write(report, isError || isDiffShown ? _surroundings.Error : _surroundings.Output, printed);
            }
        }

        // Hosts read both streams; annotations must not stand in the middle of a machine's report.
        var isForPeople = !isDiffShown && _targets.TrueForAll(target => target.File is not null || target.IsError || target.Format.Name is "text" or "github" or "azure-pipelines");
        var commands = isForPeople ? _surroundings.Output : _surroundings.Error;
        foreach (var format in _host)
        {
            format.Write(report, commands, _style);
        }

        if (JobSummary.Write(report, _style, _surroundings, commands) is { } lost)
        {
            _surroundings.Error.WriteLine($"deploygate: the summary of the job was not written: {SafeText.Line(lost)}");
        }

        return error;
    }

    // Opening standard output once more would begin at its start and write over what is there already.
    private static Target TargetOf(IReportFormat format, string? file, Surroundings surroundings) => file switch
    {
        null or "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1" => new Target(format, null),
        "/dev/stderr" or "/dev/fd/2" or "/proc/self/fd/2" => new Target(format, null, IsError: true),
        _ => new Target(format, Path.GetFullPath(file, surroundings.WorkingFolder)),
    };

    private string? WriteFile(IReportFormat format, string file, GateReport report) =>
        WholeFile.Write(file, writer => format.Write(report, writer, _style with { UseColor = false })) is { } error
            ? $"the {format.Name} report was not written to '{file}': {error}"
            : null;

    /// <summary>One report.</summary>
    /// <param name="Format">Its format.</param>
    /// <param name="File">The full path; null for one of the process's own streams.</param>
    /// <param name="IsError">True for standard error instead of standard output.</param>
    private sealed record Target(IReportFormat Format, string? File, bool IsError = false);
}
