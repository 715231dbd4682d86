using System.Collections.Immutable;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>Words: texts, escapes, quotes and patterns.</summary>
internal sealed partial class ShellParser
{
    /// <summary>The rules for a character, by what is open around it.</summary>
    private enum Quoting
    {
        /// <summary>Outside quotes.</summary>
        Bare,

        /// <summary>Between double quotes.</summary>
        Double,

        /// <summary>In the body of a here-document: as between double quotes, but these mean nothing.</summary>
        HereDocument,

        /// <summary>In braces between double quotes, in arithmetic, in a subscript: double quotes open anew.</summary>
        Operand,
    }

    private PartList? _closedParts;

    private ShellWord ParseWord()
    {
        var start = _at;
        var parts = OpenParts();
        while (!AtEnd && !AtNewLine && (!IsMeta(Current) || BeginsProcess() || PlaceholderLength() > 0))
        {
            ReadPart(parts, Quoting.Bare);
        }

        var read = parts.ToImmutable();
        return new ShellWord(From(start), IsLoneBracket(start) ? [new WordPart.Literal(From(start), "[", false)] : read);
    }

    /// <summary>The command <c>[</c> is no pattern.</summary>
    private bool IsLoneBracket(int start) => _at == start + 1 && _text[start] == '[';

    private bool BeginsProcess() => Current is '<' or '>' && Peek(1) == '(';

    /// <summary>
    /// The length of a placeholder, <c>name=&lt;your-group&gt;</c>, that a person is meant to replace; zero for anything else.
    /// A shell would take it for two redirections, the second without a file.
    /// </summary>
    private int PlaceholderLength()
    {
        if (Current != '<' || _at == 0 || _text[_at - 1] != '=' || !char.IsAsciiLetter(Peek(1)))
        {
            return 0;
        }

        var length = 2;
        while (char.IsAsciiLetterOrDigit(Peek(length)) || Peek(length) is '-' or '_' or '.' or ' ')
        {
            length++;
        }

        return Peek(length) == '>' && Peek(length + 1) is '\0' or '\n' or '\r' or ' ' or '\t' or ';' ? length + 1 : 0;
    }

    private void ReadPart(PartList parts, Quoting quoting)
    {
        var c = Current;
        if (quoting == Quoting.Bare && PlaceholderLength() is > 0 and var length)
        {
            parts.Add(new WordPart.Opaque(Span(_at, _at + length), false));
            _at += length;
            return;
        }

        switch (c)
        {
            case '\\':
                ReadEscape(parts, quoting);
                break;
            case '$':
                ReadDollar(parts, quoting);
                break;
            case '`':
                ReadBackticks(parts, quoting);
                break;
            case '"' when quoting is Quoting.Bare or Quoting.Operand:
                ReadDoubleQuoted(parts, _at);
                break;
            case '\'' when quoting == Quoting.Bare:
                ReadSingleQuoted(parts);
                break;
            case '<' or '>' when quoting == Quoting.Bare && Peek(1) == '(':
                ReadProcess(parts);
                break;
            case '~' when quoting == Quoting.Bare && parts.IsEmpty:
                ReadTilde(parts);
                break;
            case '*' or '?' or '[' or '@' or '!' or '+' when quoting == Quoting.Bare:
                ReadPattern(parts);
                break;
            default:
                ReadCharacter(parts, quoting != Quoting.Bare);
                break;
        }
    }

    private void ReadCharacter(PartList parts, bool isQuoted)
    {
        if (IsHoleAt(_at))
        {
            parts.Add(new WordPart.Hole(Span(_at, _at + 1), isQuoted));
        }
        else
        {
            parts.Append(Current, _at, _at + 1, isQuoted);
        }

        _at++;
    }

    private void ReadVerbatim(PartList parts) => ReadCharacter(parts, true);

    private void ReadEscape(PartList parts, Quoting quoting)
    {
        if (ContinuedLine() is var length && length > 0)
        {
            _at += length;
            return;
        }

        var next = Peek(1);
        var escapes = _at + 1 < _end && (quoting == Quoting.Bare || next is '$' or '`' or '\\'
            || (next == '"' && quoting != Quoting.HereDocument) || (next == '}' && quoting == Quoting.Operand));
        if (!escapes)
        {
            ReadCharacter(parts, quoting != Quoting.Bare);
            return;
        }

        var start = _at++;
        if (IsHoleAt(_at))
        {
            ReadCharacter(parts, true);
            return;
        }

        parts.Append(next, start, start + 2, true);
        _at++;
    }

