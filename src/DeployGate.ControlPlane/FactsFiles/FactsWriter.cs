using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeployGate.Core.Assessment;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Writes a facts file, <c>deploygate-facts/v1</c>: the same facts give the same bytes.</summary>
public static class FactsWriter
{
    /// <summary>The facts as JSON.</summary>
    /// <param name="facts">Facts that were read from Azure.</param>
    /// <param name="inspections">Inspections of disks as <c>deploygate-inspection/v1</c>, and which disk each is of.</param>
    /// <param name="recordedAt">When they were read.</param>
    public static string Write(Facts facts, IEnumerable<(string Of, string Document)> inspections, DateTimeOffset recordedAt)
    {
        var ordered = FactsOrder.Of(facts);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", DocumentReader.FactsVersion);
            json.WriteString("recordedAt", Timestamps.Write(recordedAt));
            json.WriteString("source", FactsDocument.AzureSource);
            json.WriteStartArray("resources");
            foreach (var resource in ordered.Resources)
                ValueJson.Write(json, resource.Body);
            json.WriteEndArray();
            WriteIds(json, "absent", ordered.Absent.Select(fact => fact.Id));
            WriteIds(json, "listed", ordered.Listed);
            json.WriteStartArray("unreadable");
            foreach (var fact in ordered.Unreadable)
            {
                json.WriteStartObject();
                json.WriteString("id", fact.Id);
                json.WriteString("reason", fact.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteDisks(json, inspections);
            json.WriteEndObject();
        }

        // People print such files in jobs.
        return JsonForLogs.Escape(Encoding.UTF8.GetString(buffer.ToArray())) + "\n";
    }

    private static void WriteDisks(Utf8JsonWriter json, IEnumerable<(string Of, string Document)> inspections)
    {
        json.WriteStartArray("disks");
        foreach (var (of, document) in inspections.Select(one => (Of: InspectionReader.Address(Secrets.Clean(one.Of)), one.Document)).OrderBy(one => one.Of, StringComparer.OrdinalIgnoreCase))
        {
            // One that cannot be read was said to be so where it was given.
            if (JsonText.Parse(new SourceText(of, document), out _) is not { Root: ObjectValue inspection })
                continue;
            json.WriteStartObject();
            json.WriteString("of", of);
            json.WritePropertyName("inspection");
            ValueJson.Write(json, inspection);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<string> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
            json.WriteStringValue(id);
        json.WriteEndArray();
    }
}

/// <summary>Writes values that JSON was read into.</summary>
internal static class ValueJson
{
    internal static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value)
        {
            case ObjectValue map:
                json.WriteStartObject();
                foreach (var member in map.Members)
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case ArrayValue list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case StringValue text:
                json.WriteStringValue(text.Text);
                break;
            case IntValue number:
                json.WriteNumberValue(number.Number);
                break;
            case FloatValue number:
                json.WriteRawValue(number.Lexeme);
                break;
            case BoolValue truth:
                json.WriteBooleanValue(truth.IsTrue);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
