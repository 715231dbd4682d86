using System.Globalization;
using System.Text.RegularExpressions;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.Commands;

/// <summary>Plain paths of jq (<c>.a.b</c>, <c>.[0].id</c>) in a JSON text that is known; null for every other filter and text.</summary>
/// <seealso href="https://jqlang.org/manual/#basic-filters"/>
internal static partial class KnownJson
{
    // A file of settings, not a dump.
    private const int LongestText = 1_000_000;

    internal static Value? Take(string text, string filter, bool isRaw, Place place)
    {
        if (text.Length > LongestText || text.AsSpan().TrimStart() is not ['{' or '[', ..] || !Path().IsMatch(filter)
            || YamlDocument.Read(new SourceText(place.Source.Path, text.Replace('\t', ' '))).Root is not { } root)
        {
            return null;
        }

        YamlNode? node = root;
        foreach (Match step in Step().Matches(filter))
        {
            node = node switch
            {
                YamlMapping map when step.Groups["name"] is { Success: true, Value: var name } => map[name],
                YamlSequence list when int.TryParse(step.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length => list.Items[index],
                _ => null,
            };
            if (node is null)
            {
                return null;
            }
        }

        // Without -r a string keeps its quotes, and whoever uses it then has them in it.
        return node switch
        {
            YamlScalar { IsPlain: false } scalar => Values.Text(isRaw ? scalar.Value : $"\"{scalar.Value}\"", place),
            YamlScalar scalar => Values.Text(scalar.Value, place),
            _ => null,
        };
    }

    [GeneratedRegex(@"^\.([A-Za-z_]\w*|\[\d+\])(\.[A-Za-z_]\w*|\.?\[\d+\])*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Path();

    [GeneratedRegex(@"(?<name>[A-Za-z_]\w*)|\[(?<index>\d+)\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Step();
}
