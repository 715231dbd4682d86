using DeployGate.Core.Reports;

namespace DeployGate.Reporting;

/// <summary>One output format: turns a finished report into text. Writes no byte order mark, and every line ends with <c>\n</c>.</summary>
public interface IReportFormat
{
    /// <summary>The name that <c>--report</c> takes: lower case, words joined by hyphens.</summary>
    string Name { get; }

    /// <summary>True when the report shows the cures of findings as edits.</summary>
    bool ShowsFixes => false;

    /// <summary>
    /// Writes the whole report. Every value of the report is taken as hostile: none can forge a terminal sequence, a
    /// command of a CI host or a line of its own. Throws only what <paramref name="output"/> throws.
    /// </summary>
    void Write(GateReport report, TextWriter output, ReportStyle style);
}
