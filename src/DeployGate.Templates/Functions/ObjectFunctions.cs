using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions that make objects and take them apart.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-object"/>
internal static class ObjectFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Placing("createObject", 0, Any, ValueShape.Map, CreateObject) with { IsSecretWhen = IsAnyNameSecret },
        Structural("items", 1, 1, ValueShape.List, a => Sorted(a, member => Entry(member.Name, member.Value))),
        Structural("objectKeys", 1, 1, ValueShape.List, a => Sorted(a, member => new StringValue(member.Name))),
        Structural("shallowMerge", 1, 1, ValueShape.Map, ShallowMerge) with { IsSecretWhen = arguments => arguments.Any(IsContainerSecret) },
        Strict("null", 0, 0, ValueShape.Any, _ => NullValue.Instance),
    ];

    private static bool IsAnyNameSecret(ImmutableArray<Value> arguments) => arguments.Where((_, i) => i % 2 == 0).Any(name => name.IsSecret);

    // What is merged out of a secret object carries no mark of its own.
    private static bool IsContainerSecret(Value container) => container.IsSecret || (container is ArrayValue list && (list.Rest?.IsSecret == true || list.Items.Any(item => item.IsSecret)));

    private static Value CreateObject(FunctionArguments a)
    {
        if (a.Count % 2 != 0)
        {
            return a.Fail($"{a.Name} takes names and values in turn, so an even number of arguments, not {a.Count}");
        }

        var members = ImmutableArray.CreateBuilder<Member>();
        var names = new HashSet<string>(NamesOfCreateObject);
        UnknownValue? rest = null;
        for (var i = 0; i < a.Count; i += 2)
        {
            switch (a[i])
            {
                case StringValue name when names.Add(name.Text):
                    members.Add(new Member(name.Text, a[i + 1], name.Origin?.Place));
                    break;
                case StringValue name:
                    return a.Fail($"{a.Name} was given the name {a.Show(name)} twice");
                case PartialString or UnknownValue { Shape: ValueShape.Any or ValueShape.Text or ValueShape.IdSegment }:
                    rest ??= a.Unknown(Values.FirstUnknown(a[i])!, ValueShape.Any);
                    break;
                default:
                    return a.WrongKind(i, "a string");
            }
        }

        return new ObjectValue(members.ToImmutable(), rest);
    }

    // Uncertain: whether Azure takes names that differ by case only for the same.
    private static StringComparer NamesOfCreateObject => StringComparer.Ordinal;

    private static Value Sorted(FunctionArguments a, Func<Member, Value> select) => a[0] is ObjectValue map
        ? new ArrayValue([.. map.Members.OrderBy(member => member.Name, StringComparer.OrdinalIgnoreCase).Select(select)], map.Rest)
        : a.WrongKind(0, "an object");

    private static ObjectValue Entry(string name, Value value) =>
        new([new Member("key", new StringValue(name)), new Member("value", value)]);

    private static Value ShallowMerge(FunctionArguments a)
    {
        if (!a.List(0, out var entries))
        {
            return a.Problem;
        }

        var members = new MemberMerge();
        var rest = entries.Rest;
        for (var i = 0; i < entries.Items.Length; i++)
        {
            switch (entries.Items[i])
            {
                case ObjectValue map:
                    members.Put(map, (_, later) => later);
                    rest ??= map.Rest;
                    break;
                case UnknownValue { Shape: ValueShape.Any or ValueShape.Map } unknown:
                    rest ??= unknown;
                    break;
                case NullValue when IgnoresNull:
                    break;
                case var other:
                    return a.Fail($"{a.Name} needs an array of objects, but item {i} is {Values.Kind(other)}");
            }
        }

        return members.ToObject(rest);
    }

    // Uncertain: Azure's answer to a null among the objects is not documented.
    private static bool IgnoresNull => true;
}

/// <summary>
/// Members of several objects put into one: a name counts as the same when it differs by case only, and keeps its first
/// spelling and place.
/// </summary>
internal sealed class MemberMerge
{
    private readonly ImmutableArray<Member>.Builder _members = ImmutableArray.CreateBuilder<Member>();
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _folded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an object's members; <paramref name="both"/> makes one value of an earlier and a later one.</summary>
    internal void Put(ObjectValue map, Func<Value, Value, Value> both)
    {
        // Names that differ by case only within one object stay apart: nobody merged them.
        var known = _members.Count;
        foreach (var member in map.Members)
        {
            var value = Values.PartOf(map, member.Value);
            if ((_exact.TryGetValue(member.Name, out var at) || _folded.TryGetValue(member.Name, out at)) && at < known)
            {
                var earlier = _members[at];
                _members[at] = new Member(earlier.Name, both(earlier.Value, value), member.NamePlace ?? earlier.NamePlace);
                continue;
            }

            _exact.TryAdd(member.Name, _members.Count);
            _folded.TryAdd(member.Name, _members.Count);
            _members.Add(member with { Value = value });
        }
    }

    /// <summary>The members as an object, open when <paramref name="rest"/> is not null.</summary>
    internal ObjectValue ToObject(UnknownValue? rest) => new(_members.ToImmutable(), rest);
}
