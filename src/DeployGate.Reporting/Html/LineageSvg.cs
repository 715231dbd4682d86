using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DeployGate.Reporting.Lineages;

namespace DeployGate.Reporting.Html;

/// <summary>The lineage of a finding as a picture: boxes from the use down to the origin, the broken way between them marked.</summary>
/// <seealso href="https://www.w3.org/TR/SVG2/"/>
internal static class LineageSvg
{
    private const int Width = 400;
    private const int Box = 66;
    private const int Gap = 40;
    private const int MostCharacters = 46;

    /// <summary>The figure; empty where there is nothing to draw. Values that are cut in a box are whole in its title, and in the text for readers.</summary>
    internal static string Of(ImmutableArray<Hop> hops)
    {
        if (hops.IsEmpty)
            return "";

        var height = (hops.Length * (Box + Gap)) - Gap + 4;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure class=\"lineage\"><svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"Lineage: {HtmlText.Of(Hop.Sentence(hops))}\">");
        for (var i = 0; i < hops.Length; i++)
        {
            var top = 2 + (i * (Box + Gap));
            AppendBox(svg, hops[i], top);
            if (i + 1 < hops.Length)
                AppendWay(svg, hops[i], hops[i + 1], top + Box);
        }

        return svg.Append("</svg><figcaption>From the use to the origin of its image</figcaption></figure>").ToString();
    }

    private static void AppendBox(StringBuilder svg, Hop hop, int top)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{(hop.IsBroken ? "node broken" : "node")}\"><title>{HtmlText.Of(hop.Id)}</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"2\" y=\"{top}\" width=\"{Width - 4}\" height=\"{Box}\" rx=\"8\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"kind\" x=\"16\" y=\"{top + 19}\">{HtmlText.Short(hop.Kind, MostCharacters)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"16\" y=\"{top + 38}\">{HtmlText.Short(hop.Name, MostCharacters)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"state\" x=\"16\" y=\"{top + 56}\">{HtmlText.Cut(hop.State, MostCharacters + 6)}</text>");
        if (hop.Really is { } really)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"really\" x=\"{Width - 16}\" y=\"{top + 19}\" text-anchor=\"end\">really {HtmlText.Cut(really, 20)}</text>");
        svg.Append("</g>");
    }

    private static void AppendWay(StringBuilder svg, Hop hop, Hop next, int top)
    {
        var end = top + Gap;
        var said = (hop.From, next.IsBroken) switch
        {
            ({ Length: > 0 } from, true) => $"{from}: broken here",
            (_, true) => "broken here",
            (var from, _) => from ?? "",
        };
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{(next.IsBroken ? "way broken" : "way")}\"><path class=\"line\" d=\"M32 {top} V{end - 8}\"/><path class=\"head\" d=\"M26 {end - 9} h12 l-6 8 Z\"/>");
        if (next.IsBroken)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"cross\" d=\"M25 {top + 9} l14 14 m0 -14 l-14 14\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"52\" y=\"{top + 22}\">{HtmlText.Short(said, MostCharacters)}</text></g>");
    }
}
