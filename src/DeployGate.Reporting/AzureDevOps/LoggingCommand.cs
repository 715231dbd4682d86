using System.Globalization;
using System.Text;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.AzureDevOps;

/// <summary>
/// One <c>task.logissue</c> command: <c>##vso[task.logissue type=error;sourcepath=…;]message</c>. The agent reads it
/// anywhere in a line. Values must be safe lines already.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands"/>
internal sealed class LoggingCommand
{
    private readonly StringBuilder _line = new("##vso[task.logissue ");

    internal LoggingCommand(string type) => With("type", type);

    internal LoggingCommand With(string name, string value)
    {
        _line.Append(name).Append('=').Append(Property(value)).Append(';');
        return this;
    }

    internal LoggingCommand At(string path, LinePosition? position)
    {
        With("sourcepath", SafeText.Line(path));
        if (position is { } at)
        {
            With("linenumber", at.Line.ToString(CultureInfo.InvariantCulture));
            With("columnnumber", at.Column.ToString(CultureInfo.InvariantCulture));
        }

        return this;
    }

    /// <summary>The command's line, the parts of the message one below the other.</summary>
    internal string Line(IEnumerable<string> message) => $"{_line}]{Data(string.Join('\n', message))}";

    // The agent decodes %AZP25, not %25, so that tasks older than the escape keep their percent signs.
    internal static string Data(string value) => value
        .Replace("%", "%AZP25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string value) => Data(value)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace("]", "%5D", StringComparison.Ordinal);
}
