using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;

namespace DeployGate.Core.Policies;

/// <summary>Makes findings of policies.</summary>
internal static class PolicyFindings
{
    private const int LongestMessage = 600;

    /// <summary>The finding of a policy for a subject; null when the condition does not hold, or is not known and that is accepted.</summary>
    internal static Diagnostic? Create(Policy policy, PolicySubject subject, DateTimeOffset now, RuleSettings settings)
    {
        var run = new PolicyRun(subject, now);
        var truth = run.Evaluate(policy.If);
        return truth.Value switch
        {
            true when settings.Of(policy) is var severity and not Severity.Off => Fired(policy, subject, run, truth, severity),
            null when settings.OfUndecided(policy) is var severity and not Severity.Off => Undecided(policy, subject, truth, severity),
            true => null,
            false => null,
            null => null,
        };
    }

    private static Diagnostic Fired(Policy policy, PolicySubject subject, PolicyRun run, Truth truth, Severity severity)
    {
        var message = policy.Message is { } text ? run.Fill(text, LongestMessage) : $"the {subject.Words} breaks the policy '{policy.Name}'";
        var why = subject.IsMaybe ? $"{Sentence(policy.Description)} (Whether the resource is deployed depends on a condition that is not known here.)" : Sentence(policy.Description);
        var fix = policy.Fix.Length > 0 ? policy.Fix : $"Change it so that the policy '{policy.Name}' holds, or change the policy.";
        return Finding(policy, subject, truth, severity, message, why, fix);
    }

    private static Diagnostic Undecided(Policy policy, PolicySubject subject, Truth truth, Severity severity)
    {
        var message = $"whether the {subject.Words} keeps the policy '{policy.Name}' is not known";
        var why = $"{Sentence(policy.Description)} Not known, because {truth.Reason.TrimEnd('.')}.";
        return Finding(policy, subject, truth, severity, message, why, "Supply what is missing (--parameters, --state, --subscription, --resource-group), or accept what is not known with --on-unknown pass.");
    }

    private static Diagnostic Finding(Policy policy, PolicySubject subject, Truth truth, Severity severity, string message, string why, string fix)
    {
        var place = truth.Place ?? subject.Place;
        var use = subject.Use;
        return new Diagnostic
        {
            Rule = policy.Descriptor,
            Severity = severity,
            Stage = use?.Use.Stage,
            Outcome = Outcome.None,
            OsType = use is null ? OsType.Unknown : use.Use.OsType == OsType.Unknown ? use.State.OsType : use.Use.OsType,
            Declared = use is { Declared.Candidates: [var state] } ? state : null,
            Actual = use?.State.Actual ?? "Unknown",
            Message = message,
            Location = place,
            Label = "the policy speaks of this",
            Related = [.. RelatedOf(policy, subject, place)],
            Evidence = use?.State.Evidence ?? [],
            Lineage = use?.State.Lineage ?? [],
            Why = why,
            Fix = fix,
            Fingerprint = Findings.Fingerprint(policy.Id, subject.Declaration.Source.Path.Split('/')[^1], place.Source.Path.Split('/')[^1], subject.Words, use?.State.SourceName ?? ""),
        };
    }

    private static IEnumerable<RelatedPlace> RelatedOf(Policy policy, PolicySubject subject, Place place)
    {
        if (subject.Declaration.LineKey != place.LineKey)
        {
            yield return new RelatedPlace(subject.Declaration, $"the {subject.Words} is declared here");
        }

        yield return new RelatedPlace(policy.Place, $"the policy '{policy.Name}' is written here");
    }

    private static string Sentence(string text) => text.Length > 0 && text[^1] is not ('.' or '!' or '?') ? text + "." : text;
}
