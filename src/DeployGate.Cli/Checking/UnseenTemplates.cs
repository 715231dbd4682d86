using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Cli.Checking;

/// <summary>
/// Modules and linked templates that could not be looked into. Nothing of them is among the uses, so that a gate which is silent about them would
/// pass what it has not seen.
/// </summary>
internal static class UnseenTemplates
{
    /// <summary>A remark for each, once; an unreadable input for whoever wants every use decided, and nothing for whoever does not ask.</summary>
    internal static IEnumerable<InputError> Of(IEnumerable<ResolvedTemplate> resolved, OnUnknown onUnknown) => onUnknown == OnUnknown.Pass
        ? []
        : resolved.SelectMany(In).Distinct().Select(one => one with { IsUnreadable = onUnknown == OnUnknown.Fail });

    /// <summary>True for an unknown that stands for a template which could not be looked into.</summary>
    internal static bool IsOne(Unresolved unresolved) => WordsOf(unresolved).What.Length > 0;

    // What is wrong in the template itself was told already, at the same place.
    private static IEnumerable<InputError> In(ResolvedTemplate template)
    {
        foreach (var one in template.Unresolved)
        {
            var (what, fix) = WordsOf(one);
            if (what.Length > 0 && !template.Problems.Any(problem => problem.At.Source == one.At.Source && problem.At.Start == one.At.Start))
            {
                yield return new InputError(one.At.Source.Path, one.At.Start, what, fix);
            }
        }
    }

    private static (string What, string Fix) WordsOf(Unresolved one) => one.Value.Reason switch
    {
        UnknownReason.ModuleNotRestored => (
            $"what the module '{one.Value.Expression}' deploys was not checked: it is not restored",
            $"Run 'bicep restore {one.At.Source.Path}' before the gate, or name the folder of restored modules with --module-cache."),
        UnknownReason.LinkedTemplateNotAvailable when one.Value.Expression != "parametersLink" => (
            $"what the linked template '{one.Value.Expression}' deploys was not checked: {one.Value.Detail}",
            "Link it by relativePath to a file of the repository, or check it by itself where it lies."),
        _ => ("", ""),
    };
}
