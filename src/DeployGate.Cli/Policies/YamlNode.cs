using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace DeployGate.Cli.Policies;

/// <summary>
/// A YAML value of a file that comes with the tool: a scalar, a list or a map; such files use neither tags nor anchors. It is
/// built from the scanner's tokens: the library's parser compiles a regular expression for tags at every start.
/// </summary>
/// <seealso href="https://yaml.org/spec/1.2.2/"/>
internal sealed class YamlNode
{
    private readonly List<Member>? _members;

    private YamlNode(string text, List<YamlNode>? items, List<Member>? members) => (Text, Items, _members) = (text, items, members);

    /// <summary>The scalar's text; empty for lists and maps.</summary>
    internal string Text { get; }

    /// <summary>The list's items; null for anything else.</summary>
    internal List<YamlNode>? Items { get; }

    /// <summary>True for a map.</summary>
    internal bool IsMap => _members is not null;

    /// <summary>The names of the map's members, in the order they were written.</summary>
    internal IEnumerable<string> Names => (_members ?? []).Select(member => member.Name);

    /// <summary>The first document of a text. A text that is not well formed is a defect of the tool, and throws.</summary>
    internal static YamlNode Read(TextReader text)
    {
        var scanner = new Scanner(text);
        scanner.MoveNext();
        Skip<StreamStart>(scanner);
        Skip<DocumentStart>(scanner);
        return ReadValue(scanner);
    }

    /// <summary>The value of a member; null when there is none.</summary>
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

    private static YamlNode ReadValue(Scanner scanner)
    {
        switch (scanner.Current)
        {
            case Scalar scalar:
                scanner.MoveNext();
                return new YamlNode(scalar.Value, null, null);
            case BlockMappingStart or FlowMappingStart:
                return ReadMap(scanner);
            case BlockSequenceStart or FlowSequenceStart:
                scanner.MoveNext();
                var list = ReadList(scanner);
                return Skip<BlockEnd>(scanner) || Skip<FlowSequenceEnd>(scanner) ? list : throw Unexpected(scanner);
            case BlockEntry:
                // A list below a key at the key's own depth has neither a beginning nor an end of its own.
                return ReadList(scanner);
            default:
                return new YamlNode("", null, null);
        }
    }

    private static YamlNode ReadMap(Scanner scanner)
    {
        var members = new List<Member>();
        scanner.MoveNext();
        while (Skip<Key>(scanner))
        {
            var name = ReadValue(scanner).Text;
            members.Add(new Member(name, Skip<Value>(scanner) ? ReadValue(scanner) : throw Unexpected(scanner)));
            Skip<FlowEntry>(scanner);
        }

        return Skip<BlockEnd>(scanner) || Skip<FlowMappingEnd>(scanner) ? new YamlNode("", null, members) : throw Unexpected(scanner);
    }

    private static YamlNode ReadList(Scanner scanner)
    {
        var items = new List<YamlNode>();
        while (scanner.Current is not (BlockEnd or FlowSequenceEnd or Key or StreamEnd))
        {
            Skip<BlockEntry>(scanner);
            items.Add(ReadValue(scanner));
            Skip<FlowEntry>(scanner);
        }

        return new YamlNode("", items, null);
    }

    private static bool Skip<T>(Scanner scanner)
        where T : Token => scanner.Current is T && scanner.MoveNext();

    private static InvalidOperationException Unexpected(Scanner scanner) =>
        new($"YAML: line {scanner.CurrentPosition.Line}: '{scanner.Current?.GetType().Name}' was not expected");

    private sealed record Member(string Name, YamlNode Value);
}
