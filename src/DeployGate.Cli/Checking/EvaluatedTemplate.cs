using System.Collections.Immutable;
using DeployGate.Core.Resources;

namespace DeployGate.Cli.Checking;

/// <summary>One planned evaluation.</summary>
/// <param name="Source">The template's path, as reports show it.</param>
/// <param name="Resolved">What it gave; null where another part of a divided run needs it, and this one does not.</param>
/// <param name="HasParameters">True when it is evaluated with parameters.</param>
/// <param name="IsOwn">True when this run judges it.</param>
internal sealed record EvaluatedTemplate(string Source, ResolvedTemplate? Resolved, bool HasParameters, bool IsOwn)
{
    /// <summary>
    /// Without the templates that another one deploys: those are judged there, with the parameters they are really given. Templates that only
    /// link to one another in a circle have no such other one, and stay.
    /// </summary>
    internal static ImmutableArray<EvaluatedTemplate> WithoutLinked(ImmutableArray<EvaluatedTemplate> all)
    {
        var linked = LinkedFrom(all);
        var deployed = LinkedFrom(all.Where(template => !linked.Contains(template.Source)));
        return [.. all.Where(template => !deployed.Contains(template.Source) || template.HasParameters)];
    }

    // What was not evaluated here links to nothing: a template that may link is always evaluated.
    private static HashSet<string> LinkedFrom(IEnumerable<EvaluatedTemplate> templates) => templates
        .SelectMany(template => template.Resolved is { } resolved ? resolved.LinkedFiles.Where(file => file != template.Source) : [])
        .ToHashSet(StringComparer.Ordinal);
}
