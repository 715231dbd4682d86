using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Batch.Syntax;

/// <summary>Words, quotes, carets and percent signs.</summary>
internal sealed partial class BatchParser
{
    private BatchWord ReadWord(bool stopsAtEquals)
    {
        var start = At;
        var parts = new PartList(this);
        while (!EndsWord() && !(stopsAtEquals && Looks("==")))
        {
            if (Current == '"')
            {
                ReadQuoted(parts);
            }
            else
            {
                ReadPart(parts, false);
            }
        }

        return new BatchWord(From(start), parts.ToImmutable());
    }

    private bool EndsWord() => EndsCommand() || Current is ' ' or '\t' or '<' or '>';

    /// <summary>A word between <c>FOR</c> and <c>DO</c> ends at parentheses too.</summary>
    private BatchWord ReadHeaderWord()
    {
        var start = At;
        var parts = new PartList(this);
        while (!EndsWord() && Current is not ('(' or ')'))
        {
            if (Current == '"')
            {
                ReadQuoted(parts);
            }
            else
            {
                ReadPart(parts, false);
            }
        }

        return new BatchWord(From(start), parts.ToImmutable());
    }

    /// <summary>What <c>SET</c> takes: blanks and quotes belong to it.</summary>
    private BatchWord ReadText(bool isQuoted, bool stopsAtEquals)
    {
        var start = At;
        var inner = isQuoted;
        var parts = new PartList(this);
        while (!AtEnd && !AtNewLine && (!isQuoted || Current != '"') && !(stopsAtEquals && Current == '='))
        {
            if (!inner && (EndsCommand() || Current is '<' or '>'))
            {
                break;
            }

            inner ^= !isQuoted && Current == '"';
            ReadPart(parts, inner);
        }

        return new BatchWord(From(start), parts.ToImmutable());
    }

    private void ReadQuoted(PartList parts)
    {
        var start = At++;
        var isEmpty = Current == '"';
        while (!AtEnd && !AtNewLine && Current != '"')
        {
            ReadPart(parts, true);
        }

        Close("\"", start, 1);
        if (isEmpty)
        {
            parts.Add(new BatchPart.Literal(From(start), "", true));
        }
    }

    private void ReadPart(PartList parts, bool isQuoted)
    {
        if (Current == '%')
        {
            ReadPercent(parts, isQuoted);
        }
        else if (Current == '^' && !isQuoted && At + 1 < End)
        {
            var start = At;
            At += IsNewLineAt(At + 1) ? (Peek(1) == '\r' ? 3 : 2) : 1;
            if (At == start + 1)
            {
                ReadCharacter(parts, true);
            }
        }
        else
        {
            ReadCharacter(parts, isQuoted);
        }
    }

    private void ReadCharacter(PartList parts, bool isQuoted)
    {
        var at = At++;
        if (IsHoleAt(at))
        {
            parts.Add(new BatchPart.Hole(From(at), isQuoted));
        }
        else
        {
            parts.Append(Text[at], at, isQuoted);
        }
    }

    private void ReadPercent(PartList parts, bool isQuoted)
    {
        var start = At;
        var isLoop = Peek(1) == '%';
        var nameAt = At + (isLoop ? 2 : 1);
        if (ReferenceLength(nameAt, isLoop) is var length && length > 0)
        {
            At = nameAt + length;
            var text = Text[nameAt..At];
            parts.Add(isLoop ? new BatchPart.LoopVariable(From(start), text, isQuoted) : new BatchPart.Argument(From(start), text, isQuoted));
            return;
        }

        var close = isLoop ? -1 : Text.AsSpan(nameAt, End - nameAt).IndexOfAny('%', '\n');
        if (close > 0 && Text[nameAt + close] == '%')
        {
            At = nameAt + close + 1;
            var name = Text.Substring(nameAt, close);
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            parts.Add(new BatchPart.Variable(From(start), colon > 0 ? name[..colon] : name, colon > 0 ? name[(colon + 1)..] : null, isQuoted));
            return;
        }

        // Two percent signs are one; a lone one is kept, though cmd drops it, so that a person finds it again.
        At = nameAt;
        parts.Append('%', start, isQuoted);
    }

    /// <summary>The length of <c>1</c>, <c>*</c>, <c>~dp0</c>, or of a loop's <c>i</c> or <c>~ni</c>; zero for none.</summary>
    private int ReferenceLength(int at, bool isLoop)
    {
        const int Longest = 10;
        var length = 0;
        if (at < End && Text[at] == '~')
        {
            length++;
            while (length < Longest && at + length < End && char.IsAsciiLetter(Text[at + length]) && (!isLoop || (at + length + 1 < End && char.IsAsciiLetter(Text[at + length + 1]))))
            {
                length++;
            }
        }

        if (at + length >= End)
        {
            return 0;
        }

        var last = Text[at + length];
        return (isLoop ? char.IsAsciiLetter(last) : char.IsAsciiDigit(last) || (last == '*' && length == 0)) ? length + 1 : 0;
    }

    /// <summary>The parts of a word in the making; characters that follow one another become one literal.</summary>
    private sealed class PartList(BatchParser parser)
    {
        private readonly ImmutableArray<BatchPart>.Builder _parts = ImmutableArray.CreateBuilder<BatchPart>();
        private readonly LiteralRun _literal = new(parser.Text);
        private bool _isQuoted;

        internal void Append(char c, int start, bool isQuoted)
        {
            if (isQuoted != _isQuoted)
            {
                Flush();
            }

            _isQuoted = isQuoted;
            _literal.Append(c, start, parser.At);
        }

        internal void Add(BatchPart part)
        {
            Flush();
            _parts.Add(part);
        }

        internal ImmutableArray<BatchPart> ToImmutable()
        {
            Flush();
            return _parts.ToImmutable();
        }

        private void Flush()
        {
            if (!_literal.IsEmpty)
            {
                var span = TextSpan.FromBounds(_literal.Start, _literal.End);
                _parts.Add(new BatchPart.Literal(span, _literal.Take(), _isQuoted));
            }
        }
    }
}
