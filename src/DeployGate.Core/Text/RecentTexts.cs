using System.Numerics;
using System.Runtime.InteropServices;

namespace DeployGate.Core.Text;

/// <summary>
/// Names and texts that were made lately, by any thread: the files of a team share few, and write each of them many times. Whoever keeps
/// what this gives, and not what was given to it, keeps one string of each.
/// </summary>
public static class RecentTexts
{
    private const int Slots = 8 * 1024;

    /// <summary>Longer names are seldom written twice, in UTF-16 code units; most types of resources are not longer.</summary>
    private const int LongestName = 48;

    /// <summary>Longer texts are seldom made twice.</summary>
    private const int LongestText = 512;

    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    // Threads write here without waiting for one another: what is read is a whole string, whichever it is.
    private static readonly string?[] s_recent = new string?[Slots];

    /// <summary>A name as a string; the same one as before while nothing else has taken its slot.</summary>
    public static string Of(ReadOnlySpan<char> name) => Of(name, LongestName);

    /// <summary>The same for a text that was put together.</summary>
    public static string OfMade(ReadOnlySpan<char> text) => Of(text, LongestText);

    private static string Of(ReadOnlySpan<char> text, int longest)
    {
        if (text.IsEmpty || text.Length > longest)
        {
            return text.ToString();
        }

        // Two texts that share a slot take it from one another, which costs no more than to remember neither.
        ref var recent = ref s_recent[SlotOf(text)];
        return recent is { } known && text.SequenceEqual(known) ? known : recent = text.ToString();
    }

    /// <summary>The same text, in the string that was given for it before while nothing else has taken its slot.</summary>
    public static string Of(string text)
    {
        if (text.Length is 0 or > LongestText)
        {
            return text;
        }

        ref var recent = ref s_recent[SlotOf(text)];
        return recent is { } known && known == text ? known : recent = text;
    }

    /// <summary>Forgets them all: those that nobody else keeps are only in the way.</summary>
    public static void Forget() => Array.Clear(s_recent);

    // Four characters at a time; the last four may have been counted before.
    private static int SlotOf(ReadOnlySpan<char> text)
    {
        var hash = (ulong)text.Length;
        if (text.Length < 4)
        {
            foreach (var character in text)
            {
                hash = (hash ^ character) * Factor;
            }

            return (int)(hash >> 32) & (Slots - 1);
        }

        var bytes = MemoryMarshal.AsBytes(text);
        for (var at = 0; at < bytes.Length - sizeof(ulong); at += sizeof(ulong))
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(bytes[at..])) * Factor, 29);
        }

        hash = (hash ^ MemoryMarshal.Read<ulong>(bytes[^sizeof(ulong)..])) * Factor;
        return (int)(hash >> 32) & (Slots - 1);
    }
}
