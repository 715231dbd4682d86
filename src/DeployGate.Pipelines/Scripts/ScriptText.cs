using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Scripts;

/// <summary>
/// A script as its shell will see it: a file's text, or a YAML scalar's, after the pipeline's own values were pasted in.
/// A value that is not known takes one <see cref="Hole"/> character, which no shell gives a meaning: it can neither close
/// a quotation nor begin a command. Every offset leads back to the file where a person wrote it.
/// </summary>
internal sealed class ScriptText
{
    /// <summary>The character that stands for a value that is not known. Only those in <see cref="HoleAt"/> are holes.</summary>
    internal const char Hole = '\uE000';

    private readonly ImmutableArray<TextRun> _runs;

    /// <summary>A script of runs that make up its content, in order and without gaps; the content has one <see cref="Hole"/> for each value.</summary>
    internal ScriptText(SourceText source, string content, ImmutableArray<TextRun> runs)
    {
        Source = source;
        Content = content;
        _runs = runs;
    }

    /// <summary>The file in which the script was written.</summary>
    internal SourceText Source { get; }

    /// <summary>The text to parse; offsets count UTF-16 code units from its start.</summary>
    internal string Content { get; }

    /// <summary>A whole file that is a script.</summary>
    internal static ScriptText Of(SourceText source) =>
        new(source, source.Content, [new TextRun(0, source.Content.Length, new TextSpan(0, source.Content.Length), true, null)]);

    /// <summary>A text that stands for a place as a whole.</summary>
    internal static ScriptText Of(string text, Place place) =>
        new(place.Source, text, text.Length == 0 ? [] : [new TextRun(0, text.Length, place.Span, false, null)]);

    /// <summary>The value for which the hole at an offset stands; null where the text is what it seems to be.</summary>
    internal Value? HoleAt(int offset) => _runs.IsEmpty || offset >= Content.Length || Content[offset] != Hole ? null : _runs[RunAt(offset)].Hole;

    /// <summary>Where a person wrote a range of the script: a pasted value leads to the expression that names it.</summary>
    internal Place PlaceOf(TextSpan span) => new(Source, SourceOf(span));

    /// <summary>The same, for a place that may never be asked for.</summary>
    internal LazyPlace WhereIs(TextSpan span) => new(Source, SourceOf(span));

    private TextSpan SourceOf(TextSpan span)
    {
        if (_runs.IsEmpty)
        {
            return new TextSpan(0, 0);
        }

        var start = _runs[RunAt(span.Start)].ToSource(span.Start);
        var end = span.Length == 0 ? start : _runs[RunAt(span.End - 1)].ToSourceEnd(span.End);
        return TextSpan.FromBounds(start, Math.Max(start, end));
    }

    private int RunAt(int offset)
    {
        int low = 0, high = _runs.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _runs[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>Puts a script's text together from copies of the file, pasted texts and holes, in order.</summary>
    internal sealed class Builder(SourceText source)
    {
        private readonly System.Text.StringBuilder _content = new();
        private readonly List<TextRun> _runs = [];

        /// <summary>Copies a range of the file as it is.</summary>
        internal Builder Copy(TextSpan span) => Add(source.Content.AsSpan(span.Start, span.Length), span, true, null);

        /// <summary>Puts in text that stands for a range of the file: a pasted value, a folded line end.</summary>
        internal Builder Paste(ReadOnlySpan<char> text, TextSpan span) => Add(text, span, false, null);

        /// <summary>Puts in a hole for a value that is not wholly known, or that is secret.</summary>
        internal Builder PasteHole(Value value, TextSpan span) => Add([Hole], span, false, value);

        /// <summary>The script.</summary>
        internal ScriptText Build() => new(source, _content.ToString(), [.. _runs]);

        private Builder Add(ReadOnlySpan<char> text, TextSpan span, bool isCopy, Value? value)
        {
            if (text.Length > 0)
            {
                _runs.Add(new TextRun(_content.Length, text.Length, span, isCopy, value));
                _content.Append(text);
            }

            return this;
        }
    }
}
