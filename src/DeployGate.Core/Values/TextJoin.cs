using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeployGate.Core.Text;

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

    // The only text since the last hole, as it came.
    private string? _alone;

    // The parts: few of them here, and all of them there when they are more.
    private FewParts _few;
    private StringPart[]? _many;
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
            _alone = null;
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
        if (_count == 0)
        {
            return new StringValue(_alone ?? _space[.._length].ToString());
        }

        EndText();
        ReadOnlySpan<StringPart> few = _few;
        return new PartialString(_many is null ? [.. few[.._count]] : ImmutableArray.Create(_many, 0, _count));
    }

    /// <summary>The text since the last hole, in the string that was made of the same lately, if any: loops and references write the same ids again and again.</summary>
    internal readonly string ToText() => _alone ?? RecentTexts.OfMade(_space[.._length]);

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
            AddPart(new StringPart(ToText()));
            (_alone, _length) = (null, 0);
        }
    }

    private void AddPart(StringPart part)
    {
        if (_many is null && _count < FewParts.Length)
        {
            _few[_count++] = part;
            return;
        }

        if (_many is null)
        {
            ReadOnlySpan<StringPart> few = _few;
            _many = new StringPart[2 * FewParts.Length];
            few.CopyTo(_many);
        }
        else if (_count == _many.Length)
        {
            Array.Resize(ref _many, 2 * _count);
        }

        _many[_count++] = part;
    }

    [InlineArray(Length)]
    private struct FewParts
    {
        internal const int Length = 8;

        private StringPart _first;
    }
}
