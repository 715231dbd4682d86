using System.Collections.Immutable;
using DeployGate.Core.Reports;

namespace DeployGate.Reporting.Terminal;

/// <summary>The chain of artifacts: <c>kind 'id' [state] &lt;- (captured) kind 'id' [state]</c>, from the use to the origin.</summary>
internal static class LineageText
{
    /// <summary>On one line if it fits in <paramref name="width"/> columns after <paramref name="indent"/>, else an artifact a line.</summary>
    internal static string Of(ImmutableArray<LineageStep> steps, int width, int indent)
    {
        var parts = steps.Select((step, i) => i == 0 ? Artifact(step) : Arrow(steps[i - 1]) + Artifact(step)).ToList();
        var line = string.Join(' ', parts);
        return indent + line.Length <= width ? line : string.Join("\n" + new string(' ', indent), parts);
    }

    private static string Arrow(LineageStep step) => step.From is { Length: > 0 } from ? $"<- ({SafeText.Line(from)}) " : "<- ";

    private static string Artifact(LineageStep step) =>
        $"{SafeText.Line(step.Kind)} '{SafeText.Line(ShortId(step.Id))}' [{SafeText.Line(step.State)}]";

    /// <summary>
    /// Keeps what tells artifacts apart: of an ARM id the names after the last provider (the kind says the type), of an address
    /// all but its query. Reports for machines have the whole id.
    /// </summary>
    internal static string ShortId(string id)
    {
        const string Providers = "/providers/";
        if (id.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && id.IndexOf('?', StringComparison.Ordinal) is > 0 and var query)
            return id[..query];

        var at = id.LastIndexOf(Providers, StringComparison.OrdinalIgnoreCase);
        if (!id.StartsWith('/') || at < 0)
            return id;

        var segments = id[(at + Providers.Length)..].Split('/');
        return segments.Length < 3 || segments.Length % 2 == 0 ? id : string.Join('/', segments.Where((_, i) => i > 0 && i % 2 == 0));
    }
}
