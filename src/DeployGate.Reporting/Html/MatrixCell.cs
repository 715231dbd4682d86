using DeployGate.Core.Images;
using DeployGate.Core.Uses;

namespace DeployGate.Reporting.Html;

/// <summary>One of the founding cells; with an unknown system, a use that belongs to one of two.</summary>
internal sealed record MatrixCell(Stage Stage, OsType System, OsState Actual, OsState Declared)
{
    /// <summary>The rule that is named after the cell; null where the states agree. The matrix itself knows more columns, and decides.</summary>
    internal string? RuleId => (Stage, Actual, Declared) switch
    {
        (Stage.Upload, OsState.Generalized, OsState.Specialized) => "DG1001",
        (Stage.Upload, OsState.Specialized, OsState.Generalized) => "DG1002",
        (Stage.Capture, OsState.Generalized, OsState.Specialized) => "DG2001",
        (Stage.Capture, OsState.Specialized, OsState.Generalized) => "DG2002",
        _ => null,
    };

    /// <summary>The cell of a use; null outside of the sixteen, or where a state is not known.</summary>
    internal static MatrixCell? Of(JudgedUse judged)
    {
        var use = judged.Use;
        OsState? actual = use.Actual switch { "Generalized" => OsState.Generalized, "Specialized" => OsState.Specialized, _ => null };
        return use.Stage is Stage.Upload or Stage.Capture && use.Declared is { } declared && actual is { } real
            ? new MatrixCell(use.Stage, SystemOf(judged), real, declared)
            : null;
    }

    // A finding knows the system where the use does not tell it.
    private static OsType SystemOf(JudgedUse judged) => judged.Use.OsType != OsType.Unknown
        ? judged.Use.OsType
        : judged.Findings.Concat(judged.Accepted.Select(one => one.Finding)).Select(finding => finding.OsType).FirstOrDefault(system => system != OsType.Unknown, OsType.Unknown);
}
