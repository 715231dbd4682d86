using System.Text.Json;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Reporting.Json;

/// <summary>The members of <c>$locations</c>: where a person wrote each value of a resource, by its JSON pointer.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6901"/>
internal static class ResourceLocations
{
    internal static void Write(Utf8JsonWriter json, ResolvedResource resource)
    {
        WriteLocation(json, "/name", resource.Name, resource.Declaration, []);
        foreach (var member in resource.Body.Members)
        {
            WriteLocations(json, $"/{Pointer(member.Name)}", member.Value, resource.Declaration, resource.Body.Origin?.Hops.ToList() ?? []);
        }
    }

    private static void WriteLocations(Utf8JsonWriter json, string pointer, Value value, Place fallback, List<Hop> outer)
    {
        var place = value.Origin?.Place ?? fallback;
        List<Hop> hops = [.. outer, .. value.Origin?.Hops ?? []];
        WriteLocation(json, pointer, value, fallback, outer);
        switch (value)
        {
            case ObjectValue map:
                foreach (var member in map.Members)
                {
                    WriteLocations(json, $"{pointer}/{Pointer(member.Name)}", member.Value, place, hops);
                }

                break;
            case ArrayValue list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    WriteLocations(json, $"{pointer}/{i}", list.Items[i], place, hops);
                }

                break;
        }
    }

    private static void WriteLocation(Utf8JsonWriter json, string pointer, Value value, Place fallback, List<Hop> outer)
    {
        var place = value.Origin?.Place ?? fallback;
        json.WritePropertyName(pointer);
        json.WriteStartObject();
        WritePlace(json, place);
        var via = outer.Concat(value.Origin?.Hops ?? []).Select(hop => hop.Place).Where(hop => hop != place).Distinct().ToList();
        if (via.Count > 0)
        {
            json.WriteStartArray("via");
            foreach (var hop in via)
            {
                json.WriteStartObject();
                WritePlace(json, hop);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, Place place)
    {
        json.WriteString("file", place.Source.Path);
        json.WriteNumber("line", place.Start.Line);
        json.WriteNumber("column", place.Start.Column);
        json.WriteNumber("endLine", place.End.Line);
        json.WriteNumber("endColumn", place.End.Column);
    }

    private static string Pointer(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
