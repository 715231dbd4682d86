using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Reports;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG6005: a machine and its image do not agree on the purchase plan of the Marketplace.</summary>
public sealed class PlanMismatch : NeighbourRule
{
    // A machine calls the parts of its plan as a definition does.
    private static readonly string[] s_parts = ["name", "publisher", "product"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG6005", "plan-mismatch", Severity.Error, At(Stage.Deploy), Outcome.DeploymentRejected,
        "A machine lacks the purchase plan of its image, has another one, or has one that its image does not need.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        // The commands take the plan from elsewhere: what a script leaves out proves nothing.
        var resource = one.Use.Resource;
        if (one.Use.Stage != Stage.Deploy || !MachinePaths.IsMachine(resource) || resource.ApiVersion is not StringValue)
        {
            return [];
        }

        var plan = ValuePath.Find(resource.Body, resource.Declaration, "plan");
        return one.Agreed(source => PlanOf(one, source) is { } bought && Compare(one, source, plan, bought) is { } found ? found : null) is { } finding ? [finding] : [];
    }

    private static NeighbourFinding? Compare(UseContext one, SourceCase source, FoundValue? plan, Bought bought)
    {
        switch (plan?.Value, bought.Plan)
        {
            case (null, { } needed):
                return Explain(source, null, bought, $"plan is not set, but {bought.Holder} has the purchase plan {Show(needed)}",
                    "VMMarketplaceInvalidInput: Creating a virtual machine from Marketplace image requires Plan information in the request.",
                    $"Add plan {Show(needed)} to the {one.Use.Subject}, and accept its terms in the subscription.");
            case (ObjectValue { Rest: null } given, null):
                return Explain(source, plan, bought, $"plan is {Show(given)}, but {bought.Holder} has no purchase plan",
                    "VMMarketplaceInvalidInput: Creating a virtual machine from a non Marketplace image does not need Plan information, please remove the Plan information in the request.",
                    "Take out the plan, or name the image that it belongs to.");
            case (ObjectValue given, { } needed) when s_parts.Any(part => Differs(given.Get(part), needed.Get(part))):
                return Explain(source, plan, bought, $"plan is {Show(given)}, but {bought.Holder} has the purchase plan {Show(needed)}",
                    "VMMarketplaceInvalidInput: The purchase information does not match.",
                    $"Set plan to {Show(needed)}.");
            default:
                return null;
        }
    }

    private static bool Differs(Value? one, Value? other) =>
        one is StringValue left && other is StringValue right && !string.Equals(left.Text, right.Text, StringComparison.OrdinalIgnoreCase);

    private static Bought? PlanOf(UseContext one, SourceCase source)
    {
        switch (source.Source)
        {
            case ImageSource.Marketplace market when one.Catalog.Published.FindInMarketplace(market.Name, null, isWanted: false) is { } fact && fact.Body.Get("properties", "plan") is ObjectValue plan:
                var name = $"the Marketplace image '{market.Name}'";
                return new Bought(plan, name, null, Trait.Evident(fact, name, $"plan {Show(plan)}"));
            case ImageSource.Resource { Id: var id } when one.Catalog.TypeOf(id) is { } type && (Is(type, ArtifactTypes.Definition) || Is(type, ArtifactTypes.Version)):
                return one.Catalog.Peek(ArtifactTypes.Definition, one.Catalog.DefinitionOf(id)) is { } definition ? OfDefinition(definition) : null;
            default:
                // A managed image does not show the plan of the machine it was made of.
                return null;
        }
    }

    private static Bought? OfDefinition(Artifact definition)
    {
        var holder = Trait.HolderOf(definition);
        if (definition.Declared is { } resource)
        {
            var written = ValuePath.Find(resource.Body, resource.Declaration, "properties", "purchasePlan");
            return written?.Value is ObjectValue { IsFullyKnown: true } plan ? new Bought(plan, holder, written, null)
                : Trait.IsLeftOut(resource, "properties", "purchasePlan") ? new Bought(null, holder, null, null)
                : null;
        }

        // A fact that was cut shows no operating system either, and proves nothing by what it leaves out.
        var fact = definition.Facts.FirstOrDefault(one => one.Body.Get("properties", "osType") is not null);
        var shown = fact?.Body.Get("properties", "purchasePlan");
        return fact is null || shown is not (null or ObjectValue) ? null
            : new Bought(shown as ObjectValue, holder, null, Trait.Evident(fact, holder, shown is ObjectValue seen ? $"purchasePlan {Show(seen)}" : "no purchasePlan"));
    }

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Show(ObjectValue plan) => $"'{string.Join('/', s_parts.Select(part => plan.Get(part) is { } value ? ArtifactCatalog.Show(value) : "?"))}'";

    private static NeighbourFinding Explain(SourceCase source, FoundValue? plan, Bought bought, string message, string azure, string fix) => new()
    {
        Message = message,
        Location = plan?.Place ?? source.Source.Place,
        Label = plan is null ? "the source is named here" : "declared here",
        Related =
        [
            .. plan?.Hops ?? [],
            new RelatedPlace(source.Source.Place, "the source is named here"),
            .. source.Source.Hops,
            .. bought.Written is { } written ? [new RelatedPlace(written.Place, "the purchase plan is declared here")] : Array.Empty<RelatedPlace>(),
            .. source.State.Related,
        ],
        Evidence = [.. bought.Evidence is { } item ? [item] : Array.Empty<EvidenceItem>()],
        Why = "What is sold in the Marketplace keeps its plan in every image made of it. Azure compares the plan of the machine with the one of the image (written here as name/publisher/product).",
        Azure = azure,
        Fix = fix,
        About = source.State.SourceName,
    };

    private sealed record Bought(ObjectValue? Plan, string Holder, FoundValue? Written, EvidenceItem? Evidence);
}
