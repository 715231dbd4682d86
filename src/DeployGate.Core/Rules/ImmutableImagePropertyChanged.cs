using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG7004: an image definition, or a machine, that is there already is declared with what Azure never changes.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images"/>
public sealed class ImmutableImagePropertyChanged : ResourceRule
{
    private static readonly string[][] s_ofDefinition =
    [
        ["properties", "osState"], ["properties", "osType"], ["properties", "hyperVGeneration"],
        ["properties", "identifier", "publisher"], ["properties", "identifier", "offer"], ["properties", "identifier", "sku"],
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG7004", "immutable-image-property-changed", Severity.Error, At(Stage.Upload, Stage.Capture), Outcome.DeploymentRejected,
        "A property that Azure never changes differs from what is there already.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(ResolvedResource resource, ArtifactCatalog catalog)
    {
        if (Targets.Is(resource, ArtifactTypes.Definition))
        {
            var definition = catalog.Find(ArtifactTypes.Definition, resource.Id).Artifact;
            return s_ofDefinition
                .Select(path => Compare(resource, definition, path, string.Join('.', path[1..])))
                .OfType<NeighbourFinding>();
        }

        // A script often removes a machine before it makes it anew; a template changes the one that is there.
        if (Targets.Is(resource, ArtifactTypes.VirtualMachine) && resource.ApiVersion is StringValue)
        {
            var machine = catalog.Peek(ArtifactTypes.VirtualMachine, resource.Id);
            return Compare(resource, machine, ["properties", "storageProfile", "osDisk", "createOption"], "osDisk.createOption") is { } found ? [found] : [];
        }

        return [];
    }

    private static NeighbourFinding? Compare(ResolvedResource resource, Artifact? there, string[] path, string property)
    {
        if (there is not { Facts: [var fact, ..] } || ValuePath.Find(resource.Body, resource.Declaration, path) is not { } written)
        {
            return null;
        }

        var holder = Trait.HolderOf(there);
        return Trait.From(written, holder) is { } wanted && Observed(there, holder, path) is { } actual && wanted.Contradicts(actual)
            ? Explain(resource, property, wanted, actual)
            : null;
    }

    private static Trait? Observed(Artifact there, string holder, string[] path) =>
        there.Facts.Select(fact => Trait.Of(fact, holder, path)).FirstOrDefault(trait => trait is not null);

    private static NeighbourFinding Explain(ResolvedResource resource, string property, Trait wanted, Trait actual)
    {
        var isDefinition = Targets.Is(resource, ArtifactTypes.Definition);
        return new NeighbourFinding
        {
            Message = $"{property} is '{wanted.Text}', but {actual.Holder} is there already, with '{actual.Text}'",
            Location = wanted.Written!.Place,
            Label = "declared here",
            Related = wanted.Written.Hops,
            Evidence = [.. actual.Evidence is { } item ? [item] : Array.Empty<EvidenceItem>()],
            Why = isDefinition
                ? "What kind of image a definition holds is fixed when it is created: versions and machines rest on it."
                : "How a machine got its OS disk is fixed when it is created.",
            Azure = isDefinition
                ? $"Changing property 'galleryImage.properties.{property}' is not allowed."
                : $"PropertyChangeNotAllowed: Changing property '{property}' is not allowed.",
            Fix = isDefinition
                ? $"Declare '{actual.Text}' as it is there, or give the new kind of image a definition of its own, under another name."
                : $"Declare '{actual.Text}' as it is there, or create a machine of another name.",
            About = property,

            // A script may have removed it before; a template has not.
            IsLikely = resource.ApiVersion is not StringValue,
        };
    }
}
