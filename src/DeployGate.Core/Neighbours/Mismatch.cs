using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Neighbours;

/// <summary>Two places that say different things of one property, and how a finding shows them.</summary>
/// <param name="Source">The source of the use.</param>
/// <param name="Wanted">What the use, or the definition it goes into, says.</param>
/// <param name="Actual">What the source says.</param>
internal sealed record Mismatch(SourceCase Source, Trait Wanted, Trait Actual)
{
    /// <summary>The contradiction between a wish and every source of a use; null when one of them may agree.</summary>
    internal static Mismatch? Find(UseContext one, Trait? wanted, Func<SourceCase, Trait?> actual) => wanted is null
        ? null
        : one.Agreed(source => actual(source) is { } found && wanted.Contradicts(found) ? new Mismatch(source, wanted, found) : null);

    /// <summary>True when somebody said both.</summary>
    internal bool IsCertain => Wanted.IsCertain && Actual.IsCertain;

    /// <summary>Where the wish is written, or where the source is named.</summary>
    internal Place Location => Wanted.Written?.Place ?? Source.Source.Place;

    internal string Label => Wanted.Written is null ? "the source is named here" : Wanted.IsDefault ? "declared here, without it" : "declared here";

    internal ImmutableArray<RelatedPlace> Related =>
    [
        .. Wanted.Written?.Hops ?? [],
        new RelatedPlace(Source.Source.Place, "the source is named here"),
        .. Source.Source.Hops,
        .. Actual.Written is { } written ? [new RelatedPlace(written.Place, $"{Actual.Holder} says {Actual.Text}"), .. written.Hops] : ImmutableArray<RelatedPlace>.Empty,
        .. Source.State.Related,
    ];

    internal ImmutableArray<EvidenceItem> Evidence => [.. ((EvidenceItem?[])[Wanted.Evidence, Actual.Evidence]).OfType<EvidenceItem>()];
}

/// <summary>What an image becomes: the definition above a version, the definitions that a build fills.</summary>
internal static class Targets
{
    /// <summary>The definitions that the use of a source fills; none when it fills none that is known.</summary>
    internal static IEnumerable<Artifact> DefinitionsOf(UseContext one)
    {
        var resource = one.Use.Resource;
        if (Is(resource, ArtifactTypes.Version))
        {
            return Found(one, one.Catalog.DefinitionOf(resource.Id));
        }

        // A build's source and its targets are two uses; the source is the one that is compared.
        var isBuild = Is(resource, ImageTemplateUses.Type) && one.Use.Stage == Stage.Deploy;
        return isBuild && resource.Body.Get("properties", "distribute") is ArrayValue targets
            ? targets.Items.OfType<ObjectValue>().Select(target => target.Get("galleryImageId")).OfType<Value>().SelectMany(id => Found(one, one.Catalog.DefinitionOf(id)))
            : [];
    }

    /// <summary>True for a resource of a type, in any case.</summary>
    internal static bool Is(ResolvedResource resource, string type) => string.Equals(resource.Type, type, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Artifact> Found(UseContext one, Value id) => one.Catalog.Peek(ArtifactTypes.Definition, id) is { } definition ? [definition] : [];
}

/// <summary>Where machines and sets of machines keep what they share.</summary>
internal static class MachinePaths
{
    /// <summary>A value of a machine's profile; null when it is absent, or the resource is neither a machine nor a scale set.</summary>
    internal static FoundValue? Find(ResolvedResource resource, params ReadOnlySpan<string> path)
    {
        string[] prefix = Targets.Is(resource, ArtifactTypes.VirtualMachine) ? ["properties"]
            : Targets.Is(resource, ArtifactTypes.ScaleSet) ? ["properties", "virtualMachineProfile"]
            : [];
        return prefix.Length == 0 ? null : ValuePath.Find(resource.Body, resource.Declaration, [.. prefix, .. path]);
    }

    /// <summary>True for machines and scale sets.</summary>
    internal static bool IsMachine(ResolvedResource resource) =>
        Targets.Is(resource, ArtifactTypes.VirtualMachine) || Targets.Is(resource, ArtifactTypes.ScaleSet);
}
