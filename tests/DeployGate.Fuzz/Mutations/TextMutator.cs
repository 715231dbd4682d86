using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;

namespace DeployGate.Fuzz.Mutations;

/// <summary>Breaks texts where languages have their joints: tokens, brackets, blocks, numbers, texts, lines; now and then single characters.</summary>
/// <param name="pool">The seeds, from which other parts are taken as well.</param>
/// <param name="dictionary">Words of the language that may stand in no seed.</param>
internal sealed class TextMutator(SeedPool pool, IReadOnlyList<string> dictionary)
{
    /// <summary>Code units of the largest input that is made.</summary>
    internal const int Largest = 64 * 1024;

    /// <summary>Makes an input: a seed with one to five changes.</summary>
    internal string Make(Dice dice)
    {
        var seed = pool.Draw(dice);
        var text = seed;
        for (var changes = Math.Min(dice.Next(1, 6), dice.Next(1, 6)); changes > 0; changes--)
        {
            text = Change(text, dice);
        }

        // A change may find nothing to change; an unbroken input tells nothing new.
        text = text == seed ? Character(text, dice) : text;
        return text.Length <= Largest ? text : text[..Largest];
    }

    private string Change(string text, Dice dice) => dice.Next(24) switch
    {
        0 => Replace(text, Tokens.Draw(text, dice), ""),
        1 => Repeat(text, Tokens.Draw(text, dice), dice),
        2 => Swap(text, Tokens.Draw(text, dice), Tokens.Draw(text, dice)),
        3 or 4 => Replace(text, Tokens.Draw(text, dice), Other(dice)),
        5 => Insert(text, dice, Other(dice)),
        6 => Replace(text, Tokens.Draw(text, dice), Words.Number(dice)),
        7 => Replace(text, Tokens.Draw(text, dice), Words.Extreme(dice)),
        8 => Nest(text, dice),
        9 => Replace(text, Bracket(text, dice), dice.OneIn(2) ? "" : dice.Of<string>(["{", "}", "[", "]", "(", ")"])),
        10 or 11 => Graft(text, dice),
        12 => Replace(text, Tokens.Group(text, dice), ""),
        13 => Swap(text, Tokens.Group(text, dice), Tokens.Group(text, dice)),
        14 => Repeat(text, Tokens.Line(text, dice), dice),
        15 => Replace(text, Tokens.Line(text, dice), ""),
        16 => Swap(text, Tokens.Line(text, dice), Tokens.Line(text, dice)),
        17 => Indent(text, dice),
        18 => GraftBlock(text, dice),
        19 => Insert(text, dice, Words.Odd(dice)),
        20 => Splice(text, dice),
        21 => text[..dice.Next(text.Length + 1)],
        22 => Member(text, dice),
        _ => Character(text, dice),
    };

    private string Other(Dice dice)
    {
        if (dictionary.Count > 0 && dice.OneIn(3))
        {
            return dice.Of(dictionary);
        }

        var other = pool.Draw(dice);
        return other[Tokens.Draw(other, dice)];
    }

    private static string Replace(string text, Range range, string with) => string.Concat(text.AsSpan(0, range.Start.Value), with, text.AsSpan(range.End.Value));

    private static string Insert(string text, Dice dice, string what)
    {
        var at = dice.OneIn(8) ? 0 : dice.OneIn(2) ? Tokens.Draw(text, dice).Start.Value : dice.Next(text.Length + 1);
        return text.Insert(at, what);
    }

    private static string Repeat(string text, Range range, Dice dice)
    {
        var part = text[range];
        var most = part.Length == 0 ? 0 : dice.OneIn(40) ? Largest / part.Length : 3;
        return Replace(text, range, part + string.Concat(Enumerable.Repeat(part, Math.Max(1, dice.Next(most + 1)))));
    }

    private static string Swap(string text, Range one, Range other)
    {
        var (first, second) = one.Start.Value <= other.Start.Value ? (one, other) : (other, one);
        return first.End.Value > second.Start.Value
            ? text
            : string.Concat(text.AsSpan(0, first.Start.Value), text.AsSpan()[second], string.Concat(text.AsSpan()[first.End.Value..second.Start.Value], text.AsSpan()[first]), text.AsSpan(second.End.Value));
    }

