using System.Globalization;
using DeployGate.Core.Reports;

namespace DeployGate.Reporting.Terminal;

/// <summary>The last lines: whether the gate is open, then what was looked at, and how long that took where the caller says it.</summary>
internal static class ClosingBlock
{
    internal static string GateLine(GateReport report, Palette palette)
    {
        var word = ClosingWords.State(report);
        var shown = word.ToUpperInvariant();
        return $"gate: {(word == "open" ? palette.Good(shown) : palette.Error(shown))} - {ClosingWords.Counts(report)}";
    }

    internal static string CheckedLine(GateReport report, TimeSpan? elapsed) =>
        $"checked: {ClosingWords.Checked(report)}{(elapsed is { } time ? $" (in {Duration(time)})" : "")}";

    // Tenths of a second are what a person feels; below that, it was at once.
    private static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 0.1 => "less than 0.1 s",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };
}
