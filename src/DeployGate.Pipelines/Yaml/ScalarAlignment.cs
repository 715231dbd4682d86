using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;
using YamlDotNet.Core;

namespace DeployGate.Pipelines.Yaml;

/// <summary>
/// Finds where in the file each character of a scalar's value was written, by walking file and value side by side. Line
/// folding, chomping and indentation need no rules of their own: the value says what became of each line end. Where the
/// walk does not explain the whole value, the value stands for the scalar as a whole.
/// </summary>
/// <seealso href="https://yaml.org/spec/1.2.2/"/>
internal static class ScalarAlignment
{
    internal static MappedText Map(YamlScalar scalar)
    {
        var span = scalar.Place.Span;
        var raw = scalar.Place.Source.Content.AsSpan(span.Start, span.Length);
        if (raw.SequenceEqual(scalar.Value))
        {
            return MappedText.CopyOf(scalar.Value, scalar.Place);
        }

        var walk = new Walk(scalar, SkipProperties(scalar.Place.Source.Content, span));
        var text = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? walk.Block() : walk.Flow();
        return text ?? MappedText.Of(scalar.Value, scalar.Place);
    }

    // The span of a scalar begins with its anchor and tag.
    private static int SkipProperties(string content, TextSpan span)
    {
        var at = span.Start;
        while (at < span.End && content[at] is '&' or '!')
        {
            while (at < span.End && !char.IsWhiteSpace(content[at]))
            {
                at++;
            }

            while (at < span.End && char.IsWhiteSpace(content[at]))
            {
                at++;
            }
        }

        return at;
    }

    private sealed class Walk(YamlScalar scalar, int start)
    {
        private readonly string _content = scalar.Place.Source.Content;
        private readonly string _value = scalar.Value;
        private readonly int _end = scalar.Place.Span.End;
        private readonly MappedText.Builder _builder = new(scalar.Place);
        private int _at = start;
        private int _done;

        internal MappedText? Block()
        {
            SkipLine();
            var indent = Indentation();
            while (_at < _end && _done < _value.Length)
            {
                for (var i = 0; i < indent && _at < _end && _content[_at] == ' '; i++)
                {
                    _at++;
                }

                var lineEnd = LineEnd(_at);
                var length = Math.Min(lineEnd - _at, _value.Length - _done);
                if (!_content.AsSpan(_at, length).SequenceEqual(_value.AsSpan(_done, length)))
                {
                    return null;
                }

                _builder.Copy(new TextSpan(_at, length));
                _done += length;
                _at = lineEnd;
                TakeBreak();
            }

            return _builder.BuildOf(_value);
        }

        internal MappedText? Flow()
        {
            var quote = scalar.Style switch { ScalarStyle.SingleQuoted => '\'', ScalarStyle.DoubleQuoted => '"', _ => '\0' };
            _at += quote == '\0' ? 0 : 1;
            while (_at < _end && _done < _value.Length)
            {
                var current = _content[_at];
                if (current is ' ' or '\t' or '\r' or '\n' && FoldsAt(_at) is { } fold)
                {
                    TakeFold(fold);
                }
                else if (current == '\\' && quote == '"')
                {
                    TakeEscape();
                }
                else
                {
                    var doubled = current == '\'' && quote == '\'';
                    _ = doubled ? _builder.Paste("'", new TextSpan(_at, 2)) : _builder.Copy(new TextSpan(_at, 1));
                    _at += doubled ? 2 : 1;
                    _done++;
                }
            }

            return _builder.BuildOf(_value);
        }

        // Explicit indicators and detection agree: what the first line of the value lost is the indentation.
        private int Indentation()
        {
            var at = _at;
            while (at < _end)
            {
                var spaces = at;
                while (spaces < _end && _content[spaces] == ' ')
                {
                    spaces++;
                }

                if (spaces < _end && _content[spaces] is not ('\r' or '\n'))
                {
                    var first = _value.AsSpan().TrimStart('\n');
                    return spaces - at - (first.Length - first.TrimStart(' ').Length);
                }

                at = Math.Min(_end, AfterBreak(spaces));
            }

            return int.MaxValue;
        }

        private void TakeBreak()
        {
            var after = Math.Min(_end, AfterBreak(_at));
            if (after > _at && _done < _value.Length && (_value[_done] == '\n' || (_value[_done] == ' ' && scalar.Style == ScalarStyle.Folded)))
            {
                var span = TextSpan.FromBounds(_at, after);
                _ = span.Length == 1 && _content[_at] == _value[_done] ? _builder.Copy(span) : _builder.Paste(_value.AsSpan(_done, 1), span);
                _done++;
            }

            _at = after;
        }

        // The end of a run of blanks that holds a line end; null when the blanks stay as they are.
        private int? FoldsAt(int at)
        {
            var breaks = false;
            while (at < _end && _content[at] is ' ' or '\t' or '\r' or '\n')
            {
                breaks |= _content[at] is '\r' or '\n';
                at++;
            }

            return breaks ? at : null;
        }

        private void TakeFold(int end)
        {
            var taken = _value[_done] == ' ' ? 1 : 0;
            while (taken == 0 || (_value[_done] == '\n' && _done + taken < _value.Length && _value[_done + taken] == '\n'))
            {
                if (_value[_done] is not (' ' or '\n'))
                {
                    break;
                }

                taken++;
            }

            _builder.Paste(_value.AsSpan(_done, taken), TextSpan.FromBounds(_at, end));
            _done += taken;
            _at = end;
        }

        private void TakeEscape()
        {
            var next = _at + 1 < _end ? _content[_at + 1] : '\0';
            if (next is '\r' or '\n' or ' ' or '\t' && FoldsAt(_at + 1) is { } joined && next is not (' ' or '\t'))
            {
                _at = joined;
                return;
            }

            var length = next switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };
            var taken = char.IsHighSurrogate(_value[_done]) && next == 'U' && _done + 1 < _value.Length ? 2 : 1;
            _builder.Paste(_value.AsSpan(_done, taken), TextSpan.FromBounds(_at, Math.Min(_end, _at + length)));
            _done += taken;
            _at = Math.Min(_end, _at + length);
        }

        private void SkipLine() => _at = Math.Min(_end, AfterBreak(LineEnd(_at)));

        private int LineEnd(int at)
        {
            var found = at < _end ? _content.AsSpan(at, _end - at).IndexOfAny('\r', '\n') : -1;
            return found < 0 ? _end : at + found;
        }

        private int AfterBreak(int at) => at + (at + 1 < _content.Length && _content[at] == '\r' && _content[at + 1] == '\n' ? 2 : at < _content.Length ? 1 : 0);
    }
}
