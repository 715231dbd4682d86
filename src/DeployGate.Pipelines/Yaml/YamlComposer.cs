using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployGate.Pipelines.Yaml;

/// <summary>Puts the nodes of one document together from the parser's events.</summary>
internal sealed class YamlComposer(SourceText source)
{
    private readonly Parser _parser = new(new StringReader(source.Content));
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private const int ManyKeys = 16;

    private Spare<YamlNode> _items;
    private Spare<YamlEntry> _entries;
    private long _nodes;
    private Problem? _problem;
    private Place? _alias;

    internal YamlDocument Read()
    {
        try
        {
            YamlNode? root = null;
            while (root is null && _problem is null && _parser.MoveNext())
            {
                if (_parser.Current is NodeEvent or AnchorAlias)
                {
                    root = Node(0);
                }
            }

            return _problem is null ? new YamlDocument(root, null) { FirstAlias = _alias } : new YamlDocument(null, _problem);
        }
        catch (YamlException broken)
        {
            return new YamlDocument(null, Broken(broken));
        }
        catch (Exception defect) when (defect is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The parser has such defects on hostile text; to the user they are all the same.
            var place = new Place(source, new TextSpan(0, 0));
            return new YamlDocument(null, new Problem(place, "the file is not valid YAML", "Correct the file; a YAML linter names the line.", IsFatal: true));
        }
    }

    private YamlNode? Node(int depth)
    {
        var current = _parser.Current!;
        if (depth > YamlDocument.Deepest)
        {
            return Stop(current, $"the YAML nests deeper than {YamlDocument.Deepest} levels", "Nest less deep.");
        }

        if (current is AnchorAlias alias)
        {
            return Alias(alias);
        }

        if (++_nodes > YamlDocument.MostNodes)
        {
            return Stop(current, $"the YAML holds more than {YamlDocument.MostNodes} nodes", "Split the file.");
        }

        var anchor = current is NodeEvent { Anchor: { IsEmpty: false } name } ? name.Value : null;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        YamlNode? node = current switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style, PlaceOf(scalar.Start, scalar.End)),
            SequenceStart start => Sequence(start, depth),
            MappingStart start => Mapping(start, depth),
            _ => null,
        };
        if (anchor is not null && node is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlNode? Alias(AnchorAlias alias)
    {
        _alias ??= PlaceOf(alias.Start, alias.End);
        if (!_anchors.TryGetValue(alias.Value.Value, out var node) || node is null)
        {
            return Stop(alias, $"the alias '*{alias.Value.Value}' names no anchor before it", $"Write '&{alias.Value.Value}' at the node that is meant.");
        }

        _nodes = Math.Min(_nodes + node.Size, long.MaxValue / 4);
        return _nodes > YamlDocument.MostNodes
            ? Stop(alias, $"aliases make the YAML larger than {YamlDocument.MostNodes} nodes", "Write what is meant without aliases of aliases.")
            : node;
    }

    private YamlSequence? Sequence(SequenceStart start, int depth)
    {
        var items = _items.Open();
        while (Next() is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new YamlSequence(_items.Close(items), PlaceOf(start.Start, _parser.Current!.End));
    }

    private YamlMapping? Mapping(MappingStart start, int depth)
    {
        var entries = _entries.Open();
        HashSet<string>? keys = null;
        while (Next() is not MappingEnd)
        {
            var at = _parser.Current!;
            if (Node(depth + 1) is not { } key)
            {
                return null;
            }

            if (key is not YamlScalar name)
            {
                Stop(at, "a key is not a text", "Quote it when it begins with '{' or '['.");
                return null;
            }

            // Template expressions may stand as keys any number of times.
            if (IsWritten(name.Value, entries, ref keys) && !name.Value.StartsWith("${{", StringComparison.Ordinal))
            {
                Stop(at, $"the key '{name.Value}' is written twice", "Remove one of the two.");
                return null;
            }

            Next();
            if (Node(depth + 1) is not { } value)
            {
                return null;
            }

            entries.Add(new YamlEntry(name, value));
        }

        return new YamlMapping(_entries.Close(entries), PlaceOf(start.Start, _parser.Current!.End));
    }

    // Few keys are looked through; for more of them a set is made.
    private static bool IsWritten(string key, ImmutableArray<YamlEntry>.Builder entries, ref HashSet<string>? keys)
    {
        if (entries.Count >= ManyKeys)
        {
            keys ??= entries.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
            return !keys.Add(key);
        }

        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Key.Value == key)
            {
                return true;
            }
        }

        return false;
    }

    private ParsingEvent? Next()
    {
        _parser.MoveNext();
        return _parser.Current;
    }

    private YamlNode? Stop(ParsingEvent at, string message, string fix)
    {
        _problem ??= new Problem(PlaceOf(at.Start, at.End), message, fix, IsFatal: true);
        return null;
    }

    private Problem Broken(YamlException broken)
    {
        var place = PlaceOf(broken.Start, broken.End);
        var message = broken.Message.TrimEnd('.');

        // The parser may notice a line after it has taken it for a part of the text before.
        return HasTab(source.Line(place.Start.Line)) || HasTab(source.Line(place.Start.Line + 1))
            ? new Problem(place, "the file is not valid YAML: a line begins with a tab", "Indent with blanks.", IsFatal: true)
            : new Problem(place, $"the file is not valid YAML: {char.ToLowerInvariant(message[0])}{message[1..]}", "Correct the line; quote text that holds ': ', ' #' or begins with a special character.", IsFatal: true);
    }

    private static bool HasTab(string line) => line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length).Contains('\t');

    private Place PlaceOf(Mark start, Mark end)
    {
        var from = (int)Math.Clamp(start.Index, 0, source.Content.Length);
        var to = (int)Math.Clamp(end.Index, from, source.Content.Length);
        return new Place(source, TextSpan.FromBounds(from, to));
    }
}
