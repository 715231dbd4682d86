namespace DeployGate.Templates;

/// <summary>
/// The names and short texts that this thread read lately: templates share few, and write each of them many times. Kept for all files that
/// are read, which then hold one string of each.
/// </summary>
internal sealed class RecentTexts
{
    private const int Slots = 512;

    /// <summary>Longer ones are seldom written twice; most types of resources are not longer.</summary>
    private const int Longest = 48;

    [ThreadStatic]
    private static RecentTexts? t_recent;

    private readonly string?[] _slots = new string?[Slots];

    private RecentTexts()
    {
    }

    /// <summary>Those of this thread: a parser asks once for them, and then for each of its texts.</summary>
    internal static RecentTexts OfThread => t_recent ??= new RecentTexts();

    /// <summary>The text as a string; the same one as before while nothing else has taken its slot.</summary>
    internal static string Of(ReadOnlySpan<char> text) => OfThread.Get(text);

    /// <summary>The same, of a text that this thread reads.</summary>
    internal string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > Longest)
        {
            return text.ToString();
        }

        // Two texts that share a slot take it from one another, which costs no more than to remember neither.
        var slots = _slots;
        var slot = ((text[0] * 31) + (text[text.Length / 2] * 17) + (text[^1] * 7) + text.Length) & (Slots - 1);
        if (slots[slot] is { } known && text.SequenceEqual(known))
        {
            return known;
        }

        return slots[slot] = text.ToString();
    }
}
