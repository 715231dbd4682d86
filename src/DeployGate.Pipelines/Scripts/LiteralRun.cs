using System.Text;

namespace DeployGate.Pipelines.Scripts;

/// <summary>
/// Characters that follow one another and become one literal. As long as they are what the text holds, none of them is copied:
/// most words have no escape in them.
/// </summary>
internal sealed class LiteralRun(string text)
{
    private StringBuilder? _copy;

    /// <summary>True when nothing was added since the last <see cref="Take"/>.</summary>
    internal bool IsEmpty => Start == End;

    /// <summary>Where the first character begins in the text.</summary>
    internal int Start { get; private set; }

    /// <summary>Where the last character ends in the text.</summary>
    internal int End { get; private set; }

    /// <summary>Adds a character that a range of the text stands for, itself or an escape.</summary>
    internal void Append(char c, int start, int end)
    {
        var isFirst = IsEmpty;
        if (_copy is null && (end != start + 1 || (!isFirst && start != End)))
        {
            _copy = new StringBuilder().Append(text, Start, isFirst ? 0 : End - Start);
        }

        _copy?.Append(c);
        Start = isFirst ? start : Start;
        End = end;
    }

    /// <summary>The characters; the run is empty afterwards.</summary>
    internal string Take()
    {
        var taken = _copy?.ToString() ?? text[Start..End];
        _copy = null;
        Start = End;
        return taken;
    }
}
