using System.Globalization;
using DeployGate.Core.Policies;

namespace DeployGate.Cli.Files;

/// <summary>The <c>@@ -a,b +c,d @@</c> lines of a unified diff: which lines of the new file a hunk shows.</summary>
/// <seealso href="https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html"/>
internal static class HunkHeader
{
    /// <summary>The new file's lines of each hunk, context included; a hunk that leaves nothing gives an empty range.</summary>
    internal static IEnumerable<LineRange> RangesOf(string diff) =>
        diff.Split('\n').Where(line => line.StartsWith("@@ ", StringComparison.Ordinal)).Select(line => Read(line)).OfType<LineRange>();

    /// <summary>The range that a header names; its last line lies before its first where nothing is left. Null when it is no header.</summary>
    internal static LineRange? Read(ReadOnlySpan<char> header) => Side(header, '+') is { } shown ? new LineRange(shown.First, shown.First + shown.Count - 1) : null;

    /// <summary>Number of lines that follow a header of a diff without context: those that went and those that came; 0 when it is no header.</summary>
    internal static long LinesOf(ReadOnlySpan<char> header) => (long)(Side(header, '-')?.Count ?? 0) + (Side(header, '+')?.Count ?? 0);

    // "-first,count" or "+first,count"; without a count it is one line.
    private static (int First, int Count)? Side(ReadOnlySpan<char> header, char sign)
    {
        var start = header.IndexOf(sign);
        var end = start < 0 ? -1 : header[start..].IndexOf(' ');
        if (end < 0)
        {
            return null;
        }

        var words = header.Slice(start + 1, end - 1);
        var comma = words.IndexOf(',');
        var count = 1;
        var isRead = Number(comma < 0 ? words : words[..comma], out var first) && (comma < 0 || Number(words[(comma + 1)..], out count));
        return isRead && first <= int.MaxValue - count ? (first, count) : null;
    }

    private static bool Number(ReadOnlySpan<char> word, out int number) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
