using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// The keys of ids: their texts, holes in braces, without slashes around. A command asks for the same few ids many times, and each
/// answer would be a text of its own; the latest are therefore kept. They are told apart by reference, and all worlds of one run share them.
/// </summary>
internal sealed class IdKeys
{
    private const int Most = 8;

    private readonly (Value? Id, string Key)[] _latest = new (Value?, string)[Most];
    private int _next;

    /// <summary>The key of an id that is known at least in part.</summary>
    internal string Of(Value id)
    {
        foreach (var (known, key) in _latest)
        {
            if (ReferenceEquals(known, id))
            {
                return key;
            }
        }

        var made = id switch
        {
            StringValue text => text.Text.Trim('/'),
            PartialString partial => Of(partial),
            _ => "",
        };
        _latest[_next] = (id, made);
        _next = (_next + 1) % Most;
        return made;
    }

    // Slashes at the ends are left out before the text is made.
    private static string Of(PartialString id)
    {
        var pattern = new string[id.Parts.Length * 3];
        for (var i = 0; i < id.Parts.Length; i++)
        {
            var part = id.Parts[i];
            (pattern[3 * i], pattern[(3 * i) + 1], pattern[(3 * i) + 2]) = part.Literal is { } literal ? ("", literal, "") : ("{", part.Hole!.Expression, "}");
        }

        pattern[1] = pattern[0].Length == 0 ? pattern[1].TrimStart('/') : pattern[1];
        pattern[^2] = pattern[^1].Length == 0 ? pattern[^2].TrimEnd('/') : pattern[^2];
        return string.Concat(pattern);
    }
}
