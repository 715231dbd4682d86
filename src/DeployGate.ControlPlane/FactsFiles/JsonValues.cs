using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>
/// Turns JSON into values. Members that are null are left out, as <c>az</c> prints null for what ARM leaves out, and secrets
/// are never taken in: what is not here cannot leak from anywhere.
/// </summary>
internal sealed class JsonValues(byte[] text)
{
    // Errors point at the elements of a list in a facts file, and at their members: four levels, one more to be safe.
    private const int LevelsWithPlaces = 5;

    private readonly Dictionary<Value, int> _starts = new(ReferenceEqualityComparer.Instance);
    private int _bytes;
    private int _units;

    /// <summary>Zero-based offset of a value in UTF-16 code units; null for deep values.</summary>
    internal int? StartOf(Value value) => _starts.TryGetValue(value, out var start) ? start : null;

    /// <summary>Reads the value that begins at the reader's token; the recursion ends at the reader's depth limit.</summary>
    internal Value Read(ref Utf8JsonReader reader, int level)
    {
        var start = level < LevelsWithPlaces ? UnitsAt((int)reader.TokenStartIndex) : 0;
        var value = reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, level),
            JsonTokenType.StartArray => ReadArray(ref reader, level),
            JsonTokenType.String => new StringValue(Secrets.Clean(reader.GetString()!)),
            JsonTokenType.Number => ReadNumber(ref reader),
            JsonTokenType.True or JsonTokenType.False => new BoolValue(reader.TokenType == JsonTokenType.True),
            _ => (Value)new NullValue(),
        };
        if (level < LevelsWithPlaces)
            _starts[value] = start;
        return value;
    }

    private ObjectValue ReadObject(ref Utf8JsonReader reader, int level)
    {
        var members = new List<Member>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (Secrets.IsSecretName(name))
                reader.Skip();
            else
                members.Add(new Member(Secrets.Clean(name), Read(ref reader, level + 1)));
        }

        // Nulls go last: of two members of one name the last wins, also when it is null.
        var map = ObjectValue.From(members);
        return map.Members.Any(IsNull) ? new ObjectValue([.. map.Members.Where(member => !IsNull(member))]) : map;
    }

    private ArrayValue ReadArray(ref Utf8JsonReader reader, int level)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Read(ref reader, level + 1));
        return new ArrayValue(items.ToImmutable());
    }

    private static Value ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var number))
            return new IntValue(number);
        var lexeme = Encoding.ASCII.GetString(reader.ValueSpan);
        return new FloatValue(double.Parse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture), lexeme);
    }

    private static bool IsNull(Member member) => member.Value is NullValue;

    // Tokens come in order, so that each byte of the text is counted once.
    private int UnitsAt(int offset)
    {
        _units += Encoding.UTF8.GetCharCount(text, _bytes, offset - _bytes);
        _bytes = offset;
        return _units;
    }
}
