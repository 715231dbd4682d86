using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace DeployGate.Reporting.Tests.Schemas;

/// <summary>Validates a JUnit report against <c>junit.xsd</c>, and its numbers against what it holds.</summary>
internal static class JUnitSchemaCheck
{
    private static readonly XmlSchemaSet s_schemas = Load();

    internal static IReadOnlyList<string> Errors(string document)
    {
        var errors = new List<string>();
        var parsed = XDocument.Parse(document);
        parsed.Validate(s_schemas, (_, fault) => errors.Add(fault.Message));
        foreach (var element in parsed.Root!.DescendantsAndSelf().Where(element => element.Attribute("tests") is not null))
        {
            Compare(element, "tests", element.Descendants("testcase").Count(), errors);
            Compare(element, "failures", element.Descendants("testcase").Count(one => one.Element("failure") is not null), errors);
            Compare(element, "errors", element.Descendants("testcase").Count(one => one.Element("error") is not null), errors);
            Compare(element, "skipped", element.Descendants("testcase").Count(one => one.Element("skipped") is not null), errors);
        }

        return errors;
    }

    private static void Compare(XElement element, string attribute, int counted, List<string> errors)
    {
        if (element.Attribute(attribute) is { } written && written.Value != counted.ToString(CultureInfo.InvariantCulture))
            errors.Add($"{element.Name} says {written}, and holds {counted}");
    }

    private static XmlSchemaSet Load()
    {
        var schemas = new XmlSchemaSet();
        using var reader = XmlReader.Create(Path.Combine(AppContext.BaseDirectory, "Schemas", "junit.xsd"));
        schemas.Add(null, reader);
        return schemas;
    }
}
