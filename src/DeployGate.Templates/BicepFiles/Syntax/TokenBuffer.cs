namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>
/// The tokens of one file while it is parsed. They are many times the text, and no tree keeps them: a buffer that is given back leaves its array
/// to the next file that this thread reads.
/// </summary>
internal sealed class TokenBuffer(int expected)
{
    /// <summary>Longer arrays are not kept: they would count as large objects, and seldom a file needs one.</summary>
    private const int LongestSpare = 3 * 1024;

    [ThreadStatic]
    private static Token[]? t_spare;

    private Token[] _tokens = Taken(expected);

    /// <summary>How many tokens there are.</summary>
    internal int Count { get; private set; }

    /// <summary>A token, counted from zero.</summary>
    internal ref readonly Token this[int index] => ref _tokens[index];

    /// <summary>All tokens; no longer valid when another one is added.</summary>
    internal ReadOnlySpan<Token> All => _tokens.AsSpan(0, Count);

    internal void Add(Token token)
    {
        if (Count == _tokens.Length)
        {
            var longer = new Token[2 * Count];
            Array.Copy(_tokens, longer, Count);
            _tokens = longer;
        }

        _tokens[Count++] = token;
    }

    /// <summary>Ends the use of all tokens.</summary>
    internal void GiveBack()
    {
        if (_tokens.Length <= LongestSpare)
        {
            // The texts of the strings belong to the tree alone.
            Array.Clear(_tokens, 0, Count);
            t_spare = _tokens;
        }

        (_tokens, Count) = ([], 0);
    }

    private static Token[] Taken(int expected)
    {
        var spare = t_spare;
        t_spare = null;
        return spare is not null && spare.Length >= expected ? spare : new Token[Math.Max(expected, 64)];
    }
}
