using DeployGate.Core.Resources;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Cli.Checking;

/// <summary>
/// What a run keeps of an evaluated template until all are judged together: most resources of most templates have nothing to do with images, and
/// no rule asks for them.
/// </summary>
internal static class KeptTemplate
{
    /// <summary>The template without what no rule reads, its texts packed.</summary>
    internal static ResolvedTemplate Of(ResolvedTemplate template)
    {
        foreach (var resource in template.Resources)
        {
            resource.Declaration.Source.Pack();
        }

        return template with
        {
            Resources = [.. template.Resources.Where(resource => UseCatalog.Concerns(resource.Type))],
            Outputs = ObjectValue.Empty,
            Unresolved = [.. template.Unresolved.Where(UnseenTemplates.IsOne)],
        };
    }
}
