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

    /// <summary>They do not, and the JSON was made before the Bicep file changed.</summary>
    Stale,

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
            var verdict = difference is null ? Verdict.Equal : pair.IsJsonOlder ? Verdict.Stale : Verdict.Differing;
            return new PairResult(pair, verdict, difference, string.Join("; ", RemarksOn(one.Template, "bicep").Concat(RemarksOn(other.Template, "json"))));
        }

        var errors = string.Join("; ", new[] { bicep, json }.OfType<Outcome.Crashed>().Select(crash => crash.Error));
        return new PairResult(pair, errors.Length > 0 ? Verdict.Crashed : Verdict.TimedOut, null, errors);
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
