using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG3004: a scale set that is there already is given an image of another state, or of another kind.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy"/>
public sealed class ScaleSetStateChange : NeighbourRule
{
    private static readonly string[] s_image = ["properties", "virtualMachineProfile", "storageProfile", "imageReference"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG3004", "scale-set-state-change", Severity.Error, At(Stage.Deploy), Outcome.DeploymentRejected,
        "A scale set that is there already is given an image of another state or kind.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        if (one.Use.Stage != Stage.Deploy || !Targets.Is(one.Use.Resource, ArtifactTypes.ScaleSet) || ImageNow(one) is not { } now)
        {
            return [];
        }

        var wasMarketplace = now.Source.Source is ImageSource.Marketplace;
        if (one.Agreed(source => IsKnown(source.Source) && source.Source is ImageSource.Marketplace != wasMarketplace ? source : null) is { } other)
        {
            return [Kind(one, now, other, wasMarketplace)];
        }

        var changed = one.Agreed(source => IsState(now.Source.State.Mark) && IsState(source.State.Mark) && source.State.Mark != now.Source.State.Mark ? source : null);
        return changed is null ? [] : [State(one, now, changed)];
    }

    // The facts know the set as it is, and it is asked for: nobody else needs it.
    private static Now? ImageNow(UseContext one)
    {
        foreach (var fact in one.Catalog.Find(ArtifactTypes.ScaleSet, one.Use.Resource.Id).Artifact?.Facts ?? [])
        {
            if (fact.Body.Get(s_image) is ObjectValue reference
                && ImageSources.FromReference(new FoundValue(reference, one.Use.Resource.Declaration, null, [])) is [var source])
            {
                return new Now(new SourceCase(source, OriginWalk.Assess(source, one.Catalog, LookupPlace.Of(one.Use.Resource))), fact);
            }
        }

        return null;
    }

    private static bool IsState(AzureMark mark) => mark is AzureMark.Generalized or AzureMark.Specialized;

    private static bool IsKnown(ImageSource source) => source is ImageSource.Marketplace or ImageSource.Resource;

    private static NeighbourFinding State(UseContext one, Now now, SourceCase source)
    {
        var (was, becomes) = (now.Source.State.Mark, source.State.Mark);
        return Explain(one, now, source) with
        {
            Message = $"the {one.Use.Subject} is there already with the {was} image '{now.Source.State.SourceName}', and the {source.Text} is {becomes}",
            Why = "Whether the machines of a scale set get a name and an account, or come up as the machine they were, is fixed when the set is created.",
            Azure = $"Cannot update Virtual Machine Scale Set {Name(one)} as the current OS state of the VM Scale Set is {was} which is different from the updated gallery image OS state which is {becomes}",
            Fix = $"Use an image that is {was}, or create a scale set of another name for the {becomes} image.",
        };
    }

    private static NeighbourFinding Kind(UseContext one, Now now, SourceCase source, bool wasMarketplace) => Explain(one, now, source) with
    {
        Message = $"the {one.Use.Subject} is there already with {(wasMarketplace ? "the Marketplace image" : "the custom image")} '{now.Source.State.SourceName}', and the {source.Text} is of another kind",
        Why = "A scale set that was created from the Marketplace takes no custom image later, and the other way round.",
        Azure = "OperationNotAllowed: The Image type for a Virtual Machine Scale Set may not be changed.",
        Fix = "Create a scale set of another name from the new image, and remove the old one when it is not needed any more.",

        // Azure's answer was seen for the way from the Marketplace to an image of one's own.
        IsLikely = !wasMarketplace || !IsChange(one),
    };

    private static NeighbourFinding Explain(UseContext one, Now now, SourceCase source) => new()
    {
        Message = "",
        Location = source.Source.Place,
        Label = "the new image is named here",
        Related = [.. source.Source.Hops, .. source.State.Related],
        Evidence =
        [
            Trait.Evident(now.Fact, $"the {one.Use.Subject}", $"imageReference {now.Source.State.SourceId}"),
            .. now.Source.State.Evidence,
            .. source.State.Evidence,
        ],
        Why = "",
        Fix = "",
        About = source.State.SourceName,
        IsLikely = !IsChange(one),
    };

    // A template changes the set that is there, and so does a command that says nothing of the profile. A script that creates
    // one may have removed the old one before.
    private static bool IsChange(UseContext one) =>
        one.Use.Resource.ApiVersion is StringValue || MachinePaths.Find(one.Use.Resource, "osProfile")?.Value is UnknownValue;

    private static string Name(UseContext one) => ArtifactCatalog.Show(one.Use.Resource.Name);

    private sealed record Now(SourceCase Source, FactResource Fact);
}
