using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Core.Values;

/// <summary>A member of an object; <paramref name="NamePlace"/> is where its name was written, if anywhere.</summary>
public sealed record Member(string Name, Value Value, Place? NamePlace = null);

/// <summary>
/// An object with its members in the order they were written, no two of the same name. With <paramref name="Rest"/> it is
/// open: it may have more members than those listed. The listed ones are certain.
/// </summary>
public sealed record ObjectValue(ImmutableArray<Member> Members, UnknownValue? Rest = null) : Value
{
    private const int IndexFrom = 8;

    private readonly long _size = Sum(Members);
    private Dictionary<string, int>? _exact;
    private Dictionary<string, int>? _folded;

    /// <summary>The members that are known to be there, in the order they were written.</summary>
    public ImmutableArray<Member> Members { get; } = Members;

    /// <summary>The object without members.</summary>
    public static ObjectValue Empty { get; } = new([]);

    /// <inheritdoc/>
    public override long Size => _size;

    /// <inheritdoc/>
    public override bool IsFullyKnown => Rest is null && Members.All(member => member.Value.IsFullyKnown);

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
    public static ObjectValue From(IEnumerable<Member> members, UnknownValue? rest = null)
    {
        var kept = ImmutableArray.CreateBuilder<Member>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (index.TryGetValue(member.Name, out var at))
            {
                kept[at] = member;
            }
            else
            {
                index.Add(member.Name, kept.Count);
                kept.Add(member);
            }
        }

        return new ObjectValue(kept.ToImmutable(), rest);
    }

    private static long Sum(ImmutableArray<Member> members)
    {
        long sum = 1;
        foreach (var member in members)
        {
            sum = Math.Min(sum + member.Value.Size, long.MaxValue / 4);
        }

        return sum;
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
