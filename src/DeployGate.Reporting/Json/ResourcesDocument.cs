using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Reporting.Json;

/// <summary>
/// <c>deploygate-resources/v1</c>: the concrete resources of one evaluated template. Unknown values are
/// <c>{"$unknown": reason}</c>, with <c>$pattern</c> beside it where part of a string is known; secrets are never printed.
/// </summary>
public static partial class ResourcesDocument
{
    // The language's own members come first; a resource's own member of the same name would repeat them.
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "type", "apiVersion", "name", "scope", "condition", "existing", "symbolicName", "$locations",
    };

    /// <summary>Writes one document, without a line end after it.</summary>
    /// <param name="template">The evaluated template.</param>
    /// <param name="errors">What could not be read in it.</param>
    /// <param name="output">Where to.</param>
    /// <param name="hasLocations">True to add <c>$locations</c>: where a person wrote each value.</param>
    /// <param name="isIndented">False for one document a line.</param>
    public static void Write(ResolvedTemplate template, IReadOnlyList<InputError> errors, TextWriter output, bool hasLocations, bool isIndented)
    {
        var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = isIndented, NewLine = "\n", MaxDepth = 2000, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("schema", "deploygate-resources/v1");
            json.WriteString("source", template.Source);
            json.WriteStartArray("resources");
            foreach (var resource in template.Resources)
            {
                WriteResource(json, resource, hasLocations);
            }

            json.WriteEndArray();
            json.WriteStartObject("outputs");
            foreach (var member in template.Outputs.Members)
            {
                json.WritePropertyName(member.Name);
                WriteValue(json, member.Value);
            }

            json.WriteEndObject();
            WriteUnresolved(json, template);
            WriteErrors(json, errors);
            json.WriteEndObject();
        }

        output.Write(JsonForLogs.Escape(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)));
    }

    private static void WriteResource(Utf8JsonWriter json, ResolvedResource resource, bool hasLocations)
    {
        json.WriteStartObject();
        json.WriteString("type", resource.Type);
        json.WritePropertyName("apiVersion");
        WriteValue(json, resource.ApiVersion);
        json.WritePropertyName("name");
        WriteValue(json, resource.Name);
        json.WritePropertyName("scope");
        WriteValue(json, resource.Scope);
        if (resource.Condition is { } condition)
        {
            json.WritePropertyName("condition");
            WriteValue(json, condition);
        }

        if (resource.IsExisting)
        {
            json.WriteBoolean("existing", true);
        }

        if (resource.SymbolicName is { } symbol)
        {
            json.WriteString("symbolicName", symbol);
        }

        foreach (var member in resource.Body.Members.Where(member => !s_reserved.Contains(member.Name) && member.Value is not NullValue))
        {
            json.WritePropertyName(member.Name);
            WriteValue(json, member.Value);
        }

        if (resource.Body.Rest is { } rest)
        {
            WriteUnknownMembers(json, rest);
        }

        if (hasLocations)
        {
            json.WriteStartObject("$locations");
            ResourceLocations.Write(json, resource);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    internal static void WriteValue(Utf8JsonWriter json, Value value)
    {
        if (value.IsSecret)
        {
            WriteUnknown(json, "secret", null);
            return;
        }

        switch (value)
        {
            case NullValue:
                json.WriteNullValue();
                break;
            case BoolValue truth:
                json.WriteBooleanValue(truth.IsTrue);
                break;
            case IntValue number:
                json.WriteNumberValue(number.Number);
                break;
            case FloatValue real:
                WriteFloat(json, real);
                break;
            case StringValue text:
                json.WriteStringValue(Signature.Mask(text.Text));
                break;
            case PartialString partial:
                var hole = partial.Parts.First(part => part.Hole is not null).Hole!;
                WriteUnknown(json, Reason(hole), partial.Parts.Any(part => part.Hole is { IsSecret: true }) ? null : partial.Pattern);
                break;
            case ArrayValue list:
                WriteArray(json, list);
                break;
            case ObjectValue map:
                WriteObject(json, map);
                break;
            case UnknownValue unknown:
                WriteUnknown(json, Reason(unknown), null);
                break;
        }
    }

    // A lexeme that JSON itself does not allow (01.5, 1., 1e999) is kept as text: its value is not JSON's to hold.
    private static void WriteFloat(Utf8JsonWriter json, FloatValue real)
    {
        if (FloatLexeme().IsMatch(real.Lexeme) && double.IsFinite(real.Number))
        {
            json.WriteRawValue(real.Lexeme, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(real.Lexeme);
        }
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex FloatLexeme();

    private static void WriteArray(Utf8JsonWriter json, ArrayValue list)
    {
        json.WriteStartArray();
        foreach (var item in list.Items)
        {
            WriteValue(json, item);
        }

        if (list.Rest is { } rest)
        {
            WriteUnknown(json, Reason(rest), null);
        }

        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, ObjectValue map)
    {
        json.WriteStartObject();
        foreach (var member in map.Members.Where(member => member.Value is not NullValue))
        {
            json.WritePropertyName(member.Name);
            WriteValue(json, member.Value);
        }

        if (map.Rest is { } rest)
        {
            WriteUnknownMembers(json, rest);
        }

        json.WriteEndObject();
    }

    private static void WriteUnknownMembers(Utf8JsonWriter json, UnknownValue rest) => json.WriteString("$unknown", $"more members: {Reason(rest)}");

    private static void WriteUnknown(Utf8JsonWriter json, string reason, string? pattern)
    {
        json.WriteStartObject();
        json.WriteString("$unknown", Signature.Mask(reason));
        if (pattern is not null)
        {
            json.WriteString("$pattern", Signature.Mask(pattern));
        }

        json.WriteEndObject();
    }

    private static string Reason(UnknownValue unknown) => unknown.IsSecret ? $"{unknown.Reason}: secret" : $"{unknown.Reason}: {unknown.Expression}: {unknown.Detail}";

    private static void WriteUnresolved(Utf8JsonWriter json, ResolvedTemplate template)
    {
        json.WriteStartArray("unresolved");
        foreach (var unresolved in template.Unresolved)
        {
            json.WriteStartObject();
            json.WriteString("at", unresolved.At.ToString());
            json.WriteString("reason", Reason(unresolved.Value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<InputError> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("file", error.File);
            json.WriteNumber("line", error.Position?.Line ?? 1);
            json.WriteNumber("column", error.Position?.Column ?? 1);
            json.WriteString("message", Signature.Mask(error.Message));
            json.WriteString("fix", error.Fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
