using System.Text.Json;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Sarif;

/// <summary>
/// Text of SARIF <c>message</c> and <c>multiformatMessageString</c> objects, which is a small language of its own: braces
/// stand doubled (3.11.5), and <c>[text](target)</c> is a link (3.11.6), which no value may forge.
/// </summary>
internal static class SarifText
{
    /// <summary>Writes an object whose <c>text</c> has each part, made safe, on lines of its own.</summary>
    internal static void Message(Utf8JsonWriter json, string name, IEnumerable<string> parts) =>
        json.Object(name, () => json.Text("text", string.Join('\n', parts.Select(Escape))));

    /// <summary>The same with a page in Markdown, where there is one. Its braces stay: nobody fills arguments into a page, and its examples are JSON.</summary>
    internal static void Message(Utf8JsonWriter json, string name, IEnumerable<string> parts, string? page) => json.Object(name, () =>
    {
        json.Text("text", string.Join('\n', parts.Select(Escape)));
        if (page is not null)
            json.Text("markdown", string.Join('\n', page.Split('\n').Select(line => SafeText.Line(line.TrimEnd('\r')))));
    });

    private static string Escape(string part) => SafeText.Line(part)
        .Replace("{", "{{", StringComparison.Ordinal)
        .Replace("}", "}}", StringComparison.Ordinal)
        .Replace("](", "]\\(", StringComparison.Ordinal);
}
