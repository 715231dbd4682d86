using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DeployGate.Core.Policies;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Baselines;

/// <summary>The baseline's file, <c>deploygate-baseline/v1</c>: one object, its entries in the order of the report.</summary>
public static class BaselineJson
{
    private const string Schema = "deploygate-baseline/v1";

    /// <summary>Writes a baseline.</summary>
    public static void Write(Baseline baseline, TextWriter output) => JsonText.Write(output, json => json.Object(() =>
    {
        json.Text("schema", Schema);
        json.Array("findings", baseline.Entries, (_, entry) => json.Object(() =>
        {
            json.Text("fingerprint", entry.Fingerprint);
            json.Text("rule", entry.Rule);
            json.Text("file", entry.File);
            json.Text("message", entry.Message);
        }));
    }));

    /// <summary>Reads a baseline; the error says what is wrong with it.</summary>
    /// <param name="path">The path as reports show it.</param>
    /// <param name="text">The file's text.</param>
    public static (Baseline? Baseline, string? Error) Read(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            var root = document.RootElement;
            if (Text(root, "schema") != Schema || !root.TryGetProperty("findings", out var findings) || findings.ValueKind != JsonValueKind.Array)
            {
                return (null, $"it is no baseline: it needs \"schema\": \"{Schema}\" and \"findings\"");
            }

            var entries = findings.EnumerateArray().Select(Entry).ToImmutableArray();
            return entries.Contains(null) ? (null, "a finding of it has no fingerprint") : (new Baseline(path, [.. entries.OfType<BaselineEntry>()]), null);
        }
        catch (JsonException broken)
        {
            return (null, $"it is not JSON: line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            // The way to refuse an escape such as \ud800 without its second half, met only when the string is taken.
            return (null, "it is not JSON: a string holds an escape that is half a character");
        }
    }

    private static BaselineEntry? Entry(JsonElement finding) => Text(finding, "fingerprint") is { Length: > 0 } fingerprint
        ? new BaselineEntry(fingerprint, Text(finding, "rule") ?? "", Text(finding, "file") ?? "", Text(finding, "message") ?? "")
        : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
