using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>The functions that make objects with lambdas.</summary>
internal static class ObjectLambdas
{
    internal static Value ToObject(LambdaCall call)
    {
        var members = new List<Member>();
        var result = EachKey(call, (key, item) =>
            members.Add(new Member(key.Text, call.LambdaCount > 1 ? call.Invoke(1, item) : item, key.Origin?.Place)));
        return result.Problem ?? Finish(ObjectValue.From(members, result.Doubt), result.IsSecret);
    }

    internal static Value GroupBy(LambdaCall call)
    {
        var (names, groups) = (new List<string>(), new Dictionary<string, ImmutableArray<Value>.Builder>(StringComparer.Ordinal));
        var result = EachKey(call, (key, item) =>
        {
            if (!groups.TryGetValue(key.Text, out var group))
            {
                groups.Add(key.Text, group = ImmutableArray.CreateBuilder<Value>());
                names.Add(key.Text);
            }

            group.Add(item);
        });

        // An item whose key is not known may belong to any group.
        return result.Problem ?? Finish(
            new ObjectValue(
                [.. names.Select(name => new Member(name, new ArrayValue(groups[name].ToImmutable(), result.Doubt)))],
                result.Doubt),
            result.IsSecret);
    }

    internal static Value MapValues(LambdaCall call)
    {
        if (call.Source is not ObjectValue map)
        {
            return call.WrongKind("an object");
        }

        var members = ImmutableArray.CreateBuilder<Member>(map.Members.Length);
        var size = 0L;
        foreach (var member in map.Members)
        {
            members.Add(member with { Value = call.Invoke(0, Values.PartOf(map, member.Value)) });
            size += members[^1].Value.Size;
            if (size > FunctionLimits.Nodes)
            {
                break;
            }
        }

        return new ObjectValue(members.ToImmutable(), map.Rest is { } rest ? call.Unknown(rest) : null);
    }

    private static Value Finish(ObjectValue made, bool isSecret) => isSecret ? made.AsSecret() : made;

    // Asks the first lambda for the key of each item. A name of which nothing may be told is a secret like any other.
    private static (Value? Problem, UnknownValue? Doubt, bool IsSecret) EachKey(LambdaCall call, Action<StringValue, Value> use)
    {
        if (call.Source is not ArrayValue list)
        {
            return (call.WrongKind("an array"), null, false);
        }

        var (rest, isSecret) = (list.Rest, false);
        foreach (var item in list.Items)
        {
            var part = Values.PartOf(list, item);
            var key = call.Invoke(0, part);
            isSecret |= Values.HasSecret(key);
            switch (key)
            {
                case StringValue name:
                    use(name, part);
                    break;
                case PartialString or UnknownValue:
                    rest ??= call.Unknown(Values.FirstUnknown(key)!);
                    break;
                default:
                    return (call.Fail($"the lambda of {call.Name} must give a string, not {Values.Kind(key)}"), null, false);
            }
        }

        return (null, rest, isSecret);
    }
}
