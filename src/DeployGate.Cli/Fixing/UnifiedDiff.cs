using System.Globalization;
using System.Text;
using DeployGate.Core.Fixes;
using DeployGate.Core.Text;
using DeployGate.Reporting;

namespace DeployGate.Cli.Fixing;

/// <summary>Edits as a unified diff, which <c>git apply</c> and <c>patch</c> take: three lines around each change.</summary>
/// <seealso href="https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html"/>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The diff of one file.</summary>
    /// <param name="path">The path as reports show it.</param>
    /// <param name="source">The file before.</param>
    /// <param name="edits">The edits.</param>
    internal static string Of(string path, SourceText source, IEnumerable<TextEdit> edits)
    {
        var lines = LinesOf(source.Content);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--- a/{SafeText.Line(path)}\n+++ b/{SafeText.Line(path)}\n");
        var shift = 0;
        foreach (var hunk in Hunks(lines, edits))
        {
            var first = Math.Max(0, hunk.First - Context);
            var last = Math.Min(lines.Count - 1, hunk.Last + Context);
            var kept = first < hunk.First || last > hunk.Last;
            var written = hunk.NewLines.Count + (hunk.First - first) + (last - hunk.Last);
            text.Append(CultureInfo.InvariantCulture, $"@@ -{first + 1},{last - first + 1} +{first + 1 + shift - (written == 0 && !kept ? 1 : 0)},{written} @@\n");
            Append(text, ' ', lines.Skip(first).Take(hunk.First - first));
            Append(text, '-', lines.Skip(hunk.First).Take(hunk.Last - hunk.First + 1));
            Append(text, '+', hunk.NewLines);
            Append(text, ' ', lines.Skip(hunk.Last + 1).Take(last - hunk.Last));
            shift += hunk.NewLines.Count - (hunk.Last - hunk.First + 1);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, char mark, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(mark).Append(SafeText.Code(line));
            if (!line.EndsWith('\n'))
            {
                text.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    // Changes whose surroundings would meet are one hunk.
    private static IEnumerable<Hunk> Hunks(List<string> lines, IEnumerable<TextEdit> edits)
    {
        var open = new List<TextEdit>();
        var (first, last) = (0, 0);
        foreach (var edit in edits.OrderBy(edit => edit.Place.Span.Start))
        {
            var (start, end) = (LineAt(lines, edit.Place.Span.Start), LineAt(lines, Math.Max(edit.Place.Span.Start, edit.Place.Span.End - 1)));
            if (open.Count > 0 && start > last + (2 * Context))
            {
                yield return HunkOf(lines, first, last, open);
                open.Clear();
            }

            first = open.Count == 0 ? start : first;
            last = open.Count == 0 ? end : Math.Max(last, end);
            open.Add(edit);
        }

        if (open.Count > 0)
        {
            yield return HunkOf(lines, first, last, open);
        }
    }

    private static Hunk HunkOf(List<string> lines, int first, int last, List<TextEdit> edits)
    {
        var offset = lines.Take(first).Sum(line => line.Length);
        var before = string.Concat(lines.Skip(first).Take(last - first + 1));
        var moved = edits.Select(edit => edit with { Place = new Place(edit.Place.Source, new TextSpan(edit.Place.Span.Start - offset, edit.Place.Span.Length)) });
        return new Hunk(first, last, LinesOf(TextEdit.Apply(before, moved)));
    }

    private static int LineAt(List<string> lines, int offset)
    {
        var line = 0;
        while (line < lines.Count - 1 && offset >= lines[line].Length)
        {
            offset -= lines[line].Length;
            line++;
        }

        return line;
    }

    // Each line with its end; Git knows no other end than \n.
    private static List<string> LinesOf(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private sealed record Hunk(int First, int Last, List<string> NewLines);
}