    private void ReadSingleQuoted(PartList parts)
    {
        var start = _at++;
        var inner = OpenParts();
        while (!AtEnd && Current != '\'')
        {
            ReadVerbatim(inner);
        }

        Close("'", start, 1);
        parts.Add(new WordPart.Quoted(From(start), inner.ToImmutable(), QuoteKind.Single));
    }

    private void ReadDoubleQuoted(PartList parts, int start)
    {
        var quoteAt = _at;
        if (!TryEnter(start))
        {
            _at = _end;
            parts.Add(new WordPart.Opaque(From(start), true));
            return;
        }

        _at++;
        var inner = OpenParts();
        while (!AtEnd && Current != '"')
        {
            ReadPart(inner, Quoting.Double);
        }

        Close("\"", quoteAt, 1);
        Leave();
        parts.Add(new WordPart.Quoted(From(start), inner.ToImmutable(), QuoteKind.Double));
    }

    private void ReadTilde(PartList parts)
    {
        var start = _at++;
        while (IsNamePart(Current) || Current is '-' or '+' or '.')
        {
            _at++;
        }

        if (AtEnd || AtNewLine || Current is '/' or ':' || IsMeta(Current))
        {
            parts.Add(new WordPart.Tilde(From(start), _text[(start + 1).._at]));
            return;
        }

        for (var i = start; i < _at; i++)
        {
            parts.Append(_text[i], i, i + 1, false);
        }
    }

    private void ReadPattern(PartList parts)
    {
        var start = _at;
        if (Current != '[' && Peek(1) == '(' && CloserOf(_at + 1) is var closer && closer >= 0 && closer < _end
            && closer - start < LongestOnLine && !_text.AsSpan(start, closer - start).Contains('\n'))
        {
            _at = closer + 1;
            parts.Add(new WordPart.Glob(From(start), _text[start.._at]));
        }
        else if (Current is '*' or '?' or '[')
        {
            _at++;
            parts.Add(new WordPart.Glob(From(start), _text[start.._at]));
        }
        else
        {
            ReadCharacter(parts, false);
        }
    }

    private PartList OpenParts()
    {
        var parts = _closedParts ?? new PartList(this);
        _closedParts = parts.Next;
        return parts;
    }

    /// <summary>
    /// The parts of a word in the making; characters that follow one another become one literal. A list that was closed is opened
    /// again for another word.
    /// </summary>
    private sealed class PartList(ShellParser parser)
    {
        private readonly ImmutableArray<WordPart>.Builder _parts = ImmutableArray.CreateBuilder<WordPart>(0);
        private readonly LiteralRun _literal = new(parser._text);
        private bool _isQuoted;

        /// <summary>The list that was closed before this one.</summary>
        internal PartList? Next { get; private set; }

        internal bool IsEmpty => _parts.Count == 0 && _literal.IsEmpty;

        internal void Append(char c, int start, int end, bool isQuoted)
        {
            if (isQuoted != _isQuoted)
            {
                Flush();
            }

            _isQuoted = isQuoted;
            _literal.Append(c, start, end);
        }

        internal void Add(WordPart part)
        {
            Flush();
            _parts.Add(part);
        }

        /// <summary>Closes the list.</summary>
        internal ImmutableArray<WordPart> ToImmutable()
        {
            // Most words are one literal.
            ImmutableArray<WordPart> parts = _parts.Count == 0 && !_literal.IsEmpty ? [Literal()] : Flushed();
            _isQuoted = false;
            Next = parser._closedParts;
            parser._closedParts = this;
            return parts;
        }

        private void Flush()
        {
            if (!_literal.IsEmpty)
            {
                _parts.Add(Literal());
            }
        }

        private ImmutableArray<WordPart> Flushed()
        {
            Flush();
            var parts = _parts.ToImmutable();
            _parts.Clear();
            return parts;
        }

        private WordPart.Literal Literal() => new(parser.Span(_literal.Start, _literal.End), _literal.Take(), _isQuoted);
    }
}
