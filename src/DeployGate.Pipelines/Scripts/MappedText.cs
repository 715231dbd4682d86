using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Scripts;

/// <summary>A run of a text and the range of the file it stands for; with <paramref name="Hole"/> it is a value, not text.</summary>
internal readonly record struct TextRun(int Start, int Length, TextSpan Source, bool IsCopy, Value? Hole)
{
    internal int End => Start + Length;

    /// <summary>Where in the file an offset of the text is; offsets inside a copy correspond one to one.</summary>
    internal int ToSource(int offset) => IsCopy ? Source.Start + Math.Clamp(offset - Start, 0, Length) : Source.Start;

    /// <summary>The same for the end of a range.</summary>
    internal int ToSourceEnd(int end) => IsCopy ? ToSource(end) : Source.End;
}

/// <summary>
/// Text on its way from a YAML scalar to a script or a value: expressions are replaced in it, step by step, and each
/// character still leads back to the file. A value that is not known, or secret, is one hole.
/// </summary>
internal sealed class MappedText
{
    /// <summary>Longest text that substitution may build; what would be longer is not known.</summary>
    internal const int LongestText = 1024 * 1024;

    private const int MostRuns = 100_000;
    private const int MostAlternatives = 16;

    private MappedText(Place place, string content, ImmutableArray<TextRun> runs)
    {
        (Place, Content, Runs) = (place, content, runs);
    }

    /// <summary>The whole scalar.</summary>
    internal Place Place { get; }

    /// <summary>The text, each hole one character.</summary>
    internal string Content { get; }

    /// <summary>The text's runs, in order, without gaps.</summary>
    internal ImmutableArray<TextRun> Runs { get; }

    /// <summary>True when all is text.</summary>
    internal bool IsKnown => !Runs.Any(run => run.Hole is not null);

    /// <summary>Text that stands for a place as a whole.</summary>
    internal static MappedText Of(string text, Place place) =>
        text.Length > LongestText ? new Builder(place).Paste(text, place.Span).Build() : new(place, text, text.Length == 0 ? [] : [new TextRun(0, text.Length, place.Span, false, null)]);

    /// <summary>Text that stands at a place as it is.</summary>
    internal static MappedText CopyOf(string text, Place place) =>
        text.Length > LongestText ? new Builder(place).Copy(place.Span).Build() : new(place, text, text.Length == 0 ? [] : [new TextRun(0, text.Length, place.Span, true, null)]);

    /// <summary>Where a range of the text was written.</summary>
    internal Place PlaceOf(int start, int end)
    {
        if (Runs.IsEmpty)
        {
            return Place;
        }

        var (first, last) = (Runs[IndexOf(start)], Runs[IndexOf(Math.Max(start, end - 1))]);
        var from = first.IsCopy ? first.Source.Start + Math.Min(start - first.Start, first.Length) : first.Source.Start;
        var to = last.IsCopy ? last.Source.Start + Math.Min(end - last.Start, last.Length) : last.Source.End;
        return new Place(Place.Source, TextSpan.FromBounds(from, Math.Max(from, to)));
    }

    /// <summary>The text for a shell.</summary>
    internal ScriptText ToScript() => new(Place.Source, Content, Runs);

    /// <summary>The text as a value: a string, a partial string, or the one value it stands for.</summary>
    internal Value ToValue()
    {
        if (Runs is [{ Hole: { } only }])
        {
            return only.At(only.Origin?.Through(Place, "expression") ?? new Origin(Place));
        }

        if (IsKnown)
        {
            return new StringValue(Content) { WrittenAt = Place };
        }

        var secret = Runs.Any(run => run.Hole is { IsSecret: true });
        var value = Choices() ?? PartialString.Join(Runs.SelectMany(Parts));
        return value with { WrittenAt = Place, IsSecret = secret };
    }

