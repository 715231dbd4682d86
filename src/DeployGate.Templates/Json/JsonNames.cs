namespace DeployGate.Templates.Json;

/// <summary>
/// The names of members that this thread read lately: templates share few, and write each of them many times. Kept for all files that
/// are read, which then hold one string of each.
/// </summary>
internal static class JsonNames
{
    private const int Slots = 256;

    /// <summary>Longer ones are seldom written twice.</summary>
    private const int Longest = 32;

    [ThreadStatic]
    private static string?[]? t_recent;

    /// <summary>The name as a string; the same one as before while nothing else has taken its slot.</summary>
    internal static string Of(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > Longest)
        {
            return name.ToString();
        }

        // Two names that share a slot take it from one another, which costs no more than to remember neither.
        var recent = t_recent ??= new string?[Slots];
        var slot = ((name[0] * 31) + (name[name.Length / 2] * 17) + (name[^1] * 7) + name.Length) & (Slots - 1);
        if (recent[slot] is { } known && name.SequenceEqual(known))
        {
            return known;
        }

        return recent[slot] = name.ToString();
    }
}
