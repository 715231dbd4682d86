using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Conformance;

/// <summary>Compares what two templates deploy; in which order, and in how many nested deployments, is not compared.</summary>
internal static class Comparison
{
    private const string Deployments = "Microsoft.Resources/deployments";

    // Of the template language or for people: nothing that is deployed.
    private static readonly string[] s_ignored = ["dependsOn", "comments", "metadata", "asserts"];

    /// <summary>The first difference; null when both deploy the same.</summary>
    /// <param name="bicep">What the Bicep file deploys.</param>
    /// <param name="json">What the JSON deploys.</param>
    /// <param name="bicepMayLack">Resources that only the JSON has are no difference.</param>
    internal static Difference? Compare(ResolvedTemplate bicep, ResolvedTemplate json, bool bicepMayLack = false)
    {
        var left = ByKey(bicep);
        var right = ByKey(json);
        if (bicepMayLack ? !left.Keys.ToHashSet().IsSubsetOf(right.Keys) : !left.Keys.ToHashSet().SetEquals(right.Keys))
        {
            return new Difference("resources", Missing(left, right), Missing(right, left));
        }

        foreach (var (key, ones) in left.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var others = right[key];
            if (bicepMayLack ? ones.Count > others.Count : ones.Count != others.Count)
            {
                return new Difference($"number of {key}", $"{ones.Count}", $"{others.Count}");
            }

            if (CompareSets(ones, others, key) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string Missing(Dictionary<string, List<Node>> from, Dictionary<string, List<Node>> other)
    {
        var only = from.Keys.Where(key => !other.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
        return $"{only.Count} only here: {string.Join(", ", only.Take(3))}";
    }

    // Resources of one key are a set: the equal ones pair up, the first of the others are shown.
    private static Difference? CompareSets(List<Node> ones, List<Node> others, string key)
    {
        var left = ones.ToLookup(node => node.Show(), StringComparer.Ordinal);
        var right = others.ToLookup(node => node.Show(), StringComparer.Ordinal);
        var onlyLeft = left.Where(group => group.Count() > right[group.Key].Count()).OrderBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault();
        var onlyRight = right.Where(group => group.Count() > left[group.Key].Count()).OrderBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault();
        return onlyLeft is null || onlyRight is null ? null : Node.Compare(onlyLeft.First(), onlyRight.First(), key);
    }

    private static Dictionary<string, List<Node>> ByKey(ResolvedTemplate template)
    {
        var found = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (var resource in template.Resources.Where(resource => !resource.IsExisting && !string.Equals(resource.Type, Deployments, StringComparison.OrdinalIgnoreCase)))
        {
            var key = $"{resource.Type.ToLowerInvariant()} {Node.KnownText(resource.Name).ToLowerInvariant()} at {Node.KnownText(resource.Scope).ToLowerInvariant()}";
            if (!found.TryGetValue(key, out var same))
            {
                found[key] = same = [];
            }

            same.Add(BodyOf(resource));
        }

        return found;
    }

    private static Node BodyOf(ResolvedResource resource)
    {
        var body = Node.Of(ObjectValue.From(resource.Body.Members.Where(member => !s_ignored.Contains(member.Name, StringComparer.OrdinalIgnoreCase)), resource.Body.Rest));
        if (body is Node.Map map)
        {
            map.Members["<presence>"] = new Node.Leaf(resource.Presence.ToString());
            map.Members["apiVersion"] = Node.Of(resource.ApiVersion);
            map.Members["name"] = new Node.Leaf(Node.KnownText(resource.Name));
            map.Members.Remove("type");
        }

        return body;
    }
}
