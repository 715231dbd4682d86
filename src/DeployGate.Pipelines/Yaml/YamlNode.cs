using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;
using YamlDotNet.Core;

namespace DeployGate.Pipelines.Yaml;

/// <summary>A node of a YAML document and where it was written. An alias is the node of its anchor: nodes may be shared.</summary>
public abstract record YamlNode(Place Place)
{
    /// <summary>Nodes in this one, itself included, aliases counted as copies; saturates.</summary>
    internal virtual long Size => 1;
}

/// <summary>A mapping with its entries in the order they were written.</summary>
public sealed record YamlMapping(ImmutableArray<YamlEntry> Entries, Place Place) : YamlNode(Place)
{
    internal override long Size { get; } = YamlSize.Of(Entries);

    /// <summary>The value of a key; keys are case-sensitive. Null when there is none.</summary>
    public YamlNode? this[string key] => Entry(key)?.Value;

    /// <summary>The entry of a key, or null.</summary>
    public YamlEntry? Entry(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key)
            {
                return entry;
            }
        }

        return null;
    }
}

/// <summary>A key that is a scalar, and its value.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>A sequence.</summary>
public sealed record YamlSequence(ImmutableArray<YamlNode> Items, Place Place) : YamlNode(Place)
{
    internal override long Size { get; } = YamlSize.Of(Items);
}

/// <summary>A scalar; its value is text, whatever a schema makes of it.</summary>
public sealed record YamlScalar(string Value, ScalarStyle Style, Place Place) : YamlNode(Place)
{
    private MappedText? _text;

    /// <summary>The value, each character of which leads back to the file.</summary>
    internal MappedText Text => _text ??= ScalarAlignment.Map(this);

    /// <summary>True when no quotation or block marker says that the value is a string.</summary>
    public bool IsPlain => Style == ScalarStyle.Plain;
}

internal static class YamlSize
{
    internal static long Of(ImmutableArray<YamlNode> nodes)
    {
        long sum = 1;
        foreach (var node in nodes)
        {
            sum = With(sum, node);
        }

        return sum;
    }

    internal static long Of(ImmutableArray<YamlEntry> entries)
    {
        long sum = 1;
        foreach (var entry in entries)
        {
            sum = With(sum, entry.Value);
        }

        return sum;
    }

    private static long With(long sum, YamlNode node) => Math.Min(sum + node.Size, long.MaxValue / 4);
}
