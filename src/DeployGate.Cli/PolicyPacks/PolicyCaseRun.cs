using DeployGate.Cli.Policies;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Templates;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>What a case gave.</summary>
/// <param name="Case">The case.</param>
/// <param name="Actual">deny, audit, pass or unknown; <c>broken</c> when its input could not be used.</param>
/// <param name="Reason">Why, where that helps; otherwise empty.</param>
internal sealed record CaseResult(PolicyCase Case, string Actual, string Reason)
{
    internal bool HasPassed => Actual == Case.Expect;
}

/// <summary>Runs the cases of policies through the gate itself, with nothing but what each case gives.</summary>
internal static class PolicyCaseRun
{
    private const string Broken = "broken";

    internal static CaseResult Run(Policy policy, PolicyCase one, DateTimeOffset now)
    {
        // A policy that is switched off is tested as if it were on: it will be.
        var tested = policy.Effect == PolicyEffect.Disabled ? policy with { Effect = PolicyEffect.Deny } : policy;
        var set = new PolicySet([tested], one.Now ?? now);
        return one.Use is { } use ? OfUse(set, one, use) : OfTemplate(set, one);
    }

    private static readonly RuleSettings s_certain = RuleSettings.Default.With(OnUnknown.Pass);

    private static CaseResult OfUse(PolicySet set, PolicyCase one, Core.Values.ObjectValue fields)
    {
        var subject = new PolicySubject { Mode = PolicyMode.Uses, Words = "use", Place = one.Place, Declaration = one.Place, Fields = fields };
        return ResultOf(set, one, [.. set.Judge(subject, s_certain, [])], [.. set.Judge(subject, RuleSettings.Default, [])]);
    }

    private static CaseResult OfTemplate(PolicySet set, PolicyCase one)
    {
        var facts = one.Facts is null ? null : FactsReader.Read([one.Facts], []);
        if (facts?.Errors.FirstOrDefault(error => error.IsUnreadable) is { } error)
        {
            return new CaseResult(one, Broken, $"the facts cannot be read: {error.Message}");
        }

        var template = new TemplateResolver(NoFiles.Instance).Resolve(TemplateFile.Read(one.Template!), [], new DeploymentTarget());
        if (template.Problems.FirstOrDefault(problem => problem.IsFatal) is { } problem)
        {
            return new CaseResult(one, Broken, $"line {problem.At.Start.Line} of the template: {problem.Message}");
        }

        var shared = new SharedArtifacts(template.Resources, facts?.Facts ?? Facts.None);
        var certain = Judge(set, s_certain, template, shared);
        var isEmpty = set.AsksResources ? !template.Resources.Any(resource => !resource.IsExisting) : certain.Uses.IsEmpty;
        return isEmpty
            ? new CaseResult(one, Broken, set.AsksResources ? "the template deploys no resource" : "the template uses no image, so that there is nothing to look at")
            : ResultOf(set, one, certain.Findings, Judge(set, RuleSettings.Default, template, shared).Findings);
    }

    private static GateResult Judge(PolicySet set, RuleSettings settings, ResolvedTemplate template, SharedArtifacts shared) =>
        new Gate(DecisionTableReader.Embedded, settings, set).Judge(template, shared);

    // Whoever accepts what is not known sees what is certain; whoever does not sees both.
    private static CaseResult ResultOf(PolicySet set, PolicyCase one, IEnumerable<Diagnostic> certain, IEnumerable<Diagnostic> all)
    {
        var policy = set.Policies[0];
        var word = policy.Effect == PolicyEffect.Audit ? "audit" : "deny";
        return certain.FirstOrDefault(finding => finding.Rule.Id == policy.Id) is { } fired ? new CaseResult(one, word, fired.Message)
            : all.FirstOrDefault(finding => finding.Rule.Id == policy.Id) is { } open ? new CaseResult(one, "unknown", open.Why)
            : new CaseResult(one, "pass", "the condition does not hold");
    }

    private sealed class NoFiles : ISourceFiles
    {
        internal static NoFiles Instance { get; } = new();

        public FileRead Read(string path) => new FileRead.Missing(path);
    }
}
