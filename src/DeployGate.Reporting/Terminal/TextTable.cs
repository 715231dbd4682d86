using Spectre.Console;
using Spectre.Console.Rendering;

namespace DeployGate.Reporting.Terminal;

/// <summary>A table of text: a heading, a rule, and the rows, whose cells are broken into several lines where they have no room in one.</summary>
public static class TextTable
{
    /// <summary>The fewest columns that a table is squeezed into; a narrower terminal breaks the lines itself.</summary>
    private const int LeastWidth = 60;

    /// <summary>Writes the table in lines of at most <paramref name="width"/> columns, in ASCII and without colour but for the values; a missing cell is empty.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int width)
    {
        var table = new Table { Border = Rule.Instance, Expand = false };
        for (var index = 0; index < columns.Count; index++)
            table.AddColumn(new TableColumn(new Text(columns[index])) { Padding = new Padding(0, 0, index + 1 < columns.Count ? 2 : 0, 0), NoWrap = index == 0 });

        foreach (var row in rows)
            table.AddRow(Enumerable.Range(0, columns.Count).Select(index => new Text(index < row.Count ? SafeText.Line(row[index]) : "")));

        var lines = new LineWriter(output);
        // Columns are kept free for a frame's edges and separators, which this one does not have.
        foreach (var line in Drawn(table, Math.Max(LeastWidth, width) + columns.Count + 1))
            lines.Add(line);
    }

    private static IEnumerable<string> Drawn(Table table, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(table);
        return text.ToString().Trim('\r', '\n').Split('\n').Select(line => line.TrimEnd());
    }

    /// <summary>No frame: only the rule below the heading, which every code page has.</summary>
    private sealed class Rule : TableBorder
    {
        internal static readonly Rule Instance = new();

        public override string GetPart(TableBorderPart part) => part switch
        {
            TableBorderPart.HeaderBottom => "-",
            _ => "",
        };
    }
}
