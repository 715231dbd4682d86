using DeployGate.Core.Reports;

namespace DeployGate.Reporting;

/// <summary>The explanation that CI hosts show beside a line: the parts of it as safe lines, the first of which stands alone.</summary>
internal static class AnnotationText
{
    internal static IEnumerable<string> Of(Diagnostic finding)
    {
        yield return SafeText.Line(finding.Message);
        yield return $"why: {SafeText.Line(finding.Why)}";
        yield return $"fix: {SafeText.Line(finding.Fix)}";
        if (finding.AzureAnswer is not null)
            yield return $"azure: {SafeText.Line(finding.AzureAnswer)}";
    }

    internal static IEnumerable<string> Of(InputError error) =>
        [SafeText.Line(error.Message), $"fix: {SafeText.Line(error.Fix)}"];
}
