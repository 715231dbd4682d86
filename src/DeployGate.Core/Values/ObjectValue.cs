using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Core.Values;

/// <summary>A member of an object.</summary>
public sealed record Member(string Name, Value Value)
{
    private LazyPlace _namePlace;

    /// <summary>A member whose name was written at a place, if anywhere.</summary>
    public Member(string name, Value value, Place? namePlace)
        : this(name, value, new LazyPlace(namePlace))
    {
    }

    /// <summary>A member whose name was written at a place, if anywhere.</summary>
    public Member(string name, Value value, LazyPlace namePlace)
        : this(name, value) => _namePlace = namePlace;

    /// <summary>Where the name was written; null when it was not.</summary>
    public Place? NamePlace => _namePlace.Value;

    /// <summary>The same, for a member that takes the place of this one.</summary>
    public LazyPlace WhereNamed => _namePlace;
}

/// <summary>
/// An object with its members in the order they were written, no two of the same name. With <paramref name="Rest"/> it is
/// open: it may have more members than those listed. The listed ones are certain.
/// </summary>
public sealed record ObjectValue(ImmutableArray<Member> Members, UnknownValue? Rest = null) : Value
{
    private const int IndexFrom = 8;
    private const int ScanUpTo = 16;

    // The size; negative where a member is not fully known.
    private readonly long _measure = Measure(Members);
    private Dictionary<string, int>? _exact;
    private Dictionary<string, int>? _folded;

    /// <summary>The members that are known to be there, in the order they were written.</summary>
    public ImmutableArray<Member> Members { get; } = Members;

    /// <summary>The object without members.</summary>
    public static ObjectValue Empty { get; } = new([]);

    /// <inheritdoc/>
    public override long Size => Math.Abs(_measure);

    /// <inheritdoc/>
    public override bool IsFullyKnown => Rest is null && _measure > 0;

    /// <summary>Finds a member: the exact name wins, then the first that differs only by case. Null when there is none.</summary>
    public Member? Find(string name)
    {
        var index = Members.Length < IndexFrom ? Scan(name) : LookUp(name);
        return index < 0 ? null : Members[index];
    }

    /// <summary>
    /// Follows names into nested objects. A missing member of a closed object, or a null, gives null; what lies beyond an
    /// unknown or behind an open object is unknown.
    /// </summary>
    public Value? Get(params ReadOnlySpan<string> path)
    {
        Value current = this;
        foreach (var name in path)
        {
            switch (current)
            {
                case ObjectValue map when map.Find(name) is { } member:
                    current = member.Value;
                    break;
                case ObjectValue { Rest: { } rest }:
                    return rest;
                case UnknownValue unknown:
                    return unknown with { Expression = $"{unknown.Expression}.{name}", Alternatives = [], Shape = ValueShape.Any };
                default:
                    return null;
            }
        }

        return current is NullValue ? null : current;
    }

    /// <summary>The text at a path when it is a wholly known string; otherwise null.</summary>
    public string? GetText(params ReadOnlySpan<string> path) => (Get(path) as StringValue)?.Text;

    /// <summary>Builds an object in which the last member of each exact name wins, in the place of the first.</summary>
    public static ObjectValue From(IEnumerable<Member> members, UnknownValue? rest = null, LazyPlace writtenAt = default)
    {
        var kept = members.TryGetNonEnumeratedCount(out var count) ? new List<Member>(count) : [];
        Dictionary<string, int>? index = null;
        foreach (var member in members)
        {
            var at = index is null ? Scan(kept, member.Name) : index.GetValueOrDefault(member.Name, -1);
            if (at >= 0)
            {
                kept[at] = member;
                continue;
            }

            index?.Add(member.Name, kept.Count);
            kept.Add(member);

            // Few names are found faster one by one than by a table of them.
            index ??= kept.Count > ScanUpTo ? IndexOf(kept) : null;
        }

        return new ObjectValue([.. kept], rest) { WrittenAt = writtenAt };
    }

    private static int Scan(List<Member> members, string name)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (string.Equals(members[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static Dictionary<string, int> IndexOf(List<Member> members)
    {
        var index = new Dictionary<string, int>(members.Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            index.Add(members[i].Name, i);
        }

        return index;
    }

    private static long Measure(ImmutableArray<Member> members)
    {
        var (sum, isKnown) = (1L, true);
        foreach (var member in members)
        {
            sum = Math.Min(sum + member.Value.Size, long.MaxValue / 4);
            isKnown &= member.Value.IsFullyKnown;
        }

        return isKnown ? sum : -sum;
    }

    private int Scan(string name)
    {
        var folded = -1;
        for (var i = 0; i < Members.Length; i++)
        {
            if (string.Equals(Members[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }

            if (folded < 0 && string.Equals(Members[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                folded = i;
            }
        }

        return folded;
    }

    private int LookUp(string name)
    {
        if (_exact is null || _folded is null)
        {
            var exact = new Dictionary<string, int>(Members.Length, StringComparer.Ordinal);
            var folded = new Dictionary<string, int>(Members.Length, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < Members.Length; i++)
            {
                exact.TryAdd(Members[i].Name, i);
                folded.TryAdd(Members[i].Name, i);
            }

            (_folded, _exact) = (folded, exact);
        }

        return _exact.TryGetValue(name, out var at) || _folded.TryGetValue(name, out at) ? at : -1;
    }
}
