using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployGate.Cli.Policies;

/// <summary>A YAML value: a scalar, a list or a map. Built from the parser's events: no reflection, and no anchors or aliases, which the project's files do without.</summary>
/// <seealso href="https://yaml.org/spec/1.2.2/"/>
internal sealed class YamlNode
{
    private readonly List<(string Name, YamlNode Value)>? _members;

    private YamlNode(string text, List<YamlNode>? items, List<(string, YamlNode)>? members) => (Text, Items, _members) = (text, items, members);

    /// <summary>The scalar's text; empty for lists and maps.</summary>
    internal string Text { get; }

    /// <summary>The list's items; null for anything else.</summary>
    internal List<YamlNode>? Items { get; }

    /// <summary>True for a map.</summary>
    internal bool IsMap => _members is not null;

    /// <summary>The first document of a text.</summary>
    internal static YamlNode Read(TextReader text)
    {
        var parser = new Parser(text);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Read(parser);
    }

    /// <summary>A member of a map by its exact name; null when there is none.</summary>
    internal YamlNode? Get(string name)
    {
        foreach (var member in _members ?? [])
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }

    private static YamlNode Read(Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlNode(scalar.Value, null, null);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Read(parser));
            }

            return new YamlNode("", items, null);
        }

        parser.Consume<MappingStart>();
        var members = new List<(string, YamlNode)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            members.Add((parser.Consume<Scalar>().Value, Read(parser)));
        }

        return new YamlNode("", null, members);
    }
}
