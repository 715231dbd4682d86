using System.Collections.Immutable;

namespace DeployGate.Core.Values;

/// <summary>
/// Puts a string together from known texts and holes: neighbouring texts become one part, and empty ones none. A text that stays alone is not
/// copied. Grows as it needs to; the caller bounds what it adds.
/// </summary>
/// <param name="space">Where texts are put together until they are longer than that; its content does not matter.</param>
public ref struct TextJoin(Span<char> space)
{
    private Span<char> _space = space;
    private int _length;

    // The only text since the last hole: as it came, and in the part that it came in, if any.
    private string? _alone;
    private StringPart? _alonePart;

    private StringPart[]? _parts;
    private int _count;

    /// <summary>Adds known text.</summary>
    public void Add(string text)
    {
        if (text.Length > 0 && _alone is null && _length == 0)
        {
            _alone = text;
        }
        else
        {
            Add(text.AsSpan());
        }
    }

    /// <summary>Adds known text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (text.Length > 0)
        {
            Append(_alone);
            (_alone, _alonePart) = (null, null);
            Append(text);
        }
    }

    /// <summary>Adds a part of another string.</summary>
    public void Add(StringPart part)
    {
        if (part.Literal is not { } literal)
        {
            EndText();
            AddPart(part);
            return;
        }

        Add(literal);
        _alonePart = ReferenceEquals(_alone, literal) ? part : null;
    }

    /// <summary>Adds a string's text, or an unknown value as a hole; what is no string becomes a hole as well.</summary>
    public void Add(Value value)
    {
        switch (value)
        {
            case StringValue text:
                Add(text.Text);
                break;
            case PartialString partial:
                foreach (var part in partial.Parts)
                {
                    Add(part);
                }

                break;
            default:
                EndText();
                AddPart(new StringPart(value as UnknownValue ?? new UnknownValue(UnknownReason.EvaluationError, "?", "the value is not a string")));
                break;
        }
    }

    /// <summary>The simplest value: a string when there is no hole, otherwise a partial string.</summary>
    public Value ToValue()
    {
        if (_parts is null)
        {
            return new StringValue(_alone ?? _space[.._length].ToString());
        }

        EndText();
        return new PartialString(ImmutableArray.Create(_parts, 0, _count));
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _space.Length - _length)
        {
            var longer = new char[Math.Max(2 * _space.Length, _length + text.Length)];
            _space[.._length].CopyTo(longer);
            _space = longer;
        }

        text.CopyTo(_space[_length..]);
        _length += text.Length;
    }

    private void EndText()
    {
        if (_alone is not null || _length > 0)
        {
            AddPart(_alonePart ?? new StringPart(_alone ?? _space[.._length].ToString()));
            (_alone, _alonePart, _length) = (null, null, 0);
        }
    }

    private void AddPart(StringPart part)
    {
        _parts ??= new StringPart[8];
        if (_count == _parts.Length)
        {
            Array.Resize(ref _parts, 2 * _count);
        }

        _parts[_count++] = part;
    }
}