    internal int IndexOf(int offset)
    {
        int low = 0, high = Runs.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Runs[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private IEnumerable<StringPart> Parts(TextRun run) => run.Hole switch
    {
        null => [new StringPart(Content.Substring(run.Start, run.Length))],
        StringValue secret => [new StringPart(secret.Text)],
        PartialString text => text.Parts,
        UnknownValue unknown => [new StringPart(unknown)],
        var other => [new StringPart(new UnknownValue(UnknownReason.EvaluationError, "?", $"a {other.GetType().Name} is not text"))],
    };

    // Few possibilities stay listed: 'vm-' and one of two names is one of two texts.
    private UnknownValue? Choices()
    {
        if (!Runs.Any(run => run.Hole is UnknownValue { Alternatives.IsEmpty: false }))
        {
            return null;
        }

        List<string> texts = [""];
        UnknownValue? first = null;
        foreach (var run in Runs)
        {
            string[] options;
            if (run.Hole is UnknownValue { Alternatives: { Length: > 0 } alternatives } unknown && alternatives.All(value => value is StringValue))
            {
                first ??= unknown;
                options = [.. alternatives.Select(value => ((StringValue)value).Text)];
            }
            else if (run.Hole is null)
            {
                options = [Content.Substring(run.Start, run.Length)];
            }
            else
            {
                return null;
            }

            if (texts.Count * options.Length > MostAlternatives)
            {
                return null;
            }

            texts = [.. texts.SelectMany(text => options.Select(option => text + option))];
        }

        return first is null ? null : first with { Expression = Pattern(), Alternatives = [.. texts.Distinct().Select(text => new StringValue(text))], Shape = ValueShape.Text };
    }

    private string Pattern() => string.Concat(Runs.Select(run => run.Hole is UnknownValue hole ? $"{{{hole.Expression}}}" : Content.Substring(run.Start, run.Length)));

    /// <summary>Puts a text together, in order.</summary>
    internal sealed class Builder(Place place)
    {
        private readonly StringBuilder _content = new();
        private readonly List<TextRun> _runs = [];
        private bool _isTooLong;

        /// <summary>Adds text that stands as it is in the file.</summary>
        internal Builder Copy(TextSpan span)
        {
            if (span.Length > 0 && HasRoomFor(span.Length))
            {
                if (_runs.Count > 0 && _runs[^1] is { IsCopy: true, Hole: null } last && last.Source.End == span.Start)
                {
                    _runs[^1] = last with { Length = last.Length + span.Length, Source = TextSpan.FromBounds(last.Source.Start, span.End) };
                }
                else
                {
                    _runs.Add(new TextRun(_content.Length, span.Length, span, true, null));
                }

                _content.Append(place.Source.Content, span.Start, span.Length);
            }

            return this;
        }

        /// <summary>Adds text that stands for a range of the file.</summary>
        internal Builder Paste(ReadOnlySpan<char> text, TextSpan span)
        {
            if (text.Length > 0 && HasRoomFor(text.Length))
            {
                _runs.Add(new TextRun(_content.Length, text.Length, span, false, null));
                _content.Append(text);
            }

            return this;
        }

        /// <summary>Adds a value: known text is pasted, all else and every secret is a hole.</summary>
        internal Builder Paste(Value value, TextSpan span)
        {
            if (value is StringValue { IsSecret: false } known)
            {
                return Paste(known.Text, span);
            }

            if (value is PartialString { IsSecret: false } partial)
            {
                foreach (var part in partial.Parts)
                {
                    _ = part.Literal is { } literal ? Paste(literal, span) : Hole(part.Hole!, span);
                }

                return this;
            }

            return Hole(value, span);
        }

        /// <summary>Adds a range of another text; where that lies in another file, it stands for <paramref name="standsFor"/>.</summary>
        internal Builder Add(MappedText text, int start, int end, TextSpan? standsFor = null)
        {
            for (var i = text.IndexOf(start); i < text.Runs.Length && text.Runs[i].Start < end; i++)
            {
                var run = text.Runs[i];
                var (from, to) = (Math.Max(start, run.Start), Math.Min(end, run.End));
                if (from >= to)
                {
                    continue;
                }

                _ = run switch
                {
                    { Hole: { } hole } => Hole(hole, standsFor ?? run.Source),
                    { IsCopy: true } when standsFor is null => Copy(new TextSpan(run.Source.Start + from - run.Start, to - from)),
                    _ => Paste(text.Content.AsSpan(from, to - from), standsFor ?? run.Source),
                };
            }

            return this;
        }

        /// <summary>The text.</summary>
        internal MappedText Build() => new(place, _content.ToString(), [.. _runs]);

        /// <summary>The text when it is the expected one; otherwise null.</summary>
        internal MappedText? BuildOf(string expected) => _content.Equals(expected) ? new(place, expected, [.. _runs]) : null;

        private Builder Hole(Value value, TextSpan span)
        {
            if (HasRoomFor(1))
            {
                _runs.Add(new TextRun(_content.Length, 1, span, false, value));
                _content.Append(ScriptText.Hole);
            }

            return this;
        }

        private bool HasRoomFor(int length)
        {
            if (_isTooLong || (_content.Length + (long)length <= LongestText && _runs.Count < MostRuns))
            {
                return !_isTooLong;
            }

            _isTooLong = true;
            _content.Clear().Append(ScriptText.Hole);
            _runs.Clear();
            var unknown = new UnknownValue(UnknownReason.Limit, "...", $"substitution stopped at {LongestText} characters or {MostRuns} pieces");
            _runs.Add(new TextRun(0, 1, place.Span, false, unknown));
            return false;
        }
    }
}
