using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG7002: the version of a gallery's image that a machine needs is not there, or not in its region.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images"/>
public sealed class ImageVersionUnavailable : NeighbourRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG7002", "image-version-unavailable", Severity.Error, At(Stage.Deploy), Outcome.DeploymentRejected,
        "A machine is created from a version of an image that is not there, or not in its region.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one) =>
        one.Use.Stage == Stage.Deploy && one.Agreed(source => Find(one, source)) is { } found ? [found] : [];

    private static NeighbourFinding? Find(UseContext one, SourceCase source)
    {
        if (source.Source is not ImageSource.Resource { Id: var id } || one.Catalog.PatternOf(id) is not { } pattern)
        {
            return null;
        }

        var isDefinition = Is(pattern.Type, ArtifactTypes.Definition);
        var isVersion = Is(pattern.Type, ArtifactTypes.Version);
        var isLatest = isDefinition || (isVersion && Is(pattern.Name(0), "latest"));
        return isLatest ? Latest(one, source, one.Catalog.DefinitionOf(id)) : isVersion ? Exact(one, source, id) : null;
    }

    // Only a complete list proves that there is none; a version that this run makes is not in it yet.
    private static NeighbourFinding? Latest(UseContext one, SourceCase source, Value definitionId)
    {
        if (one.Catalog.Peek(ArtifactTypes.Definition, definitionId) is not { } definition || !one.Catalog.IsListed(definition.Observed is { } seen ? new StringValue(seen.Id) : definitionId))
        {
            return null;
        }

        var versions = one.Catalog.ChildrenOf(definition, ArtifactTypes.Version).ToList();
        if (versions.Exists(version => version.Declared is not null || !Version.TryParse(version.Name, out _) || StateOf(version) == "creating"))
        {
            return null;
        }

        var shown = ArtifactCatalog.Show(definition.Id);
        if (Versions.Latest(versions, null) is null)
        {
            var why = versions.Count == 0 ? "it has no version" : "each of its versions failed or is excluded from latest";
            return Explain(source, $"{Trait.HolderOf(definition)} has no latest version: {why}", $"There is no latest image version exists for \"{shown}\"",
                "Publish a version, or take excludeFromLatest off one; or name an exact version.", versions);
        }

        return RegionOf(one) is { } region && Versions.Latest(versions, region) is null
            ? Explain(source, $"{Trait.HolderOf(definition)} has no version that is the latest in '{region}'", NotIn(shown, region),
                $"Replicate a version to '{region}' (targetRegions), or take excludeFromLatest off it there.", versions)
            : null;
    }

    private static NeighbourFinding? Exact(UseContext one, SourceCase source, Value id)
    {
        var name = $"the image version '{source.State.SourceName}'";
        if (one.Catalog.Peek(ArtifactTypes.Version, id) is not { } version)
        {
            return one.Catalog.IsAbsent(id) ? Explain(source, $"{name} is not there", null, "Name a version that is there, or publish this one first.", []) : null;
        }

        if (version.Declared is not null)
        {
            return null;
        }

        if (StateOf(version) == "failed")
        {
            return Explain(source, $"{name} failed: its provisioningState is Failed", null, "Publish the version again under another number; its error stands in the gallery's activity log.", [version]);
        }

        return RegionOf(one) is { } region && Regions.StateIn(version, region) is { } state and not RegionState.Usable ? NotThere(source, version, name, region, state) : null;
    }

    private static NeighbourFinding NotThere(SourceCase source, Artifact version, string name, string region, RegionState state)
    {
        var how = state switch
        {
            RegionState.Missing => $"is not replicated to '{region}'",
            RegionState.Failed => $"failed to replicate to '{region}'",
            _ => $"is still being replicated to '{region}'",
        };
        return Explain(source, $"{name} {how}", NotIn(ArtifactCatalog.Show(version.Id), region),
            $"Add '{region}' to the version's targetRegions and wait until its replication is Completed, or deploy where the version is.", [version]) with
        {
            // It may be there when the deployment asks.
            IsLikely = state == RegionState.Replicating,
        };
    }

    private static string NotIn(string id, string region) =>
        $"The gallery image {id} is not available in {region} region. Please contact image owner to replicate to this region, or change your requested region.";

    private static string? RegionOf(UseContext one) => one.Use.Resource.Body.GetText("location");

    private static string? StateOf(Artifact version) => (version.Get("properties", "provisioningState") as StringValue)?.Text.ToLowerInvariant();

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static NeighbourFinding Explain(SourceCase source, string message, string? azure, string fix, IReadOnlyCollection<Artifact> versions) => new()
    {
        Message = message,
        Location = source.Source.Place,
        Label = "the source is named here",
        Related = [.. source.Source.Hops, .. source.State.Related],
        Evidence =
        [
            .. versions.Take(8).Where(version => version.Observed is not null)
                .Select(version => Trait.Evident(version.Observed!, Trait.HolderOf(version), Regions.Describe(version))),
        ],
        Why = "A machine can only be made of a version that is in its region; 'latest' is the highest number there that is not excluded and did not fail.",
        Azure = azure,
        Fix = fix,
        About = source.State.SourceName,
    };
}
