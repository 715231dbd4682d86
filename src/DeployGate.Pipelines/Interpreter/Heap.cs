using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// Objects that several variables share: a value that only refers to one holds its number. No two objects of one script have the same,
/// on whichever of its paths they are made. What refers to one of several is unknown, with each of them as an alternative.
/// </summary>
internal static class Heap
{
    private const string Mark = "\0object";

    internal static Value New(PathState path, ObjectValue content)
    {
        var key = path.Numbers.Next().ToString(CultureInfo.InvariantCulture);
        path.Heap = path.Heap.Set(key, content);
        return new ObjectValue([new Member(Mark, new StringValue(key))]);
    }

    /// <summary>The number of the object that a value refers to; null for what is no reference.</summary>
    internal static string? NumberOf(Value? value) => value is ObjectValue { Members: [{ Name: Mark, Value: StringValue { Text: var number } }] } ? number : null;

    /// <summary>The object itself, or the one that is referred to; null for what is no object.</summary>
    internal static ObjectValue? Read(PathState path, Value? value) => value is not ObjectValue map ? null : NumberOf(map) is { } number ? path.Heap[number] : map;

    /// <summary>Sets a member of an object that is referred to; of several of which one is, each may have it.</summary>
    internal static void Write(PathState path, Value target, string name, Value value)
    {
        if (NumberOf(target) is { } number)
        {
            Write(path, number, name, value, isSure: true);
        }

        foreach (var possible in target is UnknownValue { Alternatives: { IsDefaultOrEmpty: false } alternatives } ? alternatives : [])
        {
            if (NumberOf(possible) is { } one)
            {
                Write(path, one, name, value, isSure: false);
            }
        }
    }

    private static void Write(PathState path, string number, string name, Value value, bool isSure)
    {
        if (path.Heap[number] is { } content)
        {
            var written = isSure ? value : ValueJoin.Join(content.Find(name)?.Value ?? NullValue.Instance, value);
            path.Heap = path.Heap.Set(number, ObjectValue.From([.. content.Members.Where(member => !member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), new Member(name, written)], content.Rest));
        }
    }
}

/// <summary>The numbers of one script's objects, for all of its paths.</summary>
internal sealed class HeapNumbers
{
    private int _next;

    /// <summary>A number that no other object has.</summary>
    internal int Next() => _next++;
}
