using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DeployGate.Reporting.Lineages;

namespace DeployGate.Reporting.Markdown;

/// <summary>
/// The lineage of a finding as a Mermaid flowchart, which GitHub draws. Every value is a quoted label in which all but letters, digits and a
/// few harmless marks stand as numbers: neither a directive, a link nor markup can begin there.
/// </summary>
/// <seealso href="https://mermaid.js.org/syntax/flowchart.html"/>
/// <seealso href="https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams"/>
internal static class MermaidChart
{
    /// <summary>Characters of a value that a label shows. With the most hops, the chart stays far below the 50,000 that Mermaid draws.</summary>
    private const int MaxLabel = 120;

    /// <summary>The chart with its fence, each line ended; empty where there is nothing to draw.</summary>
    internal static string Of(ImmutableArray<Hop> hops)
    {
        if (hops.IsEmpty)
            return "";

        var chart = new StringBuilder("```mermaid\nflowchart LR\n");
        for (var i = 0; i < hops.Length; i++)
            chart.Append(CultureInfo.InvariantCulture, $"  n{i}[\"{Label(hops[i].Kind)}<br>{Label(hops[i].Name)}<br>{Label(Hop.StateOf(hops[i]))}\"]\n");

        for (var i = 1; i < hops.Length; i++)
            chart.Append(CultureInfo.InvariantCulture, $"  n{i - 1} {Arrow(hops[i - 1], hops[i])} n{i}\n");

        if (hops.Select((hop, index) => (hop, index)).FirstOrDefault(one => one.hop.IsBroken) is { hop: not null } broken)
        {
            chart.Append("  classDef broken stroke:#cf222e,stroke-width:3px\n");
            chart.Append(CultureInfo.InvariantCulture, $"  class n{broken.index} broken\n");
            chart.Append(CultureInfo.InvariantCulture, $"  linkStyle {broken.index - 1} stroke:#cf222e,stroke-width:3px\n");
        }

        return chart.Append("```\n").ToString();
    }

    private static string Arrow(Hop hop, Hop next)
    {
        var said = (hop.From is { Length: > 0 } from ? Label(from) : "", next.IsBroken) switch
        {
            ("", true) => "broken here",
            (var how, true) => $"{how}: broken here",
            (var how, _) => how,
        };
        return said.Length == 0 ? "-->" : $"-->|\"{said}\"|";
    }

    /// <summary>A value as the inside of a quoted label.</summary>
    internal static string Label(string value)
    {
        var line = SafeText.Line(value);
        var label = new StringBuilder();
        var shown = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (shown++ == MaxLabel)
            {
                label.Append('…');
                break;
            }

            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '/' or '_')
                label.Append(rune);
            else
                label.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
        }

        // An empty label would be no label.
        return label.Length == 0 ? " " : label.ToString();
    }
}
