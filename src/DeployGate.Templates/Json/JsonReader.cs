using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Json;

/// <summary>What reading gave: the value unless the text is broken, and what is wrong with it.</summary>
internal sealed record JsonDocument(Value? Root, ImmutableArray<Problem> Problems);

/// <summary>
/// Reads the JSON that Azure Resource Manager reads: comments, line ends inside strings, trailing commas and repeated names
/// are accepted. Each value knows its place. The first error ends the reading; depth is bounded.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax"/>
internal sealed partial class JsonReader
{
    /// <summary>Deeper than any template Azure accepts, shallow enough for the stack.</summary>
    internal const int MaxDepth = 256;

    /// <summary>Longer lists are not kept: seldom a file needs one.</summary>
    private const int LongestSpare = 1024;

    [ThreadStatic]
    private static List<Member>? t_members;

    [ThreadStatic]
    private static List<Value>? t_items;

    private readonly SourceText _source;
    private readonly string _text;
    private List<Problem>? _problems;

    // The parts of all objects and arrays that are being read, inner above outer: each takes its own off when it ends.
    private readonly List<Member> _members;
    private readonly List<Value> _items;
    private int _at;
    private int _depth;
    private bool _failed;

    private JsonReader(SourceText source)
    {
        (_members, _items) = (t_members ?? [], t_items ?? []);
        (t_members, t_items) = (null, null);
        _source = source;
        _text = source.Content;
    }

    /// <summary>Reads a whole text; one value with nothing after it.</summary>
    internal static JsonDocument Read(SourceText source)
    {
        var reader = new JsonReader(source);
        reader.SkipTrivia();
        var root = reader.ReadValue();
        reader.SkipTrivia();
        if (!reader._failed && reader._at < reader._text.Length)
        {
            reader.Fail(reader._at, 1, "text after the end of the JSON value", "Remove it, or add what is missing before it.");
        }

        reader.LeaveLists();
        return new JsonDocument(reader._failed ? null : root, reader._problems is null ? [] : [.. reader._problems]);
    }

    // For the next text that this thread reads. What a broken text left in them goes with them.
    private void LeaveLists()
    {
        if (_members.Count == 0 && _items.Count == 0 && _members.Capacity <= LongestSpare && _items.Capacity <= LongestSpare)
        {
            (t_members, t_items) = (_members, _items);
        }
    }

    private Value ReadValue()
    {
        if (_at >= _text.Length)
        {
            return Fail(_at, 0, "the text ends where a JSON value is expected", "Complete the file: it looks cut off.");
        }

        return _text[_at] switch
        {
            '{' => ReadObject(),
            '[' => ReadArray(),
            '"' => ReadString(),
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadWord(),
        };
    }

    private Value ReadObject()
    {
        var start = _at++;
        if (++_depth > MaxDepth)
        {
            return TooDeep(start);
        }

        var first = _members.Count;
        SkipTrivia();
        while (!_failed && !TryTake('}'))
        {
            if (Peek() != '"')
            {
                return Fail(_at, 1, $"expected a name in double quotes or '}}', found {Found()}", "Write \"name\": value, and a comma between members.");
            }

            var nameAt = _at;
            var name = ReadText() ?? "";
            var span = TextSpan.FromBounds(nameAt, _at);
            SkipTrivia();
            if (!_failed && !TryTake(':'))
            {
                return Fail(_at, 1, $"expected ':' after the name, found {Found()}", "Write \"name\": value.");
            }

            SkipTrivia();
            var value = ReadValue();
            if (_failed)
            {
                return value;
            }

            _members.Add(new Member(name, value, new LazyPlace(_source, span)));
            EndItem('}', "member");
        }

        _depth--;
        var written = From(start);
        var members = _members.TakeFrom(first);
        if (!ObjectValue.HasRepeated(members))
        {
            return new ObjectValue(members) { WrittenAt = written };
        }

        RemarkRepeated(members);
        return ObjectValue.From(members, null, written);
    }

    private Value ReadArray()
    {
        var start = _at++;
        if (++_depth > MaxDepth)
        {
            return TooDeep(start);
        }

        var first = _items.Count;
        SkipTrivia();
        while (!_failed && !TryTake(']'))
        {
            var value = ReadValue();
            if (_failed)
            {
                return value;
            }

            _items.Add(value);
            EndItem(']', "item");
        }

        _depth--;
        return new ArrayValue(_items.TakeFrom(first)) { WrittenAt = From(start) };
    }

    // Goes on to the next item, or to the bracket after the last one.
    private void EndItem(char close, string what)
    {
        SkipTrivia();
        var comma = _at;
        if (TryTake(','))
        {
            SkipTrivia();
            if (Peek() == close)
            {
                Remark(comma, 1, "a comma before the closing bracket", "Remove it: other tools refuse the file.");
            }
        }
        else if (!_failed && Peek() != close)
        {
            Fail(_at, 1, $"expected ',' or '{close}' after the {what}, found {Found()}", $"Add the missing comma or bracket before this place.");
        }
    }

    private void SkipTrivia()
    {
        // Half of the gaps are none.
        if (Peek() is not (> ' ' and < '\u007F' and not '/'))
        {
            SkipGap();
        }
    }

    private void SkipGap()
    {
        var (text, at) = (_text, _at);
        while ((uint)at < (uint)text.Length)
        {
            var c = text[at];
            if (c > ' ')
            {
                _at = at;
                if (c is '/' or '\uFEFF' or '\u00A0')
                {
                    SkipSeldomTrivia();
                }

                return;
            }

            if (c is not (' ' or '\n' or '\t' or '\r'))
            {
                break;
            }

            at++;
        }

        _at = at;
    }

    private void SkipSeldomTrivia()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is ' ' or '\t' or '\r' or '\n' or '\uFEFF' or '\u00A0')
            {
                _at++;
            }
            else if (c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '/')
            {
                var end = _text.AsSpan(_at).IndexOfAny('\r', '\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '*')
            {
                var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    Fail(_at, 2, "a comment that begins here is never closed", "Add */ at its end.");
                    _at = _text.Length;
                    return;
                }

                _at = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c || _at >= _text.Length)
        {
            return false;
        }

        _at++;
        return true;
    }

    private LazyPlace From(int start) => new(_source, TextSpan.FromBounds(start, _at));
}
