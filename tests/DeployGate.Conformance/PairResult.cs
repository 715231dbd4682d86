using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Conformance;

/// <summary>What comparing a pair can give.</summary>
internal enum Verdict
{
    /// <summary>Both sides deploy the same.</summary>
    Equal,

    /// <summary>They do not.</summary>
    Differing,

    /// <summary>They do not, and the Bicep file was edited after the JSON was made.</summary>
    Stale,

    /// <summary>
    /// They do, as far as the Bicep side can be known here: the JSON holds the resources of registry modules which are not
    /// in the module cache. Everything else is equal.
    /// </summary>
    NotRestored,

    /// <summary>One side failed with an exception.</summary>
    Crashed,

    /// <summary>One side took too long.</summary>
    TimedOut,
}

/// <summary>A compared pair.</summary>
internal sealed record PairResult(Pair Pair, Verdict Verdict, Difference? Difference, string Remarks)
{
    internal static PairResult Of(Pair pair, Evaluation evaluation)
    {
        var (bicep, json) = (evaluation.Try(pair.Bicep), evaluation.Try(pair.Json));
        if (bicep is Outcome.Resolved one && json is Outcome.Resolved other)
        {
            var difference = Comparison.Compare(one.Template, other.Template);
            var remarks = RemarksOn(one.Template, "bicep").Concat(RemarksOn(other.Template, "json")).ToList();
            var verdict = difference is null ? Verdict.Equal : Explain(difference, pair, one.Template, other.Template, evaluation, remarks);
            return new PairResult(pair, verdict, difference, string.Join("; ", remarks));
        }

        var errors = string.Join("; ", new[] { bicep, json }.OfType<Outcome.Crashed>().Select(crash => crash.Error));
        return new PairResult(pair, errors.Length > 0 ? Verdict.Crashed : Verdict.TimedOut, null, errors);
    }

    private static Verdict Explain(Difference difference, Pair pair, ResolvedTemplate bicep, ResolvedTemplate json, Evaluation evaluation, List<string> remarks)
    {
        if (pair.IsJsonOlder)
        {
            remarks.Insert(0, "the list of pairs says that the JSON is older");
            return Verdict.Stale;
        }

        if (bicep.Unresolved.Any(unresolved => unresolved.Value.Reason == UnknownReason.ModuleNotRestored))
        {
            if (Comparison.Compare(bicep, json, bicepMayLack: true) is not { } beside)
            {
                return Verdict.NotRestored;
            }

            remarks.Add($"beside what the modules would deploy: {beside.Path}: {beside.Bicep} <> {beside.Json}");
        }

        // No compiler invents the name of a property.
        var name = difference.Path[(difference.Path.LastIndexOf('/') + 1)..];
        var isWritten = evaluation.TextsOf(pair.Bicep).Any(text => text.Contains(name, StringComparison.OrdinalIgnoreCase));
        if (difference.Bicep == Difference.None && name.Length > 2 && name.All(char.IsAsciiLetter) && !isWritten)
        {
            remarks.Insert(0, $"the JSON has the property '{name}', which is written in none of the Bicep files: they were edited after it was made");
            return Verdict.Stale;
        }

        return Verdict.Differing;
    }

    // What explains a difference: each side's first fatal problem and the first module that is not there.
    private static IEnumerable<string> RemarksOn(ResolvedTemplate template, string side)
    {
        var fatal = template.Problems.FirstOrDefault(problem => problem.IsFatal);
        if (fatal is not null)
        {
            yield return $"{side}: {fatal.At}: {fatal.Message}";
        }

        var module = template.Unresolved.FirstOrDefault(unresolved => unresolved.Value.Reason is UnknownReason.ModuleNotRestored or UnknownReason.LinkedTemplateNotAvailable);
        if (module is not null)
        {
            yield return $"{side}: not available: {module.Value.Expression}";
        }
    }
}
