using DeployGate.Core.Resources;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Cli.Checking;

/// <summary>
/// What a run keeps of an evaluated template until all are judged together. Most resources of most templates have nothing to do with images: their
/// ids and places are kept, and not what they say.
/// </summary>
internal static class KeptTemplate
{
    // Whoever reads it all the same learns nothing, and not that nothing is there.
    private static readonly ObjectValue s_notKept = new([], new UnknownValue(UnknownReason.Limit, "properties", "no rule reads this resource, and its properties were not kept"));

    /// <summary>The template without what no rule reads, its texts packed.</summary>
    internal static ResolvedTemplate Of(ResolvedTemplate template)
    {
        foreach (var resource in template.Resources)
        {
            resource.Declaration.Source.Pack();
        }

        return template with
        {
            Resources = [.. template.Resources.Select(resource => UseCatalog.Concerns(resource.Type) ? resource : resource with { Body = s_notKept })],
            Outputs = ObjectValue.Empty,
            Unresolved = [.. template.Unresolved.Where(UnseenTemplates.IsOne)],
        };
    }
}
