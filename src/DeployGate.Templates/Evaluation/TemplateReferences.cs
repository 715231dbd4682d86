using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Evaluation;

/// <summary>
/// Answers <c>reference()</c> and its kin from the template itself: outputs of nested deployments, and what the template
/// declares of its resources. Members that nobody declared are unknown, never null.
/// </summary>
internal sealed class TemplateReferences(DeploymentEvaluation deployment)
{
    private const int MaxDepth = 32;

    private ILookup<string, ResourceInstance>? _byName;

    /// <summary><c>reference(target, apiVersion, 'Full')</c>; null when the target is not in this template.</summary>
    internal Value? Reference(ImmutableArray<Value> arguments)
    {
        if (arguments.IsEmpty || FindOne(arguments[0]) is not { } instance)
        {
            return null;
        }

        var isFull = arguments.Length > 2 && arguments[2] is StringValue { Text: var option } && string.Equals(option, "full", StringComparison.OrdinalIgnoreCase);
        return isFull ? Full(instance) : Properties(instance);
    }

    /// <summary><c>references(loop, 'Full')</c>: one item for each round.</summary>
    internal Value? References(ImmutableArray<Value> arguments)
    {
        if (arguments is not [StringValue symbol, ..] || deployment.Resources.Of(symbol.Text) is not { Count: > 0 } instances)
        {
            return null;
        }

        var isFull = arguments is [_, StringValue { Text: "Full" or "full" }, ..];
        return new ArrayValue([.. instances.Select(instance => isFull ? Full(instance) : Properties(instance))], Uncertain(instances));
    }

    /// <summary><c>resourceInfo(symbol)</c>.</summary>
    internal Value? ResourceInfo(ImmutableArray<Value> arguments) =>
        arguments.IsEmpty || FindOne(arguments[0]) is not { } instance ? null : new ObjectValue([.. Identity(instance)]);

    /// <summary><c>listOutputsWithSecureValues(deployment)</c>: the outputs' values, all secret.</summary>
    internal Value? SecureOutputs(ImmutableArray<Value> arguments)
    {
        if (arguments.IsEmpty || FindOne(arguments[0])?.Nested?.Evaluation is not { } nested)
        {
            return null;
        }

        return new ObjectValue([.. nested.Outputs.Members.Select(member => member with { Value = member.Value.AsSecret() })]).AsSecret();
    }

    private static UnknownValue? Uncertain(IReadOnlyList<ResourceInstance> instances) => instances is [{ Index: null, Declaration.Loop: not null } only]
        ? Runtime(only, "the number of copies is not known")
        : null;

    private static IEnumerable<Member> Identity(ResourceInstance instance) =>
    [
        new("id", instance.Id), new("name", instance.Name), new("type", new StringValue(instance.Type)), new("apiVersion", instance.ApiVersion),
    ];

    internal static ObjectValue Full(ResourceInstance instance)
    {
        var rest = Runtime(instance, "the template does not declare it");
        var members = new List<Member>(instance.Body.Members.Length + 5);
        foreach (var member in Identity(instance))
        {
            members.Add(Open(member, rest, MaxDepth));
        }

        foreach (var member in instance.Body.Members)
        {
            if (!string.Equals(member.Name, "properties", StringComparison.OrdinalIgnoreCase))
            {
                members.Add(Open(member, rest, MaxDepth));
            }
        }

        members.Add(new Member("properties", Properties(instance, rest)));
        return ObjectValue.From(members, rest);
    }

    private static Value Properties(ResourceInstance instance) => Properties(instance, Runtime(instance, "the template does not declare it"));

