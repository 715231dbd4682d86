using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Resources;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG7001: a machine is created from whatever version is the latest on the day.</summary>
public sealed class UnpinnedImageVersion : NeighbourRule
{
    private const string BatchPool = "Microsoft.Batch/batchAccounts/pools";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG7001", "unpinned-image-version", Severity.Note, At(Stage.Deploy), Outcome.None,
        "A machine is created from the latest version of an image, whichever that is on the day.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        var resource = one.Use.Resource;
        var isPinnable = MachinePaths.IsMachine(resource) || Targets.Is(resource, BatchPool);
        if (one.Use.Stage != Stage.Deploy || !isPinnable || IsUpgraded(resource) || one.Agreed(source => IsLatest(source.Source) ? source : null) is not { } latest)
        {
            return [];
        }

        var name = latest.State.SourceName;
        name = name.EndsWith("latest", StringComparison.OrdinalIgnoreCase) ? name[..^"latest".Length].TrimEnd('/', ':') : name;
        return
        [
            new NeighbourFinding
            {
                Message = $"the image is the latest version of '{name}', whichever that is on the day",
                Location = latest.Source.Place,
                Label = "names no version",
                Related = latest.Source.Hops,
                Why = "Two deployments of the same code can give different machines, and a version that is published by mistake reaches production by itself.",
                Fix = "Name an exact version, and move to a newer one by a change that is reviewed. A scale set with automatic OS upgrades needs the latest and is not reported.",
                About = latest.State.SourceName,
            },
        ];
    }

    // Automatic upgrades of the system need the latest version, or a definition without one. Where they may be on, nothing is said.
    private static bool IsUpgraded(ResolvedResource resource) =>
        ValuePath.Find(resource.Body, resource.Declaration, "properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade")?.Value is not (null or BoolValue { IsTrue: false });

    private static bool IsLatest(ImageSource source) => source switch
    {
        ImageSource.Marketplace market => market.Name.EndsWith(":latest", StringComparison.OrdinalIgnoreCase),
        ImageSource.Resource { Id: StringValue or PartialString } resource when ResourceIdPattern.From(resource.Id) is { } id => IsLatest(id),
        _ => false,
    };

    // A definition without a version, of the own gallery or of another one, means the latest.
    private static bool IsLatest(ResourceIdPattern id)
    {
        var isVersion = string.Equals(id.Name(1), "versions", StringComparison.OrdinalIgnoreCase);
        var isDefinition = string.Equals(id.Type, ArtifactTypes.Definition, StringComparison.OrdinalIgnoreCase)
            || (string.Equals(id.Name(1), "images", StringComparison.OrdinalIgnoreCase) && id.Name(3).EndsWith("Galleries", StringComparison.OrdinalIgnoreCase));
        return isVersion ? string.Equals(id.Name(0), "latest", StringComparison.OrdinalIgnoreCase) : isDefinition;
    }
}
