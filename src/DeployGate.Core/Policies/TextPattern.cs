using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>
/// Compares texts with patterns when parts of a text may be unknown. A hole may be any text: the pattern certainly fits when a
/// star takes up every hole, and certainly does not when nothing that could stand in the holes would make it fit.
/// </summary>
internal sealed class TextPattern
{
    // The walk takes the product of both lengths.
    private const long MostSteps = 4_000_000;

    private readonly List<Token> _tokens = [];
    private readonly bool _hasCase;

    private TextPattern(bool hasCase) => _hasCase = hasCase;

    private enum Kind
    {
        One,
        Any,
        Digit,
        Letter,
        Star,
        Hole,
        HoleInSegment,
    }

    /// <summary>The text itself, case aside.</summary>
    internal static TextPattern Exactly(string text) => new TextPattern(false).Add(text);

    /// <summary>Any text that holds another, case aside.</summary>
    internal static TextPattern Holding(string text) => new TextPattern(false).Add(Kind.Star).Add(text).Add(Kind.Star);

    /// <summary>The pattern of <c>like</c>.</summary>
    internal static TextPattern Like(string text)
    {
        var pattern = new TextPattern(false);
        foreach (var c in text)
        {
            pattern._tokens.Add(c == '*' ? new Token(Kind.Star, c) : new Token(Kind.One, c));
        }

        return pattern;
    }

    /// <summary>The pattern of <c>match</c>.</summary>
    internal static TextPattern Match(string text, bool hasCase)
    {
        var pattern = new TextPattern(hasCase);
        foreach (var c in text)
        {
            pattern._tokens.Add(c switch
            {
                '#' => new Token(Kind.Digit, c),
                '?' => new Token(Kind.Letter, c),
                '.' => new Token(Kind.Any, c),
                _ => new Token(Kind.One, c),
            });
        }

        return pattern;
    }

    /// <summary>Whether a text fits; null when it depends on what is not known, or would take too long to tell.</summary>
    internal bool? Fits(Value value)
    {
        var text = TokensOf(value);
        if ((long)(text.Count + 1) * (_tokens.Count + 1) > MostSteps)
        {
            return null;
        }

        return Walk(text, isPossible: false) ? true : Walk(text, isPossible: true) ? null : false;
    }

    private TextPattern Add(string text)
    {
        foreach (var c in text)
        {
            _tokens.Add(new Token(Kind.One, c));
        }

        return this;
    }

    private TextPattern Add(Kind kind)
    {
        _tokens.Add(new Token(kind, '*'));
        return this;
    }

    private static List<Token> TokensOf(Value value)
    {
        var tokens = new List<Token>();
        foreach (var part in value is PartialString open ? open.Parts : [new StringPart(((StringValue)value).Text)])
        {
            if (part.Hole is { } hole)
            {
                tokens.Add(new Token(hole.Shape == ValueShape.IdSegment ? Kind.HoleInSegment : Kind.Hole, '\0'));
                continue;
            }

            foreach (var c in part.Literal!)
            {
                tokens.Add(new Token(Kind.One, c));
            }
        }

        return tokens;
    }

    // reached[j]: the text so far can be taken up by the first j tokens of the pattern.
    private bool Walk(List<Token> text, bool isPossible)
    {
        var reached = new bool[_tokens.Count + 1];
        reached[0] = true;
        SkipStars(reached);
        foreach (var token in text)
        {
            var next = new bool[_tokens.Count + 1];
            if (token.Kind != Kind.One && isPossible)
            {
                Fill(token.Kind, reached, next);
            }
            else
            {
                for (var j = 0; j < _tokens.Count; j++)
                {
                    next[j] |= reached[j] && _tokens[j].Kind == Kind.Star;
                    next[j + 1] |= reached[j] && token.Kind == Kind.One && Takes(_tokens[j], token.Char);
                }
            }

            SkipStars(next);
            reached = next;
        }

        return reached[^1];
    }

    // What stands in a hole may be nothing, or whatever the tokens of the pattern ask for one after another.
    private void Fill(Kind hole, bool[] reached, bool[] next)
    {
        for (var j = 0; j <= _tokens.Count; j++)
        {
            next[j] = reached[j] || (j > 0 && next[j - 1] && !(hole == Kind.HoleInSegment && _tokens[j - 1] is { Kind: Kind.One, Char: '/' }));
        }
    }

    private void SkipStars(bool[] reached)
    {
        for (var j = 0; j < _tokens.Count; j++)
        {
            reached[j + 1] |= reached[j] && _tokens[j].Kind == Kind.Star;
        }
    }

    private bool Takes(Token token, char c) => token.Kind switch
    {
        Kind.One => token.Char == c || (!_hasCase && char.ToUpperInvariant(token.Char) == char.ToUpperInvariant(c)),
        Kind.Digit => char.IsAsciiDigit(c),
        Kind.Letter => char.IsLetter(c),
        Kind.Any => true,
        _ => false,
    };

    private readonly record struct Token(Kind Kind, char Char);
}
