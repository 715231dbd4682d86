using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Cli.Configuration;

/// <summary>What every reader of the tool's own YAML files asks of a node; each tells in its own words what is wrong.</summary>
internal static class YamlShape
{
    /// <summary>The keys of a map that are none of the known ones, each with the known one that was probably meant.</summary>
    internal static IEnumerable<(YamlScalar Key, string? Meant)> UnknownKeys(YamlMapping map, IReadOnlyCollection<string> known)
    {
        foreach (var entry in map.Entries)
        {
            if (!known.Contains(entry.Key.Value))
            {
                yield return (entry.Key, Suggestions.Nearest(entry.Key.Value, known));
            }
        }
    }

    /// <summary>True when a node is one of certain words; else the one that was probably meant.</summary>
    internal static bool IsWord(YamlNode node, IReadOnlyCollection<string> words, out string? meant)
    {
        var written = (node as YamlScalar)?.Value;
        var isWord = written is not null && words.Contains(written);
        meant = isWord || written is null ? null : Suggestions.Nearest(written, words);
        return isWord;
    }

    /// <summary>What a scalar says; nothing for other nodes, and where the reader takes it for nothing.</summary>
    internal static T? Scalar<T>(YamlNode node, Func<YamlScalar, T?> read) => node is YamlScalar scalar ? read(scalar) : default;
}
