using System.Globalization;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting.Terminal;

/// <summary>
/// One finding for a person: message, place, quoted line, explanation. No line begins with a value, not even after
/// blanks: on a CI host it could be a command.
/// </summary>
internal sealed class FindingBlock(LineWriter lines, Palette palette, int width)
{
    internal void Write(Diagnostic finding)
    {
        var place = finding.Location;
        var number = place.Start.Line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        var heading = Colour(finding.Severity, $"{ContractWords.Of(finding.Severity)}[{SafeText.Line(finding.Rule.Id)}]");
        lines.Add($"{heading}: {palette.Strong(SafeText.Line(finding.Message))}");
        lines.Add($"{margin}{palette.Gutter("-->")} {ContractWords.Of(place)}");
        WriteCode(finding, number, margin);
        foreach (var (name, text) in Details(finding, margin.Length))
            lines.Add($"{margin} {palette.Gutter("=")} {palette.Strong(name + ":")} {text}");
    }

    private void WriteCode(Diagnostic finding, string number, string margin)
    {
        var frame = CodeFrame.Of(finding.Location, width - number.Length - " | ".Length);
        var marks = Colour(finding.Severity, new string('^', frame.MarkWidth));
        var bar = palette.Gutter("|");
        lines.Add($"{margin} {bar}");
        lines.Add($"{palette.Gutter(number)} {bar} {frame.Code}".TrimEnd());
        lines.Add($"{margin} {bar} {new string(' ', frame.MarkColumn)}{marks} {Label(finding)}".TrimEnd());
    }

    private static string Label(Diagnostic finding)
    {
        var end = finding.Location.End;
        var label = SafeText.Line(finding.Label);
        return finding.Location.Start.Line == end.Line ? label : $"{label} (ends at {end.Line}:{end.Column})";
    }

    private IEnumerable<(string Name, string Text)> Details(Diagnostic finding, int margin)
    {
        foreach (var related in finding.Related)
            yield return ("at", $"{ContractWords.Of(related.Place)}: {SafeText.Line(related.Message)}");
        if (!finding.Lineage.IsEmpty)
            yield return ("lineage", LineageText.Of(finding.Lineage, width, margin + " = lineage: ".Length));
        foreach (var item in finding.Evidence)
            yield return ("evidence", Evidence(item));
        yield return ("why", SafeText.Line(finding.Why));
        if (finding.AzureAnswer is not null)
            yield return ("azure", SafeText.Line(finding.AzureAnswer));
        yield return ("fix", SafeText.Line(finding.Fix));
        if (!finding.ParameterFiles.IsEmpty)
            yield return ("with", string.Join(", ", finding.ParameterFiles.Select(SafeText.Line)));
        yield return ("help", SafeText.Line(finding.Rule.Page));
    }

    private static string Evidence(EvidenceItem item)
    {
        // People compare days and minutes: whole seconds are enough.
        var read = item.ReadAt is { } time
            ? $", read {ContractWords.ToSecond(time)}"
            : "";
        return $"{SafeText.Line(item.Value)} ({SafeText.Line(item.Place)}{read})";
    }

    private string Colour(Severity severity, string text) => severity switch
    {
        Severity.Error => palette.Error(text),
        Severity.Warning => palette.Warning(text),
        _ => palette.Note(text),
    };
}
