using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>
/// Parses a script of PowerShell by recursive descent over its characters: what they mean differs between expressions and the
/// arguments of commands. Every loop moves on, nothing is read twice, and nesting is bounded.
/// </summary>
/// <seealso href="https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02"/>
/// <seealso href="https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-15"/>
internal sealed partial class PowerShellParser : ScriptCursor
{
    private int _braces;
    private int _parentheses;
    private int _blanks = -1;
    private int _blanksEnd;

    private PowerShellParser(ScriptText script)
        : base(script)
    {
    }

    /// <summary>Parses a whole text. What is broken is reported; the rest is parsed nevertheless.</summary>
    internal static PowerShellScript Parse(ScriptText script)
    {
        var parser = new PowerShellParser(script);
        var body = parser.ParseScriptBlockBody('\0', 0, []);
        return new PowerShellScript(script, body, parser.Problems);
    }

    /// <summary>
    /// Blanks, comments between <c>&lt;#</c> and <c>#&gt;</c>, and back-ticks before a line end. A back-tick before blanks is
    /// skipped too: a YAML scalar that was folded has many of them.
    /// </summary>
    private void SkipBlanks()
    {
        // Looking ahead for an operator comes back here from several rules.
        if (At == _blanks)
        {
            At = _blanksEnd;
            return;
        }

        var start = At;
        SkipBlanksOnce();
        (_blanks, _blanksEnd) = (start, At);
    }

    private void SkipBlanksOnce()
    {
        while (!AtEnd)
        {
            if (IsBlank(Current))
            {
                At++;
            }
            else if (Current == '`' && (At + 1 >= End || IsBlank(Peek(1)) || IsNewLineAt(At + 1)))
            {
                At += Peek(1) == '\r' ? 3 : 2;
                At = Math.Min(At, End);
            }
            else if (Looks("<#"))
            {
                SkipBlockComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlockComment()
    {
        var start = At;
        var length = Text.AsSpan(At + 2, End - At - 2).IndexOf("#>");
        At = length < 0 ? End : At + length + 4;
        if (length < 0)
        {
            Report("expected '#>', found the end of the script", start, start + 2);
        }
    }

    private void SkipBlanksAndNewLines()
    {
        while (true)
        {
            SkipBlanks();
            if (AtEnd)
            {
                return;
            }

            if (Current is '\n' or '\r')
            {
                At++;
            }
            else if (Current == '#')
            {
                SkipToLineEnd();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipSeparators()
    {
        SkipBlanksAndNewLines();
        while (TryTake(";"))
        {
            SkipBlanksAndNewLines();
        }
    }

    /// <summary>Takes a keyword, in any case, if it comes next.</summary>
    private bool TryTakeWord(string word)
    {
        var looks = LooksWord(word);
        At += looks ? word.Length : 0;
        return looks;
    }

    private bool LooksWord(string word) =>
        At + word.Length <= End
        && string.Compare(Text, At, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && !IsWordPart(Peek(word.Length)) && Peek(word.Length) is not ('-' or '.' or '\\' or '/' or ':');

    /// <summary>Takes a keyword behind line ends; where it does not come, nothing is taken.</summary>
    private bool TryTakeWordAhead(string word)
    {
        var start = At;
        SkipBlanksAndNewLines();
        if (TryTakeWord(word))
        {
            return true;
        }

        At = start;
        return false;
    }

    /// <summary>Statements up to a closing sign, which is left to the caller; a sign that closes nothing is reported and skipped.</summary>
    private PowerShellBlock ParseStatements(char closer)
    {
        SkipSeparators();
        var start = At;
        var last = At;
        var statements = ImmutableArray.CreateBuilder<PowerShellStatement>();
        while (!AtEnd && !IsCloser(closer))
        {
            if (Current is '}' or ')' or ']')
            {
                Report($"expected a statement, found '{Current}'", At, At + 1);
                At++;
            }
            else
            {
                var statement = ParseStatement();
                statements.Add(statement);
                last = At;
                EndStatement(statement);
            }

            SkipSeparators();
        }

        return new PowerShellBlock(TextSpan.FromBounds(start, Math.Max(start, last)), statements.ToImmutable());
    }

    private bool IsCloser(char own) =>
        (Current == own && own != '\0') || (Current == '}' && _braces > 0) || (Current == ')' && _parentheses > 0);

    /// <summary>What follows a statement that is whole must end it; the rest of such a line is skipped.</summary>
    private void EndStatement(PowerShellStatement statement)
    {
        var isBlock = At > 0 && Text[At - 1] == '}';
        SkipBlanks();
        if (isBlock || statement is PowerShellStatement.Opaque || AtEnd || AtNewLine || Current is ';' or '}' or ')' or '#' or '\r')
        {
            return;
        }

        Report($"expected the end of the statement, found {Found()}", At, At + 1);
        SkipToLineEnd();
    }

    private PowerShellBlock ParseBraceBlock(string behind)
    {
        SkipBlanksAndNewLines();
        var start = At;
        if (Current != '{' || AtEnd)
        {
            Report($"expected '{{' after {behind}, found {Found()}", start, start + 1);
            return new PowerShellBlock(From(start), []);
        }

        if (!TryEnter(start))
        {
            SkipBraces();
            return new PowerShellBlock(From(start), []);
        }

        At++;
        _braces++;
        var body = ParseStatements('}');
        _braces--;
        Close("}", start, 1);
        Leave();
        return body with { Span = From(start) };
    }

    /// <summary>Moves behind the bracket that closes the one here; quotes and comments are not looked at.</summary>
    private void SkipBraces()
    {
        var (opening, closing) = Current switch
        {
            '(' => ('(', ')'),
            '[' => ('[', ']'),
            _ => ('{', '}'),
        };
        var open = 0;
        while (!AtEnd)
        {
            open += Current == opening ? 1 : Current == closing ? -1 : 0;
            At++;
            if (open == 0)
            {
                return;
            }
        }
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\f' or '\v' or '\u00A0' or '\u0085' || (c > '\u00FF' && char.IsWhiteSpace(c) && c is not ('\u2028' or '\u2029'));

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsSingleQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';

    private static bool IsDoubleQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E';

    private static bool IsDash(char c) => c is '-' or '\u2013' or '\u2014' or '\u2015';
}
