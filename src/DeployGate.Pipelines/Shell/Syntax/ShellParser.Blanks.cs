namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>Blanks, line ends, comments, and the words that are reserved where a command may begin.</summary>
internal sealed partial class ShellParser
{
    private const int LongestReserved = 8;

    /// <summary>Blanks and continued lines; a backslash before an empty line thus leaves the line end that follows it.</summary>
    private void SkipBlanks()
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t')
            {
                _at++;
            }
            else if (ContinuedLine() is var length && length > 0)
            {
                _at += length;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The length of a backslash and the line end behind it; zero where there is none.</summary>
    private int ContinuedLine() => Current == '\\' && IsNewLineAt(_at + 1) ? (Peek(1) == '\r' ? 3 : 2) : 0;

    private void SkipBlanksAndNewLines()
    {
        while (true)
        {
            SkipBlanks();
            if (AtNewLine)
            {
                TakeNewLine();
            }
            else if (Current == '#' && !AtEnd)
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>A line end outside all quotes: the bodies of the here-documents announced before it follow.</summary>
    private void TakeNewLine()
    {
        _at += Current == '\r' ? 2 : 1;
        ReadHereDocuments();
    }

    private void SkipComment() => SkipToLineEnd();

    private void SkipToLineEnd()
    {
        var length = _text.AsSpan(_at, _end - _at).IndexOf('\n');
        _at = length < 0 ? _end : _at + length;
        _at -= length > 0 && _text[_at - 1] == '\r' ? 1 : 0;
    }

    /// <summary>The reserved word here; empty for any other word.</summary>
    private ReadOnlySpan<char> Reserved()
    {
        var length = 0;
        while (length <= LongestReserved && IsReservedCharacter(Peek(length)))
        {
            length++;
        }

        var word = _text.AsSpan(_at, length);
        var next = Peek(length);
        var ends = _at + length >= _end || IsMeta(next) || IsNewLineAt(_at + length);
        return ends && IsReserved(word) ? word : default;
    }

    private static bool IsReservedCharacter(char c) => char.IsAsciiLetterLower(c) || c is '{' or '}' or '[' or '!';

    private static bool IsReserved(ReadOnlySpan<char> word) => word is
        "if" or "then" or "elif" or "else" or "fi" or "for" or "while" or "until" or "select" or "do" or "done"
        or "case" or "esac" or "function" or "time" or "{" or "}" or "[[" or "!";

    private Closers CloserHere()
    {
        if (AtEnd)
        {
            return Closers.None;
        }

        if (Current is ')' or ';')
        {
            return Current == ')' ? Closers.Parenthesis : Peek(1) is ';' or '&' ? Closers.CaseEnd : Closers.None;
        }

        return Reserved() switch
        {
            "then" => Closers.Then,
            "elif" => Closers.Elif,
            "else" => Closers.Else,
            "fi" => Closers.Fi,
            "do" => Closers.Do,
            "done" => Closers.Done,
            "esac" => Closers.Esac,
            "}" => Closers.Brace,
            _ => Closers.None,
        };
    }

    /// <summary>What may end a block.</summary>
    [Flags]
    private enum Closers
    {
        None = 0,
        Then = 1,
        Elif = 2,
        Else = 4,
        Fi = 8,
        Do = 16,
        Done = 32,
        Esac = 64,
        CaseEnd = 128,
        Brace = 256,
        Parenthesis = 512,
    }
}
