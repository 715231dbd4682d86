using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Packer;

internal sealed partial class PackerParser
{
    private PackerNode Expression()
    {
        SkipInline();
        var start = _at;
        if (_depth >= DeepestNesting)
        {
            Report(start, "values are nested too deep");
            return Opaque(start);
        }

        _depth++;
        var node = Primary();
        _depth--;
        SkipInline();

        // An operator, a call or an index follows: the whole is one expression that is not evaluated.
        return node is null || !IsTerminator ? Opaque(start) : node;
    }

    private bool IsTerminator => IsEnd || Current is '\n' or ',' or ']' or '}' or ')' || IsLineComment || (Current == '/' && Next == '*');

    private PackerNode? Primary()
    {
        switch (Current)
        {
            case '"':
                return Quoted();
            case '[':
                return List();
            case '{':
                return Map();
            case '<' when Next == '<':
                return Heredoc();
        }

        var start = _at;
        if (char.IsDigit(Current) || Current == '-')
        {
            while (char.IsLetterOrDigit(Current) || Current is '.' or '-' or '+')
            {
                _at++;
            }

            return new PackerNode.Number(TextSpan.FromBounds(start, _at), _text[start.._at]);
        }

        while (char.IsLetterOrDigit(Current) || Current is '_' or '-' or '.')
        {
            _at++;
        }

        return _at == start ? null : new PackerNode.Reference(TextSpan.FromBounds(start, _at), _text[start.._at]);
    }

    private PackerNode.Opaque Opaque(int start)
    {
        var depth = 0;
        while (!IsEnd && (depth > 0 || Current is not ('\n' or ',' or ']' or '}' or ')')))
        {
            depth += Current is '(' or '[' or '{' ? 1 : Current is ')' or ']' or '}' ? -1 : 0;
            if (Current == '"')
            {
                Quoted();
            }
            else
            {
                _at++;
            }
        }

        return new PackerNode.Opaque(TextSpan.FromBounds(start, _at), _text[start.._at].Trim());
    }

    private PackerNode.Text Quoted()
    {
        var start = _at++;
        while (!IsEnd && Current is not ('"' or '\n'))
        {
            _at = Current switch
            {
                '\\' => Math.Min(_at + 2, _text.Length),
                '$' or '%' when !_isJson && Next == '{' => PackerTexts.AfterBraces(_text, _at + 2),
                _ => _at + 1,
            };
        }

        var content = _text[(start + 1).._at];
        if (Current == '"')
        {
            _at++;
        }
        else
        {
            Report(start, "a text is not closed");
        }

        return new PackerNode.Text(TextSpan.FromBounds(start, _at), PackerTexts.Split(content, _isJson, hasEscapes: true));
    }

    private PackerNode List()
    {
        var start = _at++;
        var items = ImmutableArray.CreateBuilder<PackerNode>();
        for (SkipBlanks(); !IsEnd && Current != ']'; SkipBlanks())
        {
            var before = _at;
            if (Current == ',')
            {
                _at++;
                continue;
            }

            items.Add(Expression());
            if (_at == before)
            {
                Report(_at, "a value was expected");
                _at++;
            }
        }

        Close(start, "a list is not closed");
        return new PackerNode.List(TextSpan.FromBounds(start, _at), items.ToImmutable());
    }

    private PackerNode Map()
    {
        var start = _at++;
        var entries = ImmutableArray.CreateBuilder<PackerAttribute>();
        for (SkipBlanks(); !IsEnd && Current != '}'; SkipBlanks())
        {
            var before = _at;
            if (Current == ',')
            {
                _at++;
                continue;
            }

            if (Name() is not { } name)
            {
                Report(before, "a name was expected");
                _at++;
                continue;
            }

            var span = TextSpan.FromBounds(before, _at);
            SkipBlanks();
            if (Current is not (':' or '='))
            {
                Report(_at, "':' or '=' was expected");
                continue;
            }

            _at++;
            SkipBlanks();
            entries.Add(new PackerAttribute(name, span, Expression()));
        }

        Close(start, "an object is not closed");
        return new PackerNode.Map(TextSpan.FromBounds(start, _at), entries.ToImmutable());
    }

    private void Close(int start, string message)
    {
        if (IsEnd)
        {
            Report(start, message);
            return;
        }

        _at++;
    }

    private PackerNode? Heredoc()
    {
        var start = _at;
        _at += 2;
        var isIndented = Current == '-';
        _at += isIndented ? 1 : 0;
        if (Name() is not { } end || (Current != '\n' && Current != '\r'))
        {
            return null;
        }

        List<string> lines = [];
        var at = _text.IndexOf('\n', _at);
        while (at >= 0 && at + 1 < _text.Length)
        {
            var next = _text.IndexOf('\n', at + 1);
            var line = _text[(at + 1)..(next < 0 ? _text.Length : next)].TrimEnd('\r');
            if (line.Trim() == end)
            {
                _at = next < 0 ? _text.Length : next;
                return new PackerNode.Text(TextSpan.FromBounds(start, _at), PackerTexts.Split(Joined(lines, isIndented), isJson: false, hasEscapes: false));
            }

            lines.Add(line);
            at = next;
        }

        Report(start, $"the text up to '{end}' is not closed");
        _at = _text.Length;
        return new PackerNode.Opaque(TextSpan.FromBounds(start, _at), "heredoc");
    }

    private static string Joined(List<string> lines, bool isIndented)
    {
        var indent = isIndented ? lines.Where(line => line.AsSpan().Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min() : 0;
        var text = new StringBuilder();
        lines.ForEach(line => text.Append(line.AsSpan(Math.Min(indent, line.Length))).Append('\n'));
        return text.ToString();
    }
}
