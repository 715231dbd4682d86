namespace DeployGate.Reporting.Html;

/// <summary>The page as it grows, line by line. No line begins with a value: a page that lands in a log commands nothing.</summary>
internal sealed class HtmlPage(TextWriter output)
{
    internal void Line(string line)
    {
        output.Write(line);
        output.Write('\n');
    }

    /// <summary>Opens a section with its heading; the title is the page's own text.</summary>
    internal void Open(string id, string title)
    {
        Line($"<section id=\"{id}\" aria-labelledby=\"{id}-title\">");
        Line($"<h2 id=\"{id}-title\">{title}</h2>");
    }

    internal void Close() => Line("</section>");

    /// <summary>A table; captions and columns are the page's own text, cells are HTML already.</summary>
    internal void Table(string caption, string[] columns, IEnumerable<string[]> rows)
    {
        Line($"<div class=\"wide\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table><caption>{caption}</caption>");
        Line($"<thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\">{column}</th>"))}</tr></thead><tbody>");
        foreach (var row in rows)
            Line($"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>");
        Line("</tbody></table></div>");
    }
}
