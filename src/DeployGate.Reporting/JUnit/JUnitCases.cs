using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.JUnit;

/// <summary>Makes tests of a report: of every use, of every finding that belongs to none, and of every input that is wrong.</summary>
internal static class JUnitCases
{
    internal static IEnumerable<JUnitCase> Of(GateReport report)
    {
        var joined = UseFindings.Of(report);
        return
        [
            .. joined.Uses.Select(OfUse),
            .. joined.Others.Select(finding => OfFindings(finding.Location.Source.Path, NameOf(finding), IsOfUnknown(finding), [finding], [])),
            .. joined.AcceptedOthers.Select(one => OfFindings(one.Finding.Location.Source.Path, NameOf(one.Finding), false, [], [one])),
            .. report.Errors.Select(OfError),
        ];
    }

    private static JUnitCase OfUse(JudgedUse judged)
    {
        var use = judged.Use;
        var one = OfFindings(use.Location.Source.Path, NameOf(use), use.Verdict == Verdict.Undecided, judged.Findings, judged.Accepted);
        var isExplained = one.Result != JUnitResult.Passed || !judged.Accepted.IsEmpty;

        // A blocked use passes under no circumstances, also where its finding could not be told from another's.
        return use.Verdict != Verdict.Blocked || isExplained
            ? one
            : one with { Result = JUnitResult.Failure, Outcomes = [new JUnitOutcome("blocked", $"blocked: declared {ContractWords.Of(use.Declared)}, actual {use.Actual}", [])] };
    }

    private static JUnitCase OfFindings(string file, string name, bool isUndecided, ImmutableArray<Diagnostic> findings, ImmutableArray<SuppressedFinding> accepted)
    {
        var failures = findings.Where(finding => finding.Severity == Severity.Error).ToImmutableArray();
        ImmutableArray<string> remarks = [.. accepted.Select(Line), .. findings.Where(finding => finding.Severity != Severity.Error).SelectMany(Lines)];
        if (!failures.IsEmpty)
            return new JUnitCase(file, name, JUnitResult.Failure, [.. failures.Select(OutcomeOf)], remarks);

        if (!isUndecided)
            return new JUnitCase(file, name, JUnitResult.Passed, [], remarks);

        var reason = findings.Select(finding => new JUnitOutcome(finding.Rule.Id, finding.Message, [.. Explanation(finding)])).FirstOrDefault()
            ?? new JUnitOutcome("undecided", "not enough is known of the image to decide", []);
        return new JUnitCase(file, name, JUnitResult.Skipped, [reason], [.. accepted.Select(Line)]);
    }

    private static JUnitCase OfError(InputError error)
    {
        var name = $"{(error.IsUnreadable ? "input" : "remark on the input")} {ContractWords.Of(error.File, error.Position)}";
        return error.IsUnreadable
            ? new JUnitCase(error.File, name, JUnitResult.Error, [new JUnitOutcome("unreadable-input", error.Message, [$"fix: {error.Fix}"])], [])
            : new JUnitCase(error.File, name, JUnitResult.Passed, [], [$"remark: {error.Message}", $"fix: {error.Fix}"]);
    }

    private static string NameOf(UseReport use) =>
        $"{ContractWords.Of(use.Stage)} {LineageText.ShortId(use.Image)} as {ContractWords.Of(use.Declared)} at {ContractWords.Of(use.Location)}";

    private static string NameOf(Diagnostic finding) => $"{finding.Rule.Name} at {ContractWords.Of(finding.Location)}";

    private static bool IsOfUnknown(Diagnostic finding) => finding.Rule.Id is "DG9001" or "DG9002";

    private static JUnitOutcome OutcomeOf(Diagnostic finding) => new(finding.Rule.Id, finding.Message, [.. Explanation(finding)]);

    private static IEnumerable<string> Lines(Diagnostic finding) =>
        [$"{ContractWords.Of(finding.Severity)} {finding.Rule.Id}: {finding.Message}", .. Explanation(finding)];

    private static string Line(SuppressedFinding one)
    {
        var until = one.By.Expires is { } day ? $" until {day:yyyy-MM-dd}" : "";
        return $"accepted ({ContractWords.Of(one.By.Kind)}{until}): {one.Finding.Rule.Id}: {one.Finding.Message}; reason: {one.By.Reason}";
    }

    private static IEnumerable<string> Explanation(Diagnostic finding)
    {
        yield return $"at: {ContractWords.Of(finding.Location)}";
        foreach (var related in finding.Related)
            yield return $"at: {ContractWords.Of(related.Place)}: {related.Message}";
        foreach (var step in finding.Lineage)
            yield return $"lineage: {step.Kind} '{step.Id}' [{step.State}]{(step.From is null ? "" : $" <- {step.From}")}";
        foreach (var item in finding.Evidence)
            yield return $"evidence: {item.Value} ({item.Place})";
        yield return $"why: {finding.Why}";
        if (finding.AzureAnswer is not null)
            yield return $"azure: {finding.AzureAnswer}";
        yield return $"fix: {finding.Fix}";
        if (!finding.ParameterFiles.IsEmpty)
            yield return $"with: {string.Join(", ", finding.ParameterFiles)}";
        yield return $"help: {finding.Rule.Page}";
        yield return $"fingerprint: {finding.Fingerprint}";
    }
}
