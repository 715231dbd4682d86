using System.Globalization;
using DeployGate.Reporting.Inspections;

namespace DeployGate.Reporting.Diagnoses;

/// <summary>Prints diagnoses for people.</summary>
public static class DiagnosisText
{
    /// <summary>Writes the causes of one failure.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="diagnosis">What is said of it.</param>
    /// <param name="ruleName">The name of a rule; null for one that this version does not have.</param>
    public static void Write(TextWriter output, Diagnosis diagnosis, Func<string, string?> ruleName)
    {
        output.Write($"{SafeText.Line(diagnosis.Subject)}\n");
        foreach (var disk in diagnosis.Disks)
        {
            output.Write($"  disk: {InspectionJson.WordOf(disk.State)}{(disk.Reason.Length == 0 ? "" : $": {SafeText.Line(disk.Reason)}")} ({SafeText.Line(disk.File)})\n");
        }

        if (diagnosis.Findings.IsEmpty)
        {
            output.Write("  no cause found: nothing here tells of a failure that is known. Give the deployment's error, the instance view, or the activity log.\n");
        }

        foreach (var finding in diagnosis.Findings)
        {
            output.Write($"\n{finding.Cause.Name}\n  = what: {SafeText.Line(finding.What)}\n");
            foreach (var item in finding.Evidence)
            {
                var time = item.ReadAt is { } at ? $", {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "";
                output.Write($"  = evidence: {SafeText.Line(item.Value)} ({SafeText.Line(item.Place)}{time})\n");
            }

            output.Write($"  = now: {SafeText.Line(finding.Now)}\n");
            if (!finding.Cause.Rules.IsEmpty)
            {
                output.Write($"  = rule: would have been stopped by {string.Join(" or ", finding.Cause.Rules.Select(id => ruleName(id) is { } name ? $"{id} ({name})" : id))}\n");
            }
        }
    }
}
