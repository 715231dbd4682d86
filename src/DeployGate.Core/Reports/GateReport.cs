using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Rules;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Reports;

/// <summary>All that a run learnt, ready to print; the order of each list is the order of the reports.</summary>
/// <param name="ToolVersion">The version of the tool.</param>
/// <param name="Findings">Findings that are not off, errors first, then by file and line.</param>
/// <param name="Uses">Every use that was looked at, also the allowed ones.</param>
/// <param name="Errors">What could not be read, or is wrong in the input.</param>
/// <param name="Templates">Number of templates evaluated.</param>
/// <param name="Pipelines">Number of pipelines followed.</param>
public sealed record GateReport(
    string ToolVersion,
    ImmutableArray<Diagnostic> Findings,
    ImmutableArray<UseReport> Uses,
    ImmutableArray<InputError> Errors,
    int Templates,
    int Pipelines)
{
    /// <summary>The most remarks that one report shows.</summary>
    public const int MostRemarks = 100;

    /// <summary>What of the followed pipelines and scripts was not read, and why; no problem by itself.</summary>
    public ImmutableArray<StepRemark> Remarks { get; init; } = [];

    /// <summary>What waivers and the baseline accept: told in every machine's report, and counted as nothing.</summary>
    public ImmutableArray<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>Number of uses that were left out because nothing about them was changed (<c>--changed-since</c>).</summary>
    public int Untouched { get; init; }

    /// <summary>Number of resources that policies were asked about: with some, a run without uses has checked something.</summary>
    public int AskedResources { get; init; }

    /// <summary>Which part of a divided run this is (<c>--shard</c>); null for a whole run.</summary>
    public ReportPart? Part { get; init; }

    /// <summary>True when a finding at severity error closes the gate.</summary>
    public bool IsClosed => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Number of uses with a verdict.</summary>
    public int Count(Verdict verdict) => Uses.Count(use => use.Verdict == verdict);
}

/// <summary>One use that was looked at.</summary>
/// <param name="Location">Where the state was declared, or the image named.</param>
/// <param name="Stage">What is done with the image.</param>
/// <param name="Image">The image as far as it is known, in one line.</param>
/// <param name="Declared">The declared state; null when not known.</param>
/// <param name="Actual">As in <see cref="Diagnostic.Actual"/>.</param>
/// <param name="Verdict">What the gate says.</param>
public sealed record UseReport(Place Location, Stage Stage, string Image, OsState? Declared, string Actual, Verdict Verdict)
{
    /// <summary>The image as far as it is known, in one line.</summary>
    public string Image { get; init; } = RecentTexts.Of(Image);

    /// <summary>The operating system, as far as it is known.</summary>
    public OsType OsType { get; init; }

    /// <summary>The chain of artifacts from the use back to the origin.</summary>
    public ImmutableArray<LineageStep> Lineage { get; init; } = [];

    /// <summary>The uses that differ in what reports show, in their order.</summary>
    public static ImmutableArray<UseReport> Distinct(IEnumerable<UseReport> uses) => [.. uses.DistinctBy(ShownOf, StringComparer.Ordinal)];

    // One text: comparing records member by member makes a dozen types at the first comparison, which no start should wait for.
    private static string ShownOf(UseReport use) => string.Create(
        CultureInfo.InvariantCulture,
        $"{use.Location.Source.Path}|{use.Location.Span.Start}|{use.Location.Span.Length}|{(int)use.Stage}|{(int?)use.Declared}|{(int)use.Verdict}|{use.Image.Length}|{use.Image}{use.Actual}");
}

/// <summary>Something that could not be read or evaluated: what, where, and what to do.</summary>
/// <param name="File">The path as reports show it.</param>
/// <param name="Position">The line and column; null when the whole file is meant.</param>
/// <param name="Message">What is wrong and why.</param>
/// <param name="Fix">What to do.</param>
/// <param name="IsUnreadable">True when something was left unread because of it (exit code 3); false for a remark on what could be read.</param>
public sealed record InputError(string File, LinePosition? Position, string Message, string Fix, bool IsUnreadable = true)
{
    /// <summary>What is wrong and why.</summary>
    public string Message { get; init; } = RecentTexts.Of(Message);

    /// <summary>What to do.</summary>
    public string Fix { get; init; } = RecentTexts.Of(Fix);

    /// <summary>Each once, by file and place: the same order whatever found them first.</summary>
    public static ImmutableArray<InputError> InOrder(IEnumerable<InputError> errors)
    {
        var kept = new List<InputError>();
        foreach (var error in errors.Order(ReportOrder.Instance))
        {
            if (kept.Count == 0 || ReportOrder.CompareShown(kept[^1], error) != 0)
            {
                kept.Add(error);
            }
        }

        return [.. kept];
    }
}
