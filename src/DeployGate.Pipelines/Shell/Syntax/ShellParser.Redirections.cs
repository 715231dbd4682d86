using System.Collections.Immutable;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>Redirections and here-documents.</summary>
internal sealed partial class ShellParser
{
    /// <summary>Longest first: the first one that fits is meant.</summary>
    private static readonly ImmutableArray<(string Text, RedirectionOperator Operator)> s_redirections =
    [
        ("<<<", RedirectionOperator.HereString),
        ("<<-", RedirectionOperator.HereDocument),
        ("<<", RedirectionOperator.HereDocument),
        ("<&", RedirectionOperator.DuplicateInput),
        ("<>", RedirectionOperator.InputOutput),
        ("<", RedirectionOperator.Input),
        (">>", RedirectionOperator.Append),
        (">&", RedirectionOperator.DuplicateOutput),
        (">|", RedirectionOperator.Output),
        (">", RedirectionOperator.Output),
        ("&>>", RedirectionOperator.AppendOutputAndError),
        ("&>", RedirectionOperator.OutputAndError),
    ];

    private readonly List<AnnouncedDocument> _announced = [];

    private bool TryRedirection(ImmutableArray<Redirection>.Builder redirections)
    {
        var start = _at;
        var descriptor = DescriptorLength();
        var first = Peek(descriptor);
        if (first is not ('<' or '>' or '&') || (first == '&' && (descriptor > 0 || Peek(1) != '>'))
            || (descriptor == 0 && Peek(1) == '(' && first != '&'))
        {
            return false;
        }

        _at += descriptor;
        foreach (var (text, kind) in s_redirections)
        {
            if (TryTake(text))
            {
                redirections.Add(FinishRedirection(start, descriptor, text, kind));
                return true;
            }
        }

        _at = start;
        return false;
    }

    private Redirection FinishRedirection(int start, int descriptor, string text, RedirectionOperator kind)
    {
        var operatorAt = _at - text.Length;
        SkipBlanks();
        var target = new ShellWord(Span(_at, _at), []);
        if (AtEnd || AtNewLine || (IsMeta(Current) && !BeginsProcess()))
        {
            Report($"expected {(kind == RedirectionOperator.HereDocument ? "a delimiter" : "a file's name")} after '{text}', found {Found()}", operatorAt, _at);
        }
        else
        {
            target = ParseWord();
        }

        var name = descriptor == 0 ? null : _text.Substring(start, descriptor);
        HereDocument? document = null;
        if (kind == RedirectionOperator.HereDocument)
        {
            document = new HereDocument(target.Parts.Any(part => part.IsQuoted));
            _announced.Add(new AnnouncedDocument(document, DelimiterOf(target), text == "<<-", operatorAt, _at));
        }

        return new Redirection(From(start), name, kind, target, document);
    }

    /// <summary>The length of the digits, or of <c>{name}</c>, that stand right before an operator.</summary>
    private int DescriptorLength()
    {
        const int Longest = 40;
        var length = 0;
        if (Current == '{')
        {
            length++;
            while (length < Longest && IsNamePart(Peek(length)))
            {
                length++;
            }

            return Peek(length) == '}' && Peek(length + 1) is '<' or '>' ? length + 1 : 0;
        }

        while (length < Longest && char.IsAsciiDigit(Peek(length)))
        {
            length++;
        }

        return Peek(length) is '<' or '>' ? length : 0;
    }

    /// <summary>The delimiter is taken as it is written; only quotes are removed.</summary>
    private string DelimiterOf(ShellWord word) => string.Concat(word.Parts.Select(RawText));

    private string RawText(WordPart part) => part switch
    {
        WordPart.Literal literal => literal.Text,
        WordPart.Quoted quoted => string.Concat(quoted.Parts.Select(RawText)),
        _ => _script.Content.Substring(part.Span.Start, part.Span.Length),
    };

    /// <summary>Reads the bodies announced on the line that has just ended.</summary>
    private void ReadHereDocuments()
    {
        if (_announced.Count == 0)
        {
            return;
        }

        AnnouncedDocument[] announced = [.. _announced];
        _announced.Clear();
        foreach (var one in announced)
        {
            ReadHereDocument(one);
        }
    }

    private void ReadHereDocument(AnnouncedDocument announced)
    {
        var start = _at;
        var bodyEnd = FindDelimiter(announced);
        var resume = _at;
        if (bodyEnd < 0)
        {
            Report($"expected a line '{announced.Delimiter}' that ends the here-document", announced.Start, announced.End);
            bodyEnd = _end;
        }

        (_at, var end, _end) = (start, _end, bodyEnd);
        var parts = OpenParts();
        while (!AtEnd)
        {
            ReadBodyPart(parts, announced);
        }

        announced.Document.Complete(Span(start, bodyEnd), parts.ToImmutable());
        (_at, _end) = (resume, end);
    }

    private void ReadBodyPart(PartList parts, AnnouncedDocument announced)
    {
        if (announced.StripsTabs && Current == '\t' && _text[_at - 1] == '\n')
        {
            _at += _text.AsSpan(_at, _end - _at).IndexOfAnyExcept('\t') is var tabs && tabs < 0 ? _end - _at : tabs;
        }
        else if (!announced.Document.IsLiteral)
        {
            ReadPart(parts, Quoting.HereDocument);
        }
        else
        {
            ReadVerbatim(parts);
        }
    }

    /// <summary>Moves behind the delimiter's line and returns where the body ends; negative, at the end of the text, for none.</summary>
    private int FindDelimiter(AnnouncedDocument announced)
    {
        while (!AtEnd)
        {
            var lineStart = _at;
            var length = _text.AsSpan(_at, _end - _at).IndexOf('\n');
            var line = _text.AsSpan(_at, length < 0 ? _end - _at : length).TrimEnd('\r');
            line = announced.StripsTabs ? line.TrimStart('\t') : line;
            _at = length < 0 ? _end : _at + length + 1;
            if (line.SequenceEqual(announced.Delimiter))
            {
                return lineStart;
            }
        }

        return -1;
    }

    /// <summary>A here-document whose body is still to come: behind the next line end outside quotes.</summary>
    private sealed record AnnouncedDocument(HereDocument Document, string Delimiter, bool StripsTabs, int Start, int End);
}
