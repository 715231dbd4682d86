using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;

namespace DeployGate.Core.Rules;

/// <summary>DG6003: an image is declared for another processor than its source, or goes where Arm64 cannot go.</summary>
public sealed class ArchitectureMismatch : NeighbourRule
{
    private const string Arm = "Arm64";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG6003", "architecture-mismatch", Severity.Error, At(), Outcome.DeploymentRejected,
        "An image is declared for another processor architecture than its source has.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        var sources = new SourceTraits(one.Catalog);
        if (Targets.Is(one.Use.Resource, ArtifactTypes.ManagedImage))
        {
            var managed = new Trait(["x64"], $"the {one.Use.Subject}", null, null);
            return Mismatch.Find(one, managed, source => sources.ArchitectureOf(source.Source)) is { } refused ? [Refused(one, refused)] : [];
        }

        return Targets.DefinitionsOf(one)
            .Select(definition => Mismatch.Find(one, Trait.Of(definition, "properties", "architecture"), source => sources.ArchitectureOf(source.Source)))
            .OfType<Mismatch>()
            .Select(found => Explain(one, found))
            .Take(1);
    }

    private static NeighbourFinding Refused(UseContext one, Mismatch found) => Explain(one, found) with
    {
        Message = $"a managed image cannot be {found.Actual.Text}, and {found.Actual.Holder} is",
        Why = "Managed images exist for x64 only; other processors came after them, with galleries.",
        Azure = $"OperationNotAllowed: Creating an image with sourceVirtualMachine source that has CPU Architecture '{found.Actual.Text}' is not supported. Please select a source resource with a supported CPU Architecture: 'x64'.",
        Fix = $"Make a gallery version instead, below an image definition with architecture '{Arm}'.",
    };

    private static NeighbourFinding Explain(UseContext one, Mismatch found) => new()
    {
        Message = $"architecture of {found.Wanted.Holder} is '{found.Wanted.Text}', but {found.Actual.Holder} is {found.Actual.Text}",
        Location = found.Location,
        Label = found.Label,
        Related = found.Related,
        Evidence = found.Evidence,
        Why = "A system that was built for one processor does not start on another.",
        Azure = null,
        Fix = $"Use an image definition with architecture '{found.Actual.Text}', or a source of architecture '{found.Wanted.Text}'.",
        IsLikely = !found.IsCertain,
        About = found.Source.State.SourceName,
    };
}
