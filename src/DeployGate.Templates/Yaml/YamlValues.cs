using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployGate.Templates.Yaml;

/// <summary>
/// Reads a YAML document as data, the way <c>loadYamlContent</c> does: the first document, plain scalars by the core schema
/// (null, booleans, integers, floats, else text). Anchors are resolved; a document that grows beyond its bound is refused.
/// </summary>
/// <seealso href="https://yaml.org/spec/1.2.2/#103-core-schema"/>
internal sealed class YamlValues
{
    private const int MostNodes = 100_000;
    private const int DeepestNesting = 64;

    private readonly Dictionary<string, Value> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser;

    private YamlValues(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>The document's value, or in <paramref name="fault"/> why there is none.</summary>
    internal static Value? Read(string text, out string? fault)
    {
        try
        {
            fault = null;
            var reader = new YamlValues(text);
            reader._parser.Consume<StreamStart>();
            return reader._parser.TryConsume<DocumentStart>(out _) ? reader.ReadNode(0) : NullValue.Instance;
        }
        catch (YamlException exception)
        {
            // The library tells a broken document only in this way.
            fault = $"line {exception.Start.Line}: the file is not well-formed YAML";
            return null;
        }
        catch (TooLargeException)
        {
            fault = $"the file has more than {MostNodes} values, or nests deeper than {DeepestNesting}";
            return null;
        }
    }

    private Value ReadNode(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new TooLargeException();
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value.Value, out var known) ? known : throw new YamlException(alias.Start, alias.End, "unknown anchor");
        }

        var (anchor, value) = _parser.Current switch
        {
            Scalar => ReadScalar(_parser.Consume<Scalar>()),
            SequenceStart => ReadSequence(_parser.Consume<SequenceStart>(), depth),
            _ => ReadMapping(_parser.Consume<MappingStart>(), depth),
        };
        if (value.Size > MostNodes)
        {
            throw new TooLargeException();
        }

        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = value;
        }

        return value;
    }

    private static (AnchorName, Value) ReadScalar(Scalar scalar) =>
        (scalar.Anchor, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? PlainScalar(scalar.Value) : new StringValue(scalar.Value));

    private (AnchorName, Value) ReadSequence(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return (start.Anchor, new ArrayValue(items.ToImmutable()));
    }

    private (AnchorName, Value) ReadMapping(MappingStart start, int depth)
    {
        var members = new List<Member>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var name = _parser.Consume<Scalar>().Value;
            members.Add(new Member(name, ReadNode(depth + 1)));
        }

        return (start.Anchor, ObjectValue.From(members));
    }

    private static Value PlainScalar(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return NullValue.Instance;
            case "true" or "True" or "TRUE":
                return new BoolValue(true);
            case "false" or "False" or "FALSE":
                return new BoolValue(false);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return new IntValue(number);
        }

        return char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? new FloatValue(real, text)
            : new StringValue(text);
    }

    private sealed class TooLargeException : Exception;
}
