using System.Globalization;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.GitHub;

/// <summary>
/// One workflow command that annotates a file: <c>::error file=…,line=…,title=…::message</c>. The runner reads it only at
/// the beginning of a line, after blanks. Values must be safe lines already.
/// </summary>
/// <seealso href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands"/>
/// <seealso href="https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts"/>
internal sealed class WorkflowCommand(string kind)
{
    private readonly List<string> _properties = [];

    internal WorkflowCommand With(string name, string value)
    {
        _properties.Add($"{name}={Property(value)}");
        return this;
    }

    internal WorkflowCommand With(string name, int value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    internal WorkflowCommand At(Place place)
    {
        With("file", SafeText.Line(place.Source.Path)).With("line", place.Start.Line).With("endLine", place.End.Line);
        With("col", place.Start.Column);

        // GitHub refuses an annotation with an end column when it spans lines.
        return place.Start.Line == place.End.Line ? With("endColumn", place.End.Column) : this;
    }

    /// <summary>The command's line, the parts of the message one below the other.</summary>
    internal string Line(IEnumerable<string> message)
    {
        var properties = _properties.Count == 0 ? "" : " " + string.Join(',', _properties);
        return $"::{kind}{properties}::{Data(string.Join('\n', message))}";
    }

    private static string Data(string value) => value
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string value) => Data(value)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
