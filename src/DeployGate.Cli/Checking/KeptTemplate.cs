using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Cli.Checking;

/// <summary>
/// What a run keeps of an evaluated template until all are judged together: most resources of most templates have nothing to do with images, and
/// no rule asks for them, nor for what machines say of networks, logs and extensions.
/// </summary>
internal static class KeptTemplate
{
    // Not absent: should a rule ever ask, it must not take a machine for one without them.
    private static readonly UnknownValue s_letGo = new(UnknownReason.Limit, "properties", "a run over many files does not keep it");

    /// <summary>The template without what no rule reads, its texts packed.</summary>
    internal static ResolvedTemplate Of(ResolvedTemplate template)
    {
        foreach (var resource in template.Resources)
        {
            resource.Declaration.Source.Pack();
        }

        return template with
        {
            Resources = [.. template.Resources.Where(resource => UseCatalog.Concerns(resource.Type)).Select(resource => resource with { Body = Kept(resource.Body) })],
            Outputs = ObjectValue.Empty,
            Unresolved = [.. template.Unresolved.Where(UnseenTemplates.IsOne)],
        };
    }

    private static ObjectValue Kept(ObjectValue map)
    {
        ImmutableArray<Member> members = [.. map.Members.Select(Kept)];
        if (members.AsSpan().SequenceEqual(map.Members.AsSpan(), ReferenceEqualityComparer.Instance))
        {
            return map;
        }

        var kept = new ObjectValue(members, map.Rest) { WrittenAt = map.WrittenAt, IsSecret = map.IsSecret };
        return map.IsPassedOn ? kept with { Origin = map.Origin } : kept;
    }

    private static Member Kept(Member member) => (member.Name, member.Value) switch
    {
        ("networkProfile" or "diagnosticsProfile" or "extensionProfile", ObjectValue or ArrayValue) => member with { Value = s_letGo },
        ("properties" or "virtualMachineProfile", ObjectValue inner) when Kept(inner) is var kept && !ReferenceEquals(kept, inner) => member with { Value = kept },
        _ => member,
    };
}
