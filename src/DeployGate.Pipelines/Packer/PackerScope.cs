using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Packer;

/// <summary>What the names in a template stand for, and what its expressions are worth.</summary>
internal sealed class PackerScope
{
    private const int DeepestLocals = 30;
    private const long LargestValue = 10_000;

    private readonly Dictionary<string, Value> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SourceText Source, PackerNode Node)> _locals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _evaluated = new(StringComparer.Ordinal);
    private int _depth;

    /// <summary>The value of an environment variable; null where nothing that was followed sets it.</summary>
    internal required Func<string, Value?> Environment { get; init; }

    /// <summary>The folder of the template.</summary>
    internal required string Root { get; init; }

    internal void Set(string name, Value value) => _variables[name] = value;

    internal Value? Find(string name) => _variables.GetValueOrDefault(name);

    internal void Local(string name, SourceText source, PackerNode node) => _locals[name] = (source, node);

    /// <summary>A block's arguments, and the blocks in it, as members of one object.</summary>
    internal ObjectValue Evaluate(SourceText source, PackerBody body, TextSpan span)
    {
        var members = body.Attributes.Select(attribute => Member(source, attribute))
            .Concat(body.Blocks.Select(block => new Member(block.Type, Evaluate(source, block.Body, block.Span))));
        return ObjectValue.From(members) with { Origin = new Origin(new Place(source, span)) };
    }

    internal Value Evaluate(SourceText source, PackerNode node)
    {
        var place = new Place(source, node.Span);
        switch (node)
        {
            case PackerNode.Text text:
                return Values.Concat([Values.Empty, .. text.Pieces.Select(piece => piece.IsExpression ? Named(piece.Content, place) : Values.Text(piece.Content))], place) is var joined && text.Pieces is [{ IsExpression: true }]
                    ? Named(text.Pieces[0].Content, place)
                    : joined;
            case PackerNode.Reference reference:
                return Named(reference.Name, place);
            case PackerNode.Number number:
                return long.TryParse(number.Lexeme, NumberStyles.Integer, CultureInfo.InvariantCulture, out var integer)
                    ? new IntValue(integer) { Origin = new Origin(place) }
                    : new StringValue(number.Lexeme) { Origin = new Origin(place) };
            case PackerNode.List list:
                return Bounded(new ArrayValue([.. list.Items.Select(item => Evaluate(source, item))]) { Origin = new Origin(place) });
            case PackerNode.Map map:
                return Bounded(ObjectValue.From(map.Entries.Select(entry => Member(source, entry))) with { Origin = new Origin(place) });
            default:
                return Unknown(((PackerNode.Opaque)node).Written, UnknownReason.Unsupported).At(new Origin(place));
        }
    }

    private Member Member(SourceText source, PackerAttribute attribute) =>
        new(attribute.Name, Evaluate(source, attribute.Value), new Place(source, attribute.NameSpan));

    private static Value Bounded(Value value) => value.Size <= LargestValue ? value : Unknown("value", UnknownReason.Limit).At(value.Origin);

    private Value Named(string expression, Place place)
    {
        var words = expression.Split([' ', '`', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var value = words switch
        {
            ["true" or "false"] => new BoolValue(words[0] == "true"),
            ["null"] => NullValue.Instance,
            ["user", var name] => Variable(name),
            ["env", var name] => Environment(name) ?? new UnknownValue(UnknownReason.ExternalInput, $"env.{name}", $"the environment variable '{name}' is set where Packer runs"),
            ["template_dir"] => Values.Text(Root),
            ["pwd"] => Values.Text("."),
            [var name] => Dotted(name),
            _ => null,
        };
        return value is null
            ? Unknown(expression, IsGenerated(expression) ? UnknownReason.Generated : UnknownReason.Unsupported).At(new Origin(place))
            : (value.Origin is null ? value.At(new Origin(place)) : value.At(value.Origin.Through(place, $"'{expression}'")));
    }

    private Value? Dotted(string name)
    {
        var parts = name.Split('.');
        Value? value = parts switch
        {
            ["var", var first, ..] => Variable(first),
            ["local", var first, ..] => LocalValue(first),
            ["path", "root"] => Values.Text(Root),
            ["path", "cwd"] => Values.Text("."),
            _ => null,
        };
        return parts.Length <= 2 || value is null ? value : value is ObjectValue map ? map.Get(parts.AsSpan(2)) : null;
    }

    private Value Variable(string name) =>
        Find(name) ?? new UnknownValue(UnknownReason.ParameterNoValue, $"var.{name}", $"the variable '{name}' has no default, and the command gives it no value");

    private Value? LocalValue(string name)
    {
        if (_evaluated.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_depth >= DeepestLocals || !_locals.Remove(name, out var local))
        {
            return null;
        }

        _depth++;
        var value = Evaluate(local.Source, local.Node);
        _depth--;
        return _evaluated[name] = value;
    }

    private static bool IsGenerated(string expression) =>
        expression.Contains("time", StringComparison.Ordinal) || expression.Contains("uuid", StringComparison.Ordinal);

    private static UnknownValue Unknown(string written, UnknownReason reason)
    {
        var line = written.Split('\n')[0].Trim();
        return new UnknownValue(reason, line.Length <= 80 ? line : line[..80] + "…", "Packer evaluates it when it builds");
    }
}
