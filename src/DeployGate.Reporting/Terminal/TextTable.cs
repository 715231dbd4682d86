using System.Text;

namespace DeployGate.Reporting.Terminal;

/// <summary>A table of text with one line for each row: columns as wide as their widest cell, the last one cut where the line would be too long.</summary>
public static class TextTable
{
    private const string Between = "  ";

    /// <summary>Writes the heading, a rule, and the rows; a missing cell is empty. Lines are at most <paramref name="width"/> long, but never cut before the last column.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int width)
    {
        var safe = rows.Select(row => row.Select(cell => SafeText.Line(cell)).ToArray()).ToList();
        var widths = columns.Select((column, index) => safe.Select(row => Cell(row, index).Length).Append(column.Length).Max()).ToArray();
        var lines = new LineWriter(output);
        lines.Add(Row(columns, widths, width));
        lines.Add(Row([.. widths.Select((size, index) => new string('-', index + 1 < widths.Length ? size : columns[index].Length))], widths, width));
        foreach (var row in safe)
            lines.Add(Row(row, widths, width));
    }

    private static string Row(IReadOnlyList<string> cells, int[] widths, int width)
    {
        var line = new StringBuilder();
        for (var index = 0; index + 1 < widths.Length; index++)
            line.Append(Cell(cells, index).PadRight(widths[index])).Append(Between);

        var last = Cell(cells, widths.Length - 1);
        var room = Math.Max(12, width - line.Length);
        line.Append(last.Length <= room ? last : last[..(char.IsHighSurrogate(last[room - 2]) ? room - 2 : room - 1)] + "…");
        return line.ToString().TrimEnd();
    }

    private static string Cell(IReadOnlyList<string> cells, int index) => index < cells.Count ? cells[index] : "";
}
