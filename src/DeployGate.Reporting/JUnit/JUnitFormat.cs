using System.Globalization;
using System.Xml;
using DeployGate.Core.Reports;

namespace DeployGate.Reporting.JUnit;

/// <summary>
/// <c>junit</c>: a test for each use of an image, in the suite of its file, as the test pages of CI hosts show it. A finding that closes the
/// gate is a failure, an undecided use is skipped, an input that could not be read is an error; what is accepted passes, and says so.
/// </summary>
/// <seealso href="https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd"/>
/// <seealso href="https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/publish-test-results-v2"/>
internal sealed class JUnitFormat : IReportFormat
{
    // The writer of a string would name its own encoding; report files are UTF-8.
    private static readonly XmlWriterSettings s_settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false };

    public string Name => "junit";

    public void Write(GateReport report, TextWriter output, ReportStyle style)
    {
        var cases = JUnitCases.Of(report).ToList();
        output.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(output, s_settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", $"DeployGate: the gate is {ClosingWords.State(report)}");
            WriteCounts(xml, cases);
            foreach (var suite in cases.GroupBy(one => one.File, StringComparer.Ordinal).OrderBy(suite => suite.Key, StringComparer.Ordinal))
                WriteSuite(xml, suite.Key, [.. suite]);
            xml.WriteEndElement();
        }

        output.Write('\n');
    }

    private static void WriteSuite(XmlWriter xml, string file, IReadOnlyList<JUnitCase> cases)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", SafeText.Line(file));
        WriteCounts(xml, cases);
        xml.WriteAttributeString("skipped", Count(cases, JUnitResult.Skipped));
        foreach (var one in cases)
            WriteCase(xml, one);
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyCollection<JUnitCase> cases)
    {
        xml.WriteAttributeString("tests", cases.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", Count(cases, JUnitResult.Failure));
        xml.WriteAttributeString("errors", Count(cases, JUnitResult.Error));
    }

    // Readers sum tests, not the elements in them.
    private static string Count(IEnumerable<JUnitCase> cases, JUnitResult result) =>
        cases.Count(one => one.Result == result).ToString(CultureInfo.InvariantCulture);

    private static void WriteCase(XmlWriter xml, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", SafeText.Line(one.Name));
        xml.WriteAttributeString("classname", SafeText.Line(one.File));
        foreach (var outcome in one.Outcomes)
        {
            xml.WriteStartElement(ElementOf(one.Result));
            xml.WriteAttributeString("type", SafeText.Line(outcome.Type));
            xml.WriteAttributeString("message", SafeText.Line(outcome.Message));
            xml.WriteString(Text(outcome.Lines));
            xml.WriteEndElement();
        }

        if (!one.Remarks.IsEmpty)
            xml.WriteElementString("system-out", Text(one.Remarks));
        xml.WriteEndElement();
    }

    private static string ElementOf(JUnitResult result) => result switch
    {
        JUnitResult.Failure => "failure",
        JUnitResult.Error => "error",
        _ => "skipped",
    };

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"\n{SafeText.Line(line)}")) + "\n";
}
