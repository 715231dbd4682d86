using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG6004: the security type of a machine and what its image is made for do not fit.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/trusted-launch"/>
public sealed class SecurityTypeMismatch : NeighbourRule
{
    private const string TrustedLaunch = "TrustedLaunch";
    private const string Confidential = "ConfidentialVM";
    private const string Standard = "Standard";

    private const string NotSupported =
        "BadRequest: Use of TrustedLaunch setting is not supported for the provided image. Please select Trusted Launch Supported Gen2 OS Image. For more information, see https://aka.ms/TrustedLaunch-FAQ.";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG6004", "security-type-mismatch", Severity.Error, At(), Outcome.DeploymentRejected,
        "The security type of a machine does not fit its image, or the image it becomes.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        var found = (one.Use.Stage, MachinePaths.IsMachine(one.Use.Resource)) switch
        {
            (Stage.Deploy, true) => Deployed(one),
            (Stage.Capture, _) => Captured(one),
            _ => null,
        };
        return found is null ? [] : [found];
    }

    private static NeighbourFinding? Deployed(UseContext one)
    {
        var written = MachinePaths.Find(one.Use.Resource, "securityProfile", "securityType");
        var isLeftOut = written is null && one.Use.Resource.ApiVersion is StringValue;
        var wanted = written is not null ? Trait.From(written, $"the {one.Use.Subject}") : isLeftOut ? new Trait([Standard], $"the {one.Use.Subject}", null, null) : null;
        if (wanted is not { Values: [var type] } || one.Agreed(source => AcceptedBy(one, source)) is not { Values: [var feature] } accepted
            || (one.Sources.Length > 1 && one.Sources.Any(source => AcceptedBy(one, source)!.Text != feature)) || Refusal(type, feature) is not { } azure)
        {
            return null;
        }

        var source = one.Sources[0];
        return new NeighbourFinding
        {
            Message = written is null
                ? $"securityType is not set, but {accepted.Holder} is for {feature} machines only"
                : $"securityType is '{type}', but {accepted.Holder} {(feature == SecurityFeature.None ? "does not support it" : $"is for {feature}")}",
            Location = written?.Place ?? source.Source.Place,
            Label = written is null ? "the source is named here" : "declared here",
            Related = RelatedOf(written, accepted, source),
            Evidence = [.. accepted.Evidence is { } item ? [item] : Array.Empty<EvidenceItem>()],
            Why = "An image is made for one kind of firmware and virtual TPM, and its definition says for which. Azure compares that with the machine.",
            Azure = azure.Text,
            Fix = feature is TrustedLaunch or Confidential
                ? $"Set securityProfile.securityType to '{feature}', or use an image whose definition does not ask for it."
                : $"Use an image whose definition has the feature SecurityType '{type}Supported' or '{type}', or take out the securityType.",
            About = source.State.SourceName,

            // From some versions of the API on, a machine without a type gets one.
            IsLikely = written is null || azure.IsLikely,
        };
    }

    // The definition says what its versions are for; a managed image is for none of it.
    private static Trait? AcceptedBy(UseContext one, SourceCase source)
    {
        var id = (source.Source as ImageSource.Resource)?.Id;
        var type = id is null ? null : one.Catalog.TypeOf(id);
        return type?.ToLowerInvariant() switch
        {
            "microsoft.compute/galleries/images" or "microsoft.compute/galleries/images/versions" =>
                one.Catalog.Peek(ArtifactTypes.Definition, one.Catalog.DefinitionOf(id!)) is { } definition ? SecurityFeature.Of(definition) : null,
            "microsoft.compute/images" => new Trait([SecurityFeature.None], $"the {source.Text}", null, null),
            _ => null,
        };
    }

    private static (string? Text, bool IsLikely)? Refusal(string type, string feature) => (type.ToLowerInvariant(), feature.ToLowerInvariant()) switch
    {
        ("standard", "trustedlaunch") => ($"BadRequest: The provided gallery image only supports creation of VMs and VM Scale Sets with '{TrustedLaunch}' security type.", false),
        ("trustedlaunch", "none") => (NotSupported, false),
        ("confidentialvm", "none" or "trustedlaunch" or "trustedlaunchsupported") => (null, true),
        ("standard" or "trustedlaunch", "confidentialvm") => (null, true),
        _ => null,
    };

    private static NeighbourFinding? Captured(UseContext one)
    {
        if (one.Agreed(source => MachineType(one, source)) is not { } machine)
        {
            return null;
        }

        if (Targets.Is(one.Use.Resource, ArtifactTypes.ManagedImage) && machine.Values is [var type] && Same(type, TrustedLaunch))
        {
            return Explain(one, machine, null,
                $"a managed image cannot be made of {machine.Holder}, which is a TrustedLaunch machine",
                "OperationNotAllowed: Creation of managed images are not supported for virtual machine with TrustedLaunch security type.",
                "Make a gallery version below a definition with the feature SecurityType 'TrustedLaunch'.");
        }

        var filled = Targets.DefinitionsOf(one).Select(SecurityFeature.Of).OfType<Trait>().FirstOrDefault(trait => Same(trait.Text, "TrustedLaunchSupported"));
        return filled is null
            ? null
            : Explain(one, machine, filled,
                $"{filled.Holder} is TrustedLaunchSupported, which takes no virtual machine as a source, and {machine.Holder} is one",
                $"The security type 'TrustedLaunchSupported' is not supported for the source id '{one.Sources[0].State.SourceName}'. Currently only Vhd Blob, User Image and Gallery Image Version sources are supported for 'TrustedLaunchSupported' images.",
                "Give the definition the feature SecurityType 'TrustedLaunch' when the machine is one, or make the version from a VHD, a managed image or another version.");
    }

    // The feature list counts any machine, also one whose own type is not known.
    private static Trait? MachineType(UseContext one, SourceCase source)
    {
        var id = (source.Source as ImageSource.Resource)?.Id;
        if (id is null || !Same(one.Catalog.TypeOf(id), ArtifactTypes.VirtualMachine))
        {
            return null;
        }

        var type = one.Catalog.Peek(ArtifactTypes.VirtualMachine, id) is { } machine ? Trait.Of(machine, "properties", "securityProfile", "securityType") : null;
        return type ?? new Trait(["?"], $"the {source.Text}", null, null);
    }

    private static NeighbourFinding Explain(UseContext one, Trait machine, Trait? filled, string message, string azure, string fix)
    {
        var source = one.Sources[0];
        Place? place = filled?.Written?.Place;
        return new NeighbourFinding
        {
            Message = message,
            Location = place ?? source.Source.Place,
            Label = place is null ? "the source is named here" : "declared here",
            Related = RelatedOf(filled?.Written, machine, source),
            Evidence = [.. ((EvidenceItem?[])[machine.Evidence, filled?.Evidence]).OfType<EvidenceItem>()],
            Why = "A TrustedLaunch machine keeps a state of its firmware, which neither a managed image nor a definition for both kinds of machines can hold.",
            Azure = azure,
            Fix = fix,
            About = source.State.SourceName,
        };
    }

    private static System.Collections.Immutable.ImmutableArray<RelatedPlace> RelatedOf(FoundValue? written, Trait other, SourceCase source) =>
    [
        .. written?.Hops ?? [],
        new RelatedPlace(source.Source.Place, "the source is named here"),
        .. source.Source.Hops,
        .. other.Written is { } there ? [new RelatedPlace(there.Place, $"{other.Holder} says {other.Text}")] : Array.Empty<RelatedPlace>(),
        .. source.State.Related,
    ];

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
