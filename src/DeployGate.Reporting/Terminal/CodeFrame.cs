using System.Globalization;
using System.Text;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.Terminal;

/// <summary>
/// The line of code under a message, with the columns to mark. All is counted in columns of the terminal, from zero:
/// a tab goes to the next multiple of four, an escape takes as many columns as it has characters.
/// </summary>
/// <param name="Code">The safe text of the line, or of the part around the range with <c>…</c> where it was cut.</param>
/// <param name="MarkColumn">Where the marked range begins in <paramref name="Code"/>.</param>
/// <param name="MarkWidth">Columns to mark; at least one, also for an empty range.</param>
internal sealed record CodeFrame(string Code, int MarkColumn, int MarkWidth)
{
    private const int TabWidth = 4;

    private static readonly string[] s_ascii = Ascii();

    /// <summary>Quotes the first line of a place in at most <paramref name="width"/> columns.</summary>
    internal static CodeFrame Of(Place place, int width)
    {
        var line = QuotedLine.Of(place.Source, place.Start.Line);
        var first = Math.Min(place.Start.Column - 1, line.Length);
        var last = place.End.Line == place.Start.Line ? Math.Min(place.End.Column - 1, line.Length) : line.Length;

        // A minified template is one line of megabytes: look only at what could be shown.
        var from = Align(line, first - (2 * width));
        var to = Math.Min(line.Length, first + (2 * width));
        var cells = Cells(line, from, to);
        var total = ColumnOf(cells, to);
        var mark = ColumnOf(cells, first);
        var markEnd = ColumnOf(cells, Math.Min(last, to));
        var isWhole = from == 0 && to == line.Length && total <= width;
        return isWhole
            ? new CodeFrame(Join(cells, 0, total), mark, Math.Max(1, markEnd - mark))
            : Window(cells, (mark, markEnd, total), (from > 0, to < line.Length), width);
    }

    private static CodeFrame Window(
        List<Cell> cells, (int Mark, int MarkEnd, int Total) columns, (bool Before, bool After) isCut, int width)
    {
        // Two columns go to the ellipses. The range stands in the middle if it fits, else near the left.
        var room = width - 2;
        var context = Math.Max(room / 4, (room - (columns.MarkEnd - columns.Mark)) / 2);
        var start = Math.Clamp(columns.Mark - context, 0, Math.Max(0, columns.Total - room));

        // Begin with a whole cell: the marks count from where the text really begins.
        var whole = cells.FindIndex(cell => cell.Column >= start);
        start = whole >= 0 ? cells[whole].Column : start;
        var end = Math.Min(columns.Total, start + room);
        var before = isCut.Before || start > 0 ? "…" : "";
        var after = isCut.After || end < columns.Total ? "…" : "";
        var mark = columns.Mark - start + before.Length;
        var markWidth = Math.Max(1, Math.Min(columns.MarkEnd, end) - columns.Mark);
        return new CodeFrame(before + Join(cells, start, end) + after, mark, markWidth);
    }

    private static int Align(string line, int index) =>
        index <= 0 ? 0 : char.IsLowSurrogate(line[index]) ? index - 1 : index;

    private static List<Cell> Cells(string line, int from, int to)
    {
        var cells = new List<Cell>(to - from);
        var text = new StringBuilder();
        var column = 0;
        for (var index = from; index < to;)
        {
            // Nearly every character is one of these, and is shown as it is.
            if (line[index] is >= ' ' and <= '~' and not '[')
            {
                cells.Add(new Cell(s_ascii[line[index] - ' '], index, column, 1));
                column++;
                index++;
                continue;
            }

            text.Clear();
            var taken = line[index] == '\t' ? AppendTab(text, column) : SafeText.AppendCharacter(text, line, index);
            var shown = text.ToString();
            var width = CellWidth(shown);
            cells.Add(new Cell(shown, index, column, width));
            column += width;
            index += taken;
        }

        return cells;
    }

    private static string[] Ascii()
    {
        var texts = new string['~' - ' ' + 1];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = ((char)(' ' + i)).ToString();

        return texts;
    }

    private static int AppendTab(StringBuilder text, int column)
    {
        text.Append(' ', TabWidth - (column % TabWidth));
        return 1;
    }

    // A range may begin or end inside a surrogate pair: the cell that holds the index counts.
    private static int ColumnOf(List<Cell> cells, int index)
    {
        var next = cells.FindIndex(cell => cell.Index >= index);
        return next >= 0 ? cells[next].Column : cells.Count == 0 ? 0 : cells[^1].Column + cells[^1].Width;
    }

    private static string Join(List<Cell> cells, int start, int end)
    {
        var text = new StringBuilder(end - start);
        foreach (var cell in cells)
        {
            if (cell.Column >= start && cell.Column + cell.Width <= end)
                text.Append(cell.Text);
        }

        return text.ToString();
    }

    private static int CellWidth(string shown)
    {
        if (shown.Length > 2 || !Rune.TryGetRuneAt(shown, 0, out var rune) || rune.Utf16SequenceLength != shown.Length)
            return shown.Length;

        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
            : IsWide(rune.Value) ? 2 : 1;
    }

    // The blocks that terminals draw two columns wide, after Unicode's East Asian Width (https://www.unicode.org/reports/tr11/).
    private static bool IsWide(int scalar) => scalar
        is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);

    private readonly record struct Cell(string Text, int Index, int Column, int Width);
}
