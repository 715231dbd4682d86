using System.Globalization;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Threads;

namespace DeployGate.Reporting.Terminal;

/// <summary>
/// <c>text</c>: for people at a terminal and in logs. Each finding is explained under the line it concerns, in the manner
/// of compilers that quote the code.
/// </summary>
/// <seealso href="https://rustc-dev-guide.rust-lang.org/diagnostics.html"/>
internal sealed class TextFormat : IReportFormat
{
    private const int MinWidth = 60;
    private const int MaxWidth = 200;

    // Findings that one thread writes at a time, and those whose text is held before it is written.
    private const int Piece = 32;
    private const int Together = 1024;

    public string Name => "text";

    public void Write(GateReport report, TextWriter output, ReportStyle style)
    {
        var lines = new LineWriter(output);
        var palette = new Palette(style.UseColor);
        WriteFindings(report, lines, palette, style);
        WriteInputErrors(report, lines, palette, style);
        if (style.IsVerbose && !style.IsQuiet)
        {
            WriteUses(report, lines);
            WriteAccepted(report, lines);
            WriteRemarks(report, lines);
        }

        lines.Part();
        lines.Add(ClosingBlock.GateLine(report, palette));
        if (!style.IsQuiet)
            lines.Add(ClosingBlock.CheckedLine(report, style.Elapsed));
    }

    private static void WriteFindings(GateReport report, LineWriter lines, Palette palette, ReportStyle style)
    {
        var width = Math.Clamp(style.Width, MinWidth, MaxWidth);
        foreach (var together in report.Findings.Where(finding => !style.IsQuiet || finding.Severity == Severity.Error).Chunk(Together))
        {
            foreach (var text in Each.Of([.. together.Chunk(Piece)], findings => Blocks(findings, palette, width)))
            {
                lines.Part();
                lines.AddWritten(text);
            }
        }
    }

    private static string Blocks(Diagnostic[] findings, Palette palette, int width)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var lines = new LineWriter(text);
        var block = new FindingBlock(lines, palette, width);
        foreach (var finding in findings)
        {
            lines.Part();
            block.Write(finding);
        }

        return text.ToString();
    }

    private static void WriteInputErrors(GateReport report, LineWriter lines, Palette palette, ReportStyle style)
    {
        foreach (var error in report.Errors.Where(error => !style.IsQuiet || error.IsUnreadable))
        {
            lines.Part();
            var heading = error.IsUnreadable ? palette.Error("error") : palette.Warning("warning");
            lines.Add($"{heading}: {ContractWords.Of(error.File, error.Position)}: {palette.Strong(SafeText.Line(error.Message))}");
            lines.Add($"  {palette.Gutter("=")} {palette.Strong("fix:")} {SafeText.Line(error.Fix)}");
        }
    }

    private static void WriteUses(GateReport report, LineWriter lines)
    {
        if (report.Uses.IsEmpty)
            return;

        lines.Part();
        lines.Add("uses:");
        foreach (var use in report.Uses)
        {
            lines.Add(
                $"  {ContractWords.Of(use.Verdict),-9} {ContractWords.Of(use.Location)}: {ContractWords.Of(use.Stage)} "
                + $"'{SafeText.Line(use.Image)}', declared {ContractWords.Of(use.Declared)}, actual {SafeText.Line(use.Actual)}");
        }
    }

    private static void WriteAccepted(GateReport report, LineWriter lines)
    {
        if (report.Suppressed.IsEmpty)
            return;

        lines.Part();
        lines.Add("accepted:");
        foreach (var (finding, by) in report.Suppressed)
        {
            var until = by.Expires is { } day ? $" until {day:yyyy-MM-dd}" : "";
            var where = by.Place is { } place ? $" ({ContractWords.Of(place)})" : "";
            lines.Add($"  {finding.Rule.Id} {ContractWords.Of(finding.Location)}: {ContractWords.Of(by.Kind)}{until}: {SafeText.Line(by.Reason)}{where}");
        }
    }

    private static void WriteRemarks(GateReport report, LineWriter lines)
    {
        if (report.Remarks.IsEmpty)
            return;

        lines.Part();
        lines.Add("not read in pipelines and scripts:");
        foreach (var remark in report.Remarks.Take(GateReport.MostRemarks))
        {
            // A line that begins with a path would be a command to GitHub's runner, were the folder called so.
            var place = ContractWords.Of(remark.Place);
            lines.Add($"  {(place.StartsWith("::", StringComparison.Ordinal) ? "\\" : "")}{place}: {SafeText.Line(remark.Message)}");
        }

        if (report.Remarks.Length > GateReport.MostRemarks)
            lines.Add($"  and {report.Remarks.Length - GateReport.MostRemarks} more");
    }
}
