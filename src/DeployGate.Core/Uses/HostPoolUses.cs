using System.Text;
using System.Text.Json;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary>
/// <c>Microsoft.DesktopVirtualization/hostPools</c>: <c>vmTemplate</c> is a text that holds JSON, what session hosts are made of when more
/// of them are added. They get an account and a name, and so need a Generalized image; that is likely and not documented as a rule.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/templates/microsoft.desktopvirtualization/hostpools"/>
internal static class HostPoolUses
{
    internal const string Type = "Microsoft.DesktopVirtualization/hostPools";

    /// <summary>What is not known of the text stands in it as one character of the private use area each, the first for the first hole.</summary>
    private const char FirstHole = '\uE000';

    private const int MostHoles = 256;

    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog)
    {
        if (ValuePath.Find(resource.Body, resource.Declaration, "properties", "vmTemplate") is not { } template || IdOf(template.Value) is not { } id)
        {
            return [];
        }

        return GeneralizedConsumerUses.Uses(resource, "host pool", false, ImageSources.FromId(template with { Value = id }));
    }

    private static Value? IdOf(Value template)
    {
        StringPart[] parts = template switch
        {
            StringValue text => [new StringPart(text.Text)],
            PartialString { Parts.Length: <= MostHoles } partial => [.. partial.Parts],
            _ => [],
        };
        var holes = new List<UnknownValue>();
        var json = new StringBuilder();
        var isInText = false;
        foreach (var part in parts)
        {
            if (part.Hole is { } hole)
            {
                // Outside of a text, what is not known is a value of its own.
                var mark = (char)(FirstHole + holes.Count);
                json.Append(isInText ? $"{mark}" : $"\"{mark}\"");
                holes.Add(hole);
            }
            else
            {
                json.Append(part.Literal);
                isInText = EndsInText(part.Literal!, isInText);
            }
        }

        try
        {
            using var document = JsonDocument.Parse(json.ToString());
            var isGallery = string.Equals(Text(document.RootElement, "imageType"), "Gallery", StringComparison.OrdinalIgnoreCase);
            return !isGallery && Text(document.RootElement, "customImageId") is { Length: > 0 } id ? WithHoles(id, holes) : null;
        }
        catch (JsonException)
        {
            // A text that is no JSON, or is not known where it matters: nobody can say which image it names.
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static bool EndsInText(string literal, bool isInText)
    {
        for (var i = 0; i < literal.Length; i++)
        {
            if (literal[i] == '\\' && isInText)
            {
                i++;
            }
            else if (literal[i] == '"')
            {
                isInText = !isInText;
            }
        }

        return isInText;
    }

    private static Value WithHoles(string text, List<UnknownValue> holes)
    {
        var parts = new List<StringPart>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] - FirstHole is var hole && hole >= 0 && hole < holes.Count)
            {
                parts.Add(new StringPart(text[start..i]));
                parts.Add(new StringPart(holes[hole]));
                start = i + 1;
            }
        }

        parts.Add(new StringPart(text[start..]));
        var joined = PartialString.Join(parts);
        return joined is PartialString { Parts: [{ Hole: { } only }] } ? only : joined;
    }
}
