using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>
/// Parses a script of <c>bash</c> or <c>sh</c> by recursive descent over its characters, since what a character means depends on
/// what is open around it. Every loop moves on, and nesting is bounded, so that no text takes long or exhausts the stack.
/// </summary>
/// <seealso href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html"/>
/// <seealso href="https://www.gnu.org/software/bash/manual/bash.html"/>
internal sealed partial class ShellParser
{
    /// <summary>Deeper than anything people write, shallow enough for the stack.</summary>
    internal const int MaxDepth = 200;

    private readonly ScriptText _script;
    private readonly string _text;
    private readonly ImmutableArray<int>? _origins;
    private readonly List<SyntaxProblem> _problems;
    private int[]? _closers;
    private int _at;
    private int _end;
    private int _depth;
    private bool _tooDeep;

    private ShellParser(ScriptText script, string text, ImmutableArray<int>? origins, List<SyntaxProblem> problems)
    {
        _script = script;
        _text = text;
        _origins = origins;
        _problems = problems;
        _end = text.Length;
    }

    /// <summary>Parses a whole text. What is broken is reported; the rest is parsed nevertheless.</summary>
    internal static ShellScript Parse(ScriptText script)
    {
        List<SyntaxProblem> problems = [];
        var body = new ShellParser(script, script.Content, null, problems).ParseAll();
        return new ShellScript(script, body, problems.Count == 0 ? [] : [.. problems.OrderBy(problem => problem.Span.Start)]);
    }

    private bool AtEnd => _at >= _end;

    private char Current => Peek(0);

    private char Peek(int ahead) => _at + ahead < _end ? _text[_at + ahead] : '\0';

    private bool AtNewLine => IsNewLineAt(_at);

    private bool Looks(string ahead) => string.CompareOrdinal(_text, _at, ahead, 0, ahead.Length) == 0 && _at + ahead.Length <= _end;

    private bool IsNewLineAt(int at) => at < _end && (_text[at] == '\n' || (_text[at] == '\r' && at + 1 < _end && _text[at + 1] == '\n'));

    private ShellBlock ParseAll()
    {
        var body = ParseBlock(Closers.None);
        ReadHereDocuments();
        return body;
    }

    private bool TryTake(string text)
    {
        if (!Looks(text))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    /// <summary>A span of the content; inside back-ticks the text is a copy without their backslashes.</summary>
    private TextSpan Span(int start, int end)
    {
        if (_origins is not { } origins)
        {
            return TextSpan.FromBounds(start, Math.Max(start, end));
        }

        return TextSpan.FromBounds(origins[start], end > start ? origins[end - 1] + 1 : origins[start]);
    }

    private TextSpan From(int start) => Span(start, _at);

    private bool IsHoleAt(int at) => _text[at] == ScriptText.Hole && _script.HoleAt(Span(at, at).Start) is not null;

    private void Report(string message, int start, int end) => _problems.Add(new SyntaxProblem(message, Span(start, end)));

    /// <summary>Nothing closes at the end of a text that was cut short for its depth: one message is enough.</summary>
    private void ReportUnclosed(string message, int start, int end)
    {
        if (!_tooDeep || !AtEnd)
        {
            Report(message, start, end);
        }
    }

    private bool TryEnter(int start)
    {
        if (_depth < MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _depth++;
            return true;
        }

        if (!_tooDeep)
        {
            Report($"expected at most {MaxDepth} constructs inside one another", start, Math.Min(start + 1, _end));
        }

        _tooDeep = true;
        return false;
    }

    private void Leave() => _depth--;

    /// <summary>Moves behind the bracket that closes the one here, or to the end of the text.</summary>
    private void SkipBalanced()
    {
        var closer = CloserOf(_at);
        _at = closer < 0 || closer >= _end ? _end : closer + 1;
    }

    /// <summary>
    /// Where the parenthesis that closes the one at an offset stands, quotes aside; negative for none. One pass for the whole text
    /// answers every question, else a row of openings would be searched again for each of them.
    /// </summary>
    private int CloserOf(int at)
    {
        _closers ??= FindClosers();
        return _closers[at] - 1;
    }

    private int[] FindClosers()
    {
        var closers = new int[_text.Length + 1];
        var open = new Stack<int>();
        for (var i = 0; i < _text.Length; i++)
        {
            if (_text[i] == '\\')
            {
                i++;
            }
            else if (_text[i] == '(')
            {
                open.Push(i);
            }
            else if (_text[i] == ')' && open.Count > 0)
            {
                closers[open.Pop()] = i + 1;
            }
        }

        return closers;
    }

    private string Found()
    {
        const int Longest = 20;
        if (AtEnd)
        {
            return "the end of the script";
        }

        if (AtNewLine)
        {
            return "the end of the line";
        }

        var length = 1;
        while (length < Longest && _at + length < _end && !IsBlankOrNewLine(_text[_at + length]) && !IsMeta(_text[_at + length]) && !IsMeta(Current))
        {
            length++;
        }

        return $"'{_text.AsSpan(_at, length)}'";
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static bool IsBlankOrNewLine(char c) => c is ' ' or '\t' or '\n' or '\r';

    private static bool IsMeta(char c) => c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
