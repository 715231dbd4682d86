namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>What stands between tokens: blanks, comments, and the directives that switch the compiler's warnings off.</summary>
internal sealed partial class BicepLexer
{
    private void SkipTrivia()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case ' ' or '\t' or '\uFEFF':
                    _at++;
                    break;
                case '/' when Peek(1) == '/':
                    SkipLine();
                    break;
                case '/' when Peek(1) == '*':
                    SkipBlockComment();
                    break;
                case '#' when IsFirstOnLine():
                    SkipDirective();
                    break;
                default:
                    return;
            }
        }
    }

    private void SkipLine()
    {
        var length = _text.AsSpan(_at).IndexOfAny('\r', '\n');
        _at = length < 0 ? _text.Length : _at + length;
    }

    private void SkipBlockComment()
    {
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            Report(_at, _at + 2, "a comment that begins here is never closed", "Add */ at its end.");
        }

        _at = end < 0 ? _text.Length : end + 2;
    }

    private void SkipDirective()
    {
        var start = _at++;
        while (char.IsAsciiLetter(Peek(0)) || Peek(0) == '-')
        {
            _at++;
        }

        var name = _text.AsSpan(start, _at - start);
        if (name is not ("#disable-next-line" or "#disable-diagnostics" or "#restore-diagnostics"))
        {
            Report(start, _at, $"unknown directive '{name}'", "The directives are #disable-next-line, #disable-diagnostics and #restore-diagnostics.");
        }

        SkipLine();
    }

    private bool IsFirstOnLine()
    {
        var before = _text.AsSpan(0, _at).TrimEnd(" \t\uFEFF");
        return before.IsEmpty || before[^1] is '\r' or '\n';
    }
}
