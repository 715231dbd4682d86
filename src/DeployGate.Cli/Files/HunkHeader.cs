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
    internal static LineRange? Read(ReadOnlySpan<char> header)
    {
        var plus = header.IndexOf('+');
        var end = plus < 0 ? -1 : header[plus..].IndexOf(' ');
        if (end < 0)
        {
            return null;
        }

        var words = header.Slice(plus + 1, end - 1).ToString().Split(',');
        var isRead = int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first);
        var count = 1;
        isRead &= words.Length == 1 || int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out count);
        return isRead ? new LineRange(first, first + count - 1) : null;
    }
}