    // A group in itself, again and again; or an opener that nothing closes.
    private static string Nest(string text, Dice dice)
    {
        var group = Tokens.Group(text, dice);
        var times = dice.OneIn(4) ? dice.Next(1, 4_000) : dice.Next(1, 12);
        var (start, end) = (group.Start.Value, group.End.Value);
        if (end - start < 2 || dice.OneIn(4))
        {
            var token = Tokens.Draw(text, dice);
            var part = text[token];
            return Replace(text, token, string.Concat(Enumerable.Repeat(part, Math.Min(times, Largest / Math.Max(1, part.Length)))));
        }

        // Up to the first inner opener, and from its closer on: what is between is put into itself.
        var inner = text.IndexOfAny(['{', '[', '('], start + 1, end - start - 1);
        var innerEnd = inner < 0 ? -1 : Math.Min(end, Tokens.CloserOf(text, inner));
        var (head, tail) = inner < 0 ? (text[start].ToString(), text[end - 1].ToString()) : (text[start..inner], text[innerEnd..end]);
        times = Math.Min(times, Largest / (head.Length + tail.Length + 1));
        var middle = inner < 0 ? text[start..end] : text[inner..innerEnd];
        return Replace(text, group, string.Concat(string.Concat(Enumerable.Repeat(head, times)), middle, string.Concat(Enumerable.Repeat(tail, times))));
    }

    private static Range Bracket(string text, Dice dice)
    {
        var at = text.Length == 0 ? -1 : text.IndexOfAny(['{', '}', '[', ']', '(', ')'], dice.Next(text.Length));
        return at < 0 ? text.Length..text.Length : at..(at + 1);
    }

    private string Graft(string text, Dice dice)
    {
        var other = dice.OneIn(2) ? text : pool.Draw(dice);
        var part = other[Tokens.Group(other, dice)];
        return Replace(text, dice.OneIn(3) ? Tokens.Draw(text, dice) : Tokens.Group(text, dice), part);
    }

    private string GraftBlock(string text, Dice dice)
    {
        var other = dice.OneIn(2) ? text : pool.Draw(dice);
        var range = Tokens.Block(other, dice);
        var depth = Tokens.Indent(other, range.Start.Value);
        var target = dice.OneIn(2) ? Tokens.Block(text, dice) : Tokens.Line(text, dice).Start is var start ? start.Value..start.Value : default;
        var wanted = Tokens.Indent(text, target.Start.Value) + (dice.OneIn(4) ? dice.Next(-2, 3) : 0);
        var lines = other[range].Split('\n').Select(line => line.Length == 0 ? line : new string(' ', Math.Max(0, Tokens.Indent(line, 0) - depth + wanted)) + line.TrimStart(' '));
        return Replace(text, target, string.Join('\n', lines));
    }

    private static string Indent(string text, Dice dice)
    {
        var start = Tokens.Line(text, dice).Start.Value;
        var depth = Tokens.Indent(text, start);
        return Replace(text, start..(start + depth), new string(dice.OneIn(8) ? '\t' : ' ', Math.Max(0, depth + dice.Next(-3, 4))));
    }

    private string Splice(string text, Dice dice)
    {
        var other = pool.Draw(dice);
        return string.Concat(text.AsSpan(0, Tokens.Draw(text, dice).Start.Value), other.AsSpan(Tokens.Draw(other, dice).Start.Value));
    }

    // From one comma to the next, once more: a member of the same name, an item of the same kind.
    private static string Member(string text, Dice dice)
    {
        var start = text.Length == 0 ? -1 : text.IndexOf(',', dice.Next(text.Length));
        var end = start < 0 ? -1 : text.IndexOf(',', start + 1);
        return end < 0 ? text : dice.OneIn(3) ? Replace(text, start..end, "") : text.Insert(end, text[start..end]);
    }

    private static string Character(string text, Dice dice)
    {
        if (text.Length == 0)
        {
            return Words.Odd(dice);
        }

        var at = dice.Next(text.Length);
        var c = dice.OneIn(4) ? (char)dice.Next(0x10000) : dice.OneIn(2) ? (char)dice.Next(128) : (char)(text[at] ^ (1 << dice.Next(7)));
        return Replace(text, at..(at + (dice.OneIn(3) ? 0 : 1)), c.ToString());
    }
}
