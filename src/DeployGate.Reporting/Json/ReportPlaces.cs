using System.Text;
using System.Text.Json;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.Json;

/// <summary>
/// The places of a report that was written before. Their files are read again where they are at hand and still have all places; else a text of
/// blanks stands for the file, in which every place has its line and column.
/// </summary>
internal sealed class ReportPlaces
{
    /// <summary>No file that the gate reads has more lines, or longer ones.</summary>
    private const int Farthest = 4 * 1024 * 1024;

    /// <summary>The most blanks that stand for the files of one report, in code units.</summary>
    private const long MostBlanks = 16L * 1024 * 1024;

    private readonly Dictionary<string, SourceText> _texts = new(StringComparer.Ordinal);

    private ReportPlaces()
    {
    }

    /// <summary>Looks at all places of a report once; null when one lies where no file has a place.</summary>
    /// <param name="report">The whole document.</param>
    /// <param name="textOf">The text of a file by its path in the report; null where it is not at hand.</param>
    internal static ReportPlaces? Of(JsonElement report, Func<string, SourceText?> textOf)
    {
        var found = new Dictionary<string, HashSet<LinePosition>>(StringComparer.Ordinal);
        var places = new ReportPlaces();
        Collect(report, found);
        var blanks = 0L;
        foreach (var (file, positions) in found)
        {
            if (positions.Any(position => position.Line is < 1 or > Farthest || position.Column is < 1 or > Farthest))
            {
                return null;
            }

            if (textOf(file) is { } real && positions.All(position => real.PositionOf(Offset(real, position)) == position))
            {
                places._texts[file] = real;
                continue;
            }

            var columns = positions.GroupBy(position => position.Line).ToDictionary(line => line.Key, line => line.Max(position => position.Column) - 1);
            blanks += columns.Keys.Max() + columns.Values.Sum(column => (long)column);
            if (blanks > MostBlanks)
            {
                return null;
            }

            places._texts[file] = Blank(file, columns);
        }

        return places;
    }

    /// <summary>The place of a <c>location</c>; null when it is none.</summary>
    internal Place? At(JsonElement location)
    {
        if (Ends(location) is not var (file, start, end))
        {
            return null;
        }

        var text = _texts[file];
        return new Place(text, new TextSpan(Offset(text, start), Math.Max(0, Offset(text, end) - Offset(text, start))));
    }

    private static int Offset(SourceText text, LinePosition position) => text.StartOf(position.Line) + position.Column - 1;

    private static void Collect(JsonElement element, Dictionary<string, HashSet<LinePosition>> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, found);
                }

                break;
            case JsonValueKind.Object:
                if (Ends(element) is var (file, start, end))
                {
                    var positions = found.TryGetValue(file, out var known) ? known : found[file] = [];
                    positions.Add(start);
                    positions.Add(end);
                }

                foreach (var member in element.EnumerateObject())
                {
                    Collect(member.Value, found);
                }

                break;
            default:
                break;
        }
    }

    private static (string File, LinePosition Start, LinePosition End)? Ends(JsonElement location)
    {
        if (location.ValueKind != JsonValueKind.Object || !location.TryGetProperty("file", out var file) || file.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return Number(location, "line") is { } line && Number(location, "column") is { } column && Number(location, "endLine") is { } endLine && Number(location, "endColumn") is { } endColumn
            ? (file.GetString()!, new LinePosition(line, column), new LinePosition(endLine, endColumn))
            : null;
    }

    private static int? Number(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) ? number : null;

    private static SourceText Blank(string file, Dictionary<int, int> columns)
    {
        var last = columns.Keys.Max();
        var text = new StringBuilder();
        for (var line = 1; line <= last; line++)
        {
            text.Append(' ', columns.GetValueOrDefault(line));
            if (line < last)
            {
                text.Append('\n');
            }
        }

        return new SourceText(file, text.ToString());
    }
}
