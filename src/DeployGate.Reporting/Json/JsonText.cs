using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace DeployGate.Reporting.Json;

/// <summary>Writes JSON that a person can read and a CI log can hold: indented, letters of all languages as they are.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc8259"/>
internal static class JsonText
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = CreateEncoder() };

    /// <summary>Writes one document and a line end, piece by piece as it is made: a report may have hundreds of megabytes.</summary>
    internal static void Write(TextWriter output, Action<Utf8JsonWriter> body)
    {
        using (var json = new Utf8JsonWriter(new Utf8Text(output), s_options))
            body(json);

        output.Write('\n');
    }

    /// <summary>Writes a value as it is, but for secrets; null stays null.</summary>
    internal static void Text(this Utf8JsonWriter json, string name, string? value) =>
        json.WriteString(name, value is null ? null : Signature.Mask(value));

    internal static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }

    /// <summary>An element of an array of objects.</summary>
    internal static void Object(this Utf8JsonWriter json, Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
    }

    internal static void Object(this Utf8JsonWriter json, string name, Action members)
    {
        json.WritePropertyName(name);
        json.Object(members);
    }

    // '#' is written as an escape so that a document printed to a log cannot hold ##vso[ or ##[; what would turn or hide
    // text likewise. Readers get the same string back.
    private static JavaScriptEncoder CreateEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters('#', '\u00AD', '\u061C', '\uFEFF');
        settings.ForbidRange(UnicodeRange.Create('\u200B', '\u200F'));
        settings.ForbidRange(UnicodeRange.Create('\u202A', '\u202E'));
        settings.ForbidRange(UnicodeRange.Create('\u2060', '\u206F'));
        return JavaScriptEncoder.Create(settings);
    }
}
