using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DeployGate.Sbom;

/// <summary>
/// A bill of materials in CycloneDX 1.6. The same input gives the same bytes: there is no time in it, and the serial number is
/// made of the content.
/// </summary>
/// <seealso href="https://cyclonedx.org/docs/1.6/json/"/>
internal static class CycloneDx
{
    internal static void Write(Stream output, string version, IReadOnlyList<Component> components)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteString("serialNumber", $"urn:uuid:{SerialOf(version, components)}");
        json.WriteNumber("version", 1);
        WriteTool(json, version);
        json.WriteStartArray("components");
        foreach (var component in components.Where(component => component.Version is not null))
        {
            WriteComponent(json, component);
        }

        json.WriteEndArray();
        WriteDependencies(json, version, components);
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, string version)
    {
        json.WriteStartObject("metadata");
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("bom-ref", ToolRef(version));
        json.WriteString("name", "DeployGate");
        json.WriteString("version", version);
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        json.WriteStartObject("license");
        json.WriteString("id", "MIT");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("purl", ToolRef(version));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The lock file's hash leaves out a package's signature: it is not the hash of the file that a registry hands out, so it
    // does not stand under "hashes".
    private static void WriteComponent(Utf8JsonWriter json, Component component)
    {
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", RefOf(component));
        json.WriteString("name", component.Name);
        json.WriteString("version", component.Version);
        json.WriteString("purl", RefOf(component));
        if (component.ContentHash is { } hash)
        {
            json.WriteStartArray("properties");
            json.WriteStartObject();
            json.WriteString("name", "nuget:contentHash:sha512");
            json.WriteString("value", Convert.ToHexStringLower(Convert.FromBase64String(hash)));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // Projects of this repository are parts of the tool and not components: what they need, the tool needs.
    private static void WriteDependencies(Utf8JsonWriter json, string version, IReadOnlyList<Component> components)
    {
        var packages = components.Where(component => component.Version is not null).ToDictionary(component => component.Name, StringComparer.OrdinalIgnoreCase);
        var own = components.Where(component => component.IsDirect).Select(component => component.Name)
            .Concat(components.Where(component => component.Version is null).SelectMany(component => component.Needs));
        json.WriteStartArray("dependencies");
        WriteDependency(json, ToolRef(version), own, packages);
        foreach (var component in packages.Values)
        {
            WriteDependency(json, RefOf(component), component.Needs, packages);
        }

        json.WriteEndArray();
    }

    private static void WriteDependency(Utf8JsonWriter json, string reference, IEnumerable<string> needs, Dictionary<string, Component> packages)
    {
        json.WriteStartObject();
        json.WriteString("ref", reference);
        json.WriteStartArray("dependsOn");
        foreach (var need in needs.Where(packages.ContainsKey).Select(need => RefOf(packages[need])).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(need);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string ToolRef(string version) => $"pkg:nuget/DeployGate@{version}";

    private static string RefOf(Component component) => $"pkg:nuget/{component.Name}@{component.Version}";

    // A UUID of version 8 (RFC 9562): its bits are the maker's own, here those of a hash.
    private static Guid SerialOf(string version, IReadOnlyList<Component> components)
    {
        var text = version + "\n" + string.Join('\n', components.Select(component => $"{component.Name} {component.Version} {component.ContentHash}"));
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
