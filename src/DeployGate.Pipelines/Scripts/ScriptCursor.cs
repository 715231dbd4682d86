using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Scripts;

/// <summary>A place in a script that only moves on, the depth of what is open there, and the problems met on the way.</summary>
internal abstract class ScriptCursor(ScriptText script)
{
    /// <summary>Deeper than anything people write, shallow enough for the stack.</summary>
    internal const int MaxDepth = 200;

    private readonly ImmutableArray<SyntaxProblem>.Builder _problems = ImmutableArray.CreateBuilder<SyntaxProblem>();
    private bool _tooDeep;

    /// <summary>The text that is read.</summary>
    protected string Text { get; } = script.Content;

    /// <summary>The offset of the next character.</summary>
    protected int At { get; set; }

    /// <summary>Where reading ends: the text's end, or that of the part that is read on its own.</summary>
    protected int End { get; set; } = script.Content.Length;

    /// <summary>The number of constructs that are open.</summary>
    protected int Depth { get; private set; }

    /// <summary>True behind the last character.</summary>
    protected bool AtEnd => At >= End;

    /// <summary>The next character; zero at the end.</summary>
    protected char Current => Peek(0);

    /// <summary>True at <c>\n</c> or <c>\r\n</c>.</summary>
    protected bool AtNewLine => IsNewLineAt(At);

    /// <summary>All problems, in the order of the text.</summary>
    protected ImmutableArray<SyntaxProblem> Problems => [.. _problems.OrderBy(problem => problem.Span.Start)];

    /// <summary>A character ahead; zero behind the end.</summary>
    protected char Peek(int ahead) => At + ahead < End ? Text[At + ahead] : '\0';

    /// <summary>True when a line ends at an offset.</summary>
    protected bool IsNewLineAt(int at) => at < End && (Text[at] == '\n' || (Text[at] == '\r' && at + 1 < End && Text[at + 1] == '\n'));

    /// <summary>True when exactly this text comes next.</summary>
    protected bool Looks(string ahead) => At + ahead.Length <= End && string.CompareOrdinal(Text, At, ahead, 0, ahead.Length) == 0;

    /// <summary>Takes a text if it comes next.</summary>
    protected bool TryTake(string text)
    {
        var looks = Looks(text);
        At += looks ? text.Length : 0;
        return looks;
    }

    /// <summary>True at the character of a value that is not known.</summary>
    protected bool IsHoleAt(int at) => Text[at] == ScriptText.Hole && script.HoleAt(at) is not null;

    /// <summary>The span from an offset to here.</summary>
    protected TextSpan From(int start) => TextSpan.FromBounds(start, Math.Max(start, At));

    /// <summary>Moves to the end of the line, not behind it.</summary>
    protected void SkipToLineEnd()
    {
        var length = Text.AsSpan(At, End - At).IndexOf('\n');
        At = length < 0 ? End : At + length;
        At -= length > 0 && Text[At - 1] == '\r' ? 1 : 0;
    }

    /// <summary>Records a problem.</summary>
    protected void Report(string message, int start, int end) =>
        _problems.Add(new SyntaxProblem(message, TextSpan.FromBounds(start, Math.Clamp(end, start, Text.Length))));

    /// <summary>Takes what closes a construct; where it is missing, the problem stands at the construct's opening.</summary>
    protected bool Close(string expected, int start, int length)
    {
        if (TryTake(expected))
        {
            return true;
        }

        // Nothing closes at the end of a text that was cut short for its depth: one message is enough.
        if (!_tooDeep || !AtEnd)
        {
            Report($"expected '{expected}', found {Found()}", start, start + length);
        }

        return false;
    }

    /// <summary>Goes one construct deeper; false, and a problem once, when that is too deep.</summary>
    protected bool TryEnter(int start)
    {
        if (Depth < MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Depth++;
            return true;
        }

        ReportTooDeep(start);
        return false;
    }

    /// <summary>Reports, once for a script, that something is nested too deeply.</summary>
    protected void ReportTooDeep(int start)
    {
        if (!_tooDeep)
        {
            Report($"expected at most {MaxDepth} constructs inside one another", start, start + 1);
        }

        _tooDeep = true;
    }

    /// <summary>Leaves what <see cref="TryEnter"/> entered.</summary>
    protected void Leave() => Depth--;

    /// <summary>The next word or sign, as a message quotes it.</summary>
    protected string Found()
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
        while (length < Longest && IsWordPart(Peek(0)) && IsWordPart(Peek(length)))
        {
            length++;
        }

        return $"'{Text.AsSpan(At, length)}'";
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '$' or '-' or '_' or '.' or ':' or '%';
}
