using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>Builds a string of known text and holes, and stops growing at <see cref="FunctionLimits.TextLength"/>.</summary>
internal sealed class TextBuilder
{
    private List<StringPart>? _parts;
    // Kept from one text to the next where it is short; a text within a text gets one of its own.
    [ThreadStatic]
    private static StringBuilder? t_spare;

    private const int LongestSpare = 1024;

    private StringBuilder? _text;
    private int _length;

    /// <summary>True when the text was to grow over the limit; what was added since is lost.</summary>
    internal bool IsTooLong { get; private set; }

    /// <summary>Adds known text.</summary>
    internal void Add(ReadOnlySpan<char> text)
    {
        if (IsTooLong || text.Length > FunctionLimits.TextLength - _length)
        {
            IsTooLong = true;
            return;
        }

        Text.Append(text);
        _length += text.Length;
    }

    /// <summary>Adds one character a number of times.</summary>
    internal void Add(char character, int count)
    {
        if (IsTooLong || count > FunctionLimits.TextLength - _length)
        {
            IsTooLong = true;
            return;
        }

        Text.Append(character, count);
        _length += count;
    }

    /// <summary>Adds a hole.</summary>
    internal void Add(UnknownValue hole)
    {
        if (IsTooLong || _parts?.Count >= FunctionLimits.Items)
        {
            IsTooLong = true;
            return;
        }

        Flush();
        Parts.Add(new StringPart(hole));
    }

    /// <summary>Adds the parts of another string.</summary>
    internal void Add(ImmutableArray<StringPart> parts)
    {
        foreach (var part in parts)
        {
            if (part.Literal is { } literal)
            {
                Add(literal);
            }
            else
            {
                Add(part.Hole!);
            }
        }
    }

    /// <summary>The string; an error when it grew too long.</summary>
    internal Value ToValue(FunctionArguments arguments) => IsTooLong
        ? arguments.Fail($"the result of {arguments.Name} is longer than {FunctionLimits.TextLength} characters")
        : ToValue();

    /// <summary>The string as far as it was built.</summary>
    internal Value ToValue()
    {
        var value = _parts is null ? new StringValue(_text?.ToString() ?? "") : Joined(_parts);
        if (_text is { Capacity: <= LongestSpare })
        {
            t_spare = _text.Clear();
        }

        _text = null;
        return value;
    }

    private Value Joined(List<StringPart> parts)
    {
        Flush();
        return PartialString.Join(parts);
    }

    private List<StringPart> Parts => _parts ??= [];

    private StringBuilder Text
    {
        get
        {
            if (_text is null)
            {
                _text = t_spare ?? new StringBuilder();
                t_spare = null;
            }

            return _text;
        }
    }

    private void Flush()
    {
        if (_text is { Length: > 0 })
        {
            Parts.Add(new StringPart(_text.ToString()));
            _text.Clear();
        }
    }
}
