using System.Globalization;
using System.Text;
using System.Text.Json;
using DeployGate.Reporting.Tests.Html;
using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.Reporting.Tests;

public sealed class HostileValuesTests
{
    public static TheoryData<string, string> Cases => HostileReport.Cases();

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_value_reaches_beyond_its_place(string format, string field)
    {
        var harmless = Sample.Write(format, HostileReport.Fields[field]("harmless"), new ReportStyle(IsVerbose: true, Width: 200));
        foreach (var value in HostileReport.Values)
        {
            var written = Sample.Write(format, HostileReport.Fields[field](value), new ReportStyle(IsVerbose: true, Width: 200));
            var lines = written.Split('\n');

            Assert.Equal(harmless.Split('\n').Length, lines.Length);
            Assert.DoesNotContain(written.EnumerateRunes(), IsActive);
            Assert.True(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(written)) == written, "A lone surrogate was written.");
            CheckFormat(format, field, value, written, lines);
        }
    }

    private static void CheckFormat(string format, string field, string value, string written, string[] lines)
    {
        switch (format)
        {
            case "text":
                Assert.All(lines, AssertNoCommand);
                break;
            case "github":
                Assert.All(lines[..^1], AssertAnnotation);
                break;
            case "azure-pipelines":
                Assert.All(lines[..^1], AssertIssue);
                break;
            case "json":
                Assert.All(lines, AssertNoCommand);
                AssertSameValue(field, value, written);
                break;
            case "markdown":
                Assert.All(lines, AssertNoCommand);
                Assert.Empty(MarkdownCheck.Errors(written));
                break;
            case "html":
                Assert.All(lines, AssertNoCommand);
                Assert.Empty(HtmlCheck.Errors(written));
                break;
            case "junit":
                Assert.All(lines, AssertNoCommand);
                Assert.Empty(JUnitSchemaCheck.Errors(written));
                break;
            default:
                Assert.All(lines, AssertNoCommand);
                Assert.Empty(JsonSchemaCheck.Errors("sarif-2.1.0.schema.json", written));
                break;
        }
    }

    // As the hosts look for commands: by culture, anywhere in the line for the bracket forms.
    private static void AssertNoCommand(string line)
    {
        Assert.False(line.TrimStart().StartsWith("::", StringComparison.InvariantCulture), line);
        Assert.False(line.Contains("##vso[", StringComparison.InvariantCultureIgnoreCase), line);
        Assert.False(line.Contains("##[", StringComparison.InvariantCulture), line);
    }

    private static void AssertAnnotation(string line)
    {
        var command = line[2..line.IndexOf("::", 2, StringComparison.Ordinal)];
        var parts = command.Split(' ', 2);

        Assert.StartsWith("::", line, StringComparison.Ordinal);
        Assert.Contains(parts[0], (string[])["error", "warning", "notice"]);
        Assert.All(
            parts[1].Split(','),
            property => Assert.Contains(property.Split('=')[0], (string[])["file", "line", "endLine", "col", "endColumn", "title"]));
        AssertNoCommand(line[2..]);
    }

    private static void AssertIssue(string line)
    {
        if (line.StartsWith("note ", StringComparison.Ordinal))
        {
            AssertNoCommand(line);
            return;
        }

        const string Start = "##vso[task.logissue type=";
        Assert.StartsWith(Start, line, StringComparison.Ordinal);
        var properties = line["##vso[task.logissue ".Length..line.IndexOf(']', StringComparison.Ordinal)];
        Assert.All(
            properties.Split(';', StringSplitOptions.RemoveEmptyEntries),
            property => Assert.Contains(property.Split('=')[0], (string[])["type", "sourcepath", "linenumber", "columnnumber", "code"]));
        AssertNoCommand(line[Start.Length..]);
    }

    // The rest is not in this report: it is only for people.
    private static void AssertSameValue(string field, string value, string written)
    {
        if (field is "code" or "code before" or "label" or "rule summary" or "suppression path" || field.StartsWith("cure", StringComparison.Ordinal) || field.StartsWith("use lineage", StringComparison.Ordinal))
            return;

        var expected = value.Replace('\ud83d', '\ufffd');
        Assert.Contains(expected, Strings(JsonDocument.Parse(written).RootElement));
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Strings(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private static bool IsActive(Rune rune) => rune.Value != '\n'
        && Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
