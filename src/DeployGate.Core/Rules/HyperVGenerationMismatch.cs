using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG6002: an image is declared for another Hyper-V generation than its source, or for none.</summary>
public sealed class HyperVGenerationMismatch : NeighbourRule
{
    /// <summary>From this version on the API asks for the generation of an image that is made of a VHD.</summary>
    private const string AsksFrom = "2019-03-01";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG6002", "hyper-v-generation-mismatch", Severity.Error, At(), Outcome.DeploymentRejected,
        "An image is declared for another Hyper-V generation than its source has.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        if (IsMissing(one))
        {
            yield return Missing(one);
            yield break;
        }

        var sources = new SourceTraits(one.Catalog);
        foreach (var wanted in WantedOf(one))
        {
            if (Mismatch.Find(one, wanted, source => sources.GenerationOf(source.Source)) is { } found)
            {
                yield return Explain(one, found);
                yield break;
            }
        }
    }

    private static IEnumerable<Trait?> WantedOf(UseContext one)
    {
        var resource = one.Use.Resource;
        return Targets.Is(resource, ArtifactTypes.ManagedImage)
            ? [ValuePath.Find(resource.Body, resource.Declaration, "properties", "hyperVGeneration") is { } written ? Trait.From(written, $"the {one.Use.Subject}") : null]
            : Targets.DefinitionsOf(one).Select(SourceTraits.GenerationOf);
    }

    private static bool IsMissing(UseContext one) =>
        Targets.Is(one.Use.Resource, ArtifactTypes.ManagedImage)
        && one.Sources.All(source => source.Source is ImageSource.Vhd)
        && Trait.IsLeftOut(one.Use.Resource, "properties", "hyperVGeneration")
        && one.Use.Resource.ApiVersion is StringValue { Text: var version }
        && string.CompareOrdinal(version, AsksFrom) >= 0;

    private static NeighbourFinding Missing(UseContext one)
    {
        var source = one.Sources[0];
        return new NeighbourFinding
        {
            Message = $"hyperVGeneration is not set, and Azure cannot tell it from the {source.Text}",
            Location = source.Source.Place,
            Label = "a VHD does not carry its generation",
            Related = source.Source.Hops,
            Evidence = source.State.Evidence,
            Why = $"Nothing in a VHD says whether it starts with BIOS or UEFI. From API version {AsksFrom} on, an image that is made of one has to say it. The property stands on 'properties', not on 'osDisk'.",
            Azure = "InvalidParameter: Required parameter 'hyperVGeneration' is missing (null).",
            Fix = "Set properties.hyperVGeneration to 'V1' (BIOS) or 'V2' (UEFI), as the machine was that the VHD comes from.",
            About = "missing",
        };
    }

    private static NeighbourFinding Explain(UseContext one, Mismatch found)
    {
        var isBuild = Targets.Is(one.Use.Resource, ImageTemplateUses.Type);
        var isDefinition = isBuild || Targets.Is(one.Use.Resource, ArtifactTypes.Version);
        var (wanted, actual) = (found.Wanted.Text, found.Actual.Text);
        return new NeighbourFinding
        {
            Message = $"hyperVGeneration of {found.Wanted.Holder} is {(found.Wanted.IsDefault ? $"not set, which makes it {wanted}" : $"'{wanted}'")}, but {found.Actual.Holder} is {actual}",
            Location = found.Location,
            Label = found.Label,
            Related = found.Related,
            Evidence = found.Evidence,
            Why = found.Actual.IsCertain
                ? "Generation 1 starts with BIOS, generation 2 with UEFI: a system that was installed for the one does not start with the other."
                : $"The partitions of the disk are made for {(actual == "V1" ? "BIOS (generation 1)" : "UEFI (generation 2)")}. Azure does not look at them: the image is made, and its machines are not likely to start.",
            Azure = (found.Actual.IsCertain, isBuild, isDefinition) switch
            {
                (false, _, _) => null,
                (_, true, _) => $"Validation failed: Error with Hyper-V Version validation (cross-generation for multiple Hyper-V Versions is not supported). The provided SIG: … has a different Hyper-V Generation: {wanted}, than source image: {actual}.",
                (_, _, true) => $"The resource with id '…' has a different Hypervisor generation ['{actual}'] than the parent gallery image Hypervisor generation ['{wanted}'].",
                _ => null,
            },
            Outcome = found.Actual.IsCertain ? null : Outcome.BootFailure,
            IsLikely = !found.IsCertain,
            Fix = isDefinition
                ? $"Use an image definition of generation {actual}, or a source of generation {wanted}. The generation of an existing definition cannot change."
                : $"Set hyperVGeneration to '{actual}', or name a source of generation {wanted}.",
            About = found.Source.State.SourceName,
        };
    }
}
