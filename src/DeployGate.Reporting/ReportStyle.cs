namespace DeployGate.Reporting;

/// <summary>How a person wants to read a report. Formats for machines pay no heed to it.</summary>
/// <param name="UseColor">True to colour with ANSI SGR sequences; the caller knows of <c>NO_COLOR</c> and of terminals.</param>
/// <param name="IsQuiet">True for errors, unreadable inputs and the gate's line only.</param>
/// <param name="IsVerbose">True to list every use with its verdict; without effect when <paramref name="IsQuiet"/> is set.</param>
/// <param name="Width">
/// Columns that a quoted line of code may take, gutter included; taken as 60 when less, as 200 when more.
/// </param>
public sealed record ReportStyle(bool UseColor = false, bool IsQuiet = false, bool IsVerbose = false, int Width = 120);
