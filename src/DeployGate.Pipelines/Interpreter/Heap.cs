using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Objects that several variables share: a value that only refers to one holds its number.</summary>
internal static class Heap
{
    private const string Mark = "\0object";

    internal static Value New(PathState path, ObjectValue content)
    {
        var key = path.Heap.Count.ToString(CultureInfo.InvariantCulture);
        path.Heap = path.Heap.Set(key, content);
        return new ObjectValue([new Member(Mark, new StringValue(key))]);
    }

    /// <summary>The object itself, or the one that is referred to; null for what is no object.</summary>
    internal static ObjectValue? Read(PathState path, Value? value) => value is not ObjectValue map ? null : map.Find(Mark)?.Value is StringValue key ? path.Heap[key.Text] : map;

    /// <summary>Sets a member of an object that is referred to.</summary>
    internal static void Write(PathState path, Value target, string name, Value value)
    {
        if (target is ObjectValue map && map.Find(Mark)?.Value is StringValue { Text: var key } && path.Heap[key] is { } content)
        {
            path.Heap = path.Heap.Set(key, ObjectValue.From([.. content.Members.Where(member => !member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), new Member(name, value)], content.Rest));
        }
    }
}
