using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Reports;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG6001: what uses an image takes it for another operating system.</summary>
public sealed class OsTypeMismatch : NeighbourRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG6001", "os-type-mismatch", Severity.Error, At(), Outcome.DeploymentRejected,
        "An image is used, or declared, as another operating system than the one it holds.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        var system = one.Agreed(source => source.State.OsType == OsType.Unknown ? null : source);
        if (system is null || one.Sources.Any(source => source.State.OsType != system.State.OsType))
        {
            return [];
        }

        return ClaimsOf(one)
            .Where(claim => claim.System != system.State.OsType)
            .Select(claim => Explain(one, system, claim))
            .Take(1);
    }

    private static IEnumerable<Claim> ClaimsOf(UseContext one)
    {
        var resource = one.Use.Resource;
        if (MachinePaths.IsMachine(resource))
        {
            return
            [
                .. Named(MachinePaths.Find(resource, "storageProfile", "osDisk", "osType")),
                .. Configured(MachinePaths.Find(resource, "osProfile", "windowsConfiguration"), OsType.Windows, "windowsConfiguration"),
                .. Configured(MachinePaths.Find(resource, "osProfile", "linuxConfiguration"), OsType.Linux, "linuxConfiguration"),
            ];
        }

        FoundValue? Find(params ReadOnlySpan<string> path) => ValuePath.Find(resource.Body, resource.Declaration, path);
        return
        [
            .. Targets.DefinitionsOf(one).SelectMany(OfDefinition),
            .. Targets.Is(resource, ArtifactTypes.ManagedImage) ? Named(Find("properties", "storageProfile", "osDisk", "osType")) : [],
            .. Targets.Is(resource, LabUses.Type) ? Named(Find("properties", "vhd", "osType")) : [],
            .. Targets.Is(resource, LabUses.Type) ? Configured(Find("properties", "vm", "windowsOsInfo"), OsType.Windows, "windowsOsInfo") : [],
            .. Targets.Is(resource, LabUses.Type) ? Configured(Find("properties", "vm", "linuxOsInfo"), OsType.Linux, "linuxOsInfo") : [],
        ];
    }

    private static IEnumerable<Claim> OfDefinition(Artifact definition) => Trait.Of(definition, "properties", "osType") is { Values: [var only] } trait
        ? [new Claim(Declarations.OsTypeOf(new StringValue(only)), $"osType of {trait.Holder} is '{only}'", trait.Written, trait.Evidence, "definition")]
        : [];

    private static IEnumerable<Claim> Named(FoundValue? osType) => Declarations.OsTypeOf(osType?.Value) is var system and not OsType.Unknown
        ? [new Claim(system, $"osType is '{system}'", osType, null, "osType")]
        : [];

    // An empty object says nothing, and some templates give one for either system.
    private static IEnumerable<Claim> Configured(FoundValue? configuration, OsType system, string name) => configuration?.Value is ObjectValue { Members.IsEmpty: false }
        ? [new Claim(system, $"{name} is set", configuration with { Place = configuration.NamePlace ?? configuration.Place }, null, name)]
        : [];

    private static NeighbourFinding Explain(UseContext one, SourceCase source, Claim claim)
    {
        // Nobody but the guest can tell what a VHD holds: Azure takes it as it is declared.
        var isTaken = one.Use.Stage is Stage.Upload && source.Source is ImageSource.Vhd;
        var actual = source.State.OsType;
        return new NeighbourFinding
        {
            Message = $"{claim.Text}, but the {source.Text} holds {actual}",
            Location = claim.Written?.Place ?? source.Source.Place,
            Label = claim.Written is null ? "the source is named here" : "declared here",
            Related = [.. claim.Written?.Hops ?? [], new RelatedPlace(source.Source.Place, "the source is named here"), .. source.Source.Hops, .. source.State.Related],
            Evidence = [.. claim.Evidence is { } item ? [item] : Array.Empty<EvidenceItem>(), .. source.State.Evidence],
            Why = isTaken
                ? $"Azure does not look into the VHD and provisions its machines as {claim.System}: the answers that {actual} waits for at its first boot never come."
                : $"Azure gives a machine its account and its settings in the form of its operating system, and {actual} is not {claim.System}.",
            Azure = AzureOf(claim, actual, isTaken),
            Outcome = isTaken ? Outcome.ProvisioningTimeout : null,
            Fix = claim.Name.EndsWith("Configuration", StringComparison.Ordinal)
                ? $"Take out {claim.Name} and use {(actual == OsType.Windows ? "windowsConfiguration" : "linuxConfiguration")}, or name an image of {claim.System}."
                : $"Declare osType '{actual}', or name a source that holds {claim.System}. The osType of an existing image definition cannot change: make a new one.",
            About = $"{claim.Name}\n{source.State.SourceName}",
        };
    }

    private static string? AzureOf(Claim claim, OsType actual, bool isTaken) => claim.Name switch
    {
        _ when isTaken => "OSProvisioningTimedOut: OS Provisioning for VM did not finish in the allotted time.",
        "windowsConfiguration" or "linuxConfiguration" => $"InvalidParameter: The value of parameter {claim.Name} is invalid.",
        "definition" => $"The resource with id '…' has a different OS type ['{actual}'] than the parent gallery image OS type ['{claim.System}'].",
        _ => null,
    };

    private sealed record Claim(OsType System, string Text, FoundValue? Written, EvidenceItem? Evidence, string Name);
}