    private static Value Properties(ResourceInstance instance, UnknownValue rest)
    {
        if (instance.Declaration.Deployment is not null)
        {
            var mode = instance.Body.Get("properties", "mode") is { } written ? new Member("mode", written) : null;
            return instance.Nested?.Evaluation is { } nested
                ? new ObjectValue([.. mode is null ? Array.Empty<Member>() : [mode], new Member("outputs", Outputs(nested))], rest)
                : (instance.Nested?.Unknown ?? rest) with { Alternatives = [], Expression = rest.Expression };
        }

        return instance.Body.Get("properties") switch
        {
            ObjectValue declared => Open(declared, rest, MaxDepth),
            _ => rest,
        };
    }

    // Azure adds members at every level of what was declared: none that is missing here is missing there.
    private static Value Open(Value value, UnknownValue rest, int depth) => value switch
    {
        _ when depth == 0 => rest,
        NullValue => rest,
        ObjectValue map => new ObjectValue([.. map.Members.Select(member => Open(member, rest, depth - 1))], rest) { Origin = map.Origin },
        ArrayValue list => new ArrayValue([.. list.Items.Select(item => Open(item, rest, depth - 1))], list.Rest) { Origin = list.Origin },
        _ => value,
    };

    private static Member Open(Member member, UnknownValue rest, int depth) =>
        Open(member.Value, rest, depth) is var open && ReferenceEquals(open, member.Value) ? member : member with { Value = open };

    private static ObjectValue Outputs(DeploymentEvaluation nested) => new(
        [.. nested.Outputs.Members.Select(member => member with { Value = new ObjectValue([new Member("value", member.Value)]) })]);

    internal static UnknownValue Runtime(ResourceInstance instance, string detail)
    {
        var name = instance.Declaration.SymbolicName ?? instance.Name switch
        {
            StringValue text => text.Text,
            PartialString partial => partial.Pattern,
            _ => "…",
        };
        var reason = instance.Declaration.IsExisting ? UnknownReason.ExistingResource : UnknownReason.RuntimeFunction;
        return new UnknownValue(reason, Errors.Cut($"reference('{name}')"), detail);
    }

    private ResourceInstance? FindOne(Value target)
    {
        if (target is StringValue symbol && deployment.Model.IsSymbolic && FindSymbol(symbol.Text) is { } named)
        {
            return named;
        }

        var wanted = Text(target);
        if (wanted is null)
        {
            return null;
        }

        _byName ??= Index();
        var found = _byName[wanted].Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    // By id; by its bare name only where resources have no symbols.
    private ILookup<string, ResourceInstance> Index()
    {
        // Names may themselves ask for references while they are evaluated: those find nothing, as in Azure.
        _byName = Array.Empty<ResourceInstance>().ToLookup(_ => "", StringComparer.OrdinalIgnoreCase);
        return deployment.Resources.All
            .Where(instance => !instance.Declaration.IsExisting)
            .SelectMany(instance => Names(instance).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (name, instance)))
            .ToLookup(pair => pair.name, pair => pair.instance, StringComparer.OrdinalIgnoreCase);
    }

    // A deployment lies in the scope it deploys to, which is where references look for it.
    private IEnumerable<string?> Names(ResourceInstance instance)
    {
        yield return Text(instance.Id);
        if (instance.Declaration.Deployment is not null && NestedDeployment.TargetScope(deployment, instance).Id is var target)
        {
            yield return Text(ResourceIds.Build(target, instance.Type, instance.Name));
        }

        if (!deployment.Model.IsSymbolic)
        {
            yield return Text(instance.Name);
        }
    }

    private ResourceInstance? FindSymbol(string symbol)
    {
        var bracket = symbol.LastIndexOf('[');
        if (bracket > 0 && symbol[^1] == ']' && int.TryParse(symbol.AsSpan(bracket + 1, symbol.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return deployment.Resources.Of(symbol[..bracket]).FirstOrDefault(instance => instance.Index == index);
        }

        return deployment.Resources.Of(symbol) is [{ Declaration.Loop: null } only] ? only : null;
    }

    private static string? Text(Value value) => value switch
    {
        StringValue text => text.Text,
        PartialString partial => partial.Pattern,
        _ => null,
    };
}
