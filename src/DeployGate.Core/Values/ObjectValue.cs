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
public sealed record ObjectValue(ImmutableArray<Member> Members, UnknownValue? Rest = null) : Value(Sizes.Measure(Members, Rest))
{
    private const int IndexFrom = 8;
    private const int ScanUpTo = 16;

    private NameIndex? _index;

    /// <summary>The members that are known to be there, in the order they were written.</summary>
    public ImmutableArray<Member> Members { get; } = Members;

    /// <summary>Why there may be more members than those listed; null when these are all.</summary>
    public UnknownValue? Rest
    {
        get;
        init => (field, Measure) = (value, Sizes.Measure(Members, value));
    } = Rest;

    /// <summary>The object without members.</summary>
    public static ObjectValue Empty { get; } = new([]);

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
    public static ObjectValue From(IEnumerable<Member> members, UnknownValue? rest = null, LazyPlace writtenAt = default) =>
        From([.. members], rest, writtenAt);

    /// <summary>The same; nearly no list has a name twice, and then it is kept as it is.</summary>
    public static ObjectValue From(ImmutableArray<Member> members, UnknownValue? rest = null, LazyPlace writtenAt = default) =>
        new(HasRepeated(members) ? Merged(members) : members, rest) { WrittenAt = writtenAt };

    /// <summary>True when two members have exactly the same name.</summary>
    public static bool HasRepeated(ImmutableArray<Member> members)
    {
        // Few names are found faster one by one than by a table of them.
        if (members.Length > ScanUpTo)
        {
            var seen = new HashSet<string>(members.Length, StringComparer.Ordinal);
            foreach (var member in members)
            {
                if (!seen.Add(member.Name))
                {
                    return true;
                }
            }

            return false;
        }

        for (var i = 1; i < members.Length; i++)
        {
            if (IsAmong(members.AsSpan(0, i), members[i].Name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAmong(ReadOnlySpan<Member> members, string name)
    {
        foreach (var member in members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<Member> Merged(ImmutableArray<Member> members)
    {
        var kept = ImmutableArray.CreateBuilder<Member>(members.Length);
        var index = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (index.TryAdd(member.Name, kept.Count))
            {
                kept.Add(member);
            }
            else
            {
                kept[index[member.Name]] = member;
            }
        }

        return kept.ToImmutable();
    }

    private int Scan(string name)
    {
        var folded = -1;
        var members = Members.AsSpan();
        for (var i = 0; i < members.Length; i++)
        {
            // Most names differ in their length already.
            var written = members[i].Name;
            if (written.Length != name.Length)
            {
                continue;
            }

            if (string.Equals(written, name, StringComparison.Ordinal))
            {
                return i;
            }

            if (folded < 0 && string.Equals(written, name, StringComparison.OrdinalIgnoreCase))
            {
                folded = i;
            }
        }

        return folded;
    }

    private int LookUp(string name) => (_index ??= new NameIndex(Members)).Find(name);

    /// <summary>Where the names of an object of many members are, as they are written and in any case.</summary>
    private sealed class NameIndex
    {
        private readonly Dictionary<string, int> _exact;
        private readonly Dictionary<string, int> _folded;

        internal NameIndex(ImmutableArray<Member> members)
        {
            (_exact, _folded) = (new(members.Length, StringComparer.Ordinal), new(members.Length, StringComparer.OrdinalIgnoreCase));
            for (var i = 0; i < members.Length; i++)
            {
                _exact.TryAdd(members[i].Name, i);
                _folded.TryAdd(members[i].Name, i);
            }
        }

        internal int Find(string name) => _exact.TryGetValue(name, out var at) || _folded.TryGetValue(name, out at) ? at : -1;
    }
}
