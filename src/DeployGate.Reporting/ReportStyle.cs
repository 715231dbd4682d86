namespace DeployGate.Reporting;

/// <summary>How a person wants to read a report, and what the run around it knows. Formats for machines pay no heed to the first.</summary>
/// <param name="UseColor">True to colour with ANSI SGR sequences; the caller knows of <c>NO_COLOR</c> and of terminals.</param>
/// <param name="IsQuiet">True for errors, unreadable inputs and the gate's line only.</param>
/// <param name="IsVerbose">True to list every use with its verdict; without effect when <paramref name="IsQuiet"/> is set.</param>
/// <param name="Width">
/// Columns that a quoted line of code may take, gutter included; taken as 60 when less, as 200 when more.
/// </param>
public sealed record ReportStyle(bool UseColor = false, bool IsQuiet = false, bool IsVerbose = false, int Width = 120)
{
    /// <summary>The page of a rule in Markdown, by its id; null where there is none. Formats that show pages have none without it.</summary>
    public Func<string, string?> PageOf { get; init; } = _ => null;

    /// <summary>What was checked out, for reports that outlive the run; null where the host does not say.</summary>
    public Checkout? Checkout { get; init; }

    /// <summary>How long the run took; null where outputs are compared.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>The file of a report that leaves nothing out; null where the run writes none.</summary>
    public string? FullReport { get; init; }
}

/// <summary>A repository and a commit in it.</summary>
/// <param name="Repository">The repository's address, absolute.</param>
/// <param name="Revision">The commit; null when not known.</param>
public sealed record Checkout(Uri Repository, string? Revision);
