using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Steps;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Decisions;

/// <summary>Makes findings of what a pipeline does to machines that Azure would not let it do.</summary>
internal static class MachineFindings
{
    /// <summary>The finding of the first rule that applies; null when none does.</summary>
    internal static Diagnostic? Create(MachineAction action, ArtifactCatalog facts, RuleSettings settings)
    {
        var one = CaseOf(action, facts);
        foreach (var rule in RuleCatalog.All.OfType<MachineRule>())
        {
            if (rule.Explain(one) is { } explanation)
            {
                var severity = action.IsMaybe ? settings.OfMaybe(rule.Descriptor, Verdict.Blocked) : settings.Of(rule.Descriptor, Verdict.Blocked);
                return severity == Severity.Off ? null : Create(rule, one, explanation, severity);
            }
        }

        return null;
    }

    /// <summary>
    /// A machine is marked, and neither the pipeline nor an inspection shows that its guest was prepared. Null when the action
    /// is another one, or the guest is known.
    /// </summary>
    internal static Diagnostic? Unprepared(MachineAction action, ArtifactCatalog facts, Severity severity)
    {
        if (action.Kind != MachineActionKind.Mark || action.Before is { Guest: GuestState.Generalized } || facts.InspectionOf(action.Id) is not null)
        {
            return null;
        }

        var rule = RuleCatalog.Find("DG9001")!;
        var why = action.Before is { Guest: not GuestState.Unseen, Reason: { Length: > 0 } reason } ? $" ({reason})" : "";
        var explanation = new MachineExplanation(
            $"the virtual machine '{action.Name}' is marked as generalized, and nothing shows that its guest was prepared{why}",
            "The mark says what somebody promises, and Azure looks at nothing. Machines made of a guest that was not prepared come up with its name and accounts, or fail to provision.",
            "",
            $"Prepare the guest of '{action.Name}' in a step before this one (sysprep /generalize, waagent -deprovision+user -force), or give an inspection of its disk (--disk).");
        return Create(rule, CaseOf(action, facts), explanation, severity) with { Outcome = Outcome.None, AzureAnswer = null, Actual = "Unknown" };
    }

    // What the pipeline itself did comes first: facts were read before it runs.
    private static MachineCase CaseOf(MachineAction action, ArtifactCatalog facts)
    {
        if (action.Before is { ChangedHere: true, Mark: not AzureMark.Unknown } before)
        {
            return new MachineCase(action, before.Mark, new EvidenceCase($"{action.Place.Source.Path}: the steps before", before.MarkText, null), action.Power);
        }

        foreach (var fact in facts.Find(ArtifactTypes.VirtualMachine, action.Id).Artifact?.Facts ?? [])
        {
            var (mark, status) = InstanceView.MarkOf(fact.Body);
            if (mark != AzureMark.Unknown)
            {
                return new MachineCase(action, mark, new EvidenceCase($"{fact.File}: instance view of '{action.Name}'", status, fact.ReadAt), action.Power);
            }
        }

        return new MachineCase(action, AzureMark.Unknown, new EvidenceCase("", "", null), action.Power);
    }

    private static Diagnostic Create(Rule rule, MachineCase one, MachineExplanation explanation, Severity severity)
    {
        var action = one.Action;
        return new Diagnostic
        {
            Rule = rule.Descriptor,
            Severity = severity,
            Stage = Stage.Start,
            Outcome = rule.Descriptor.Outcome,
            OsType = OsType.Unknown,
            Declared = null,
            Actual = one.Mark == AzureMark.Generalized ? "Generalized" : "Unknown",
            Message = explanation.Message,
            Location = action.Place,
            Label = action.Step.Length == 0 ? "in this command" : $"in step '{action.Step}'",
            Related = action.Related,
            Evidence = one.Evidence.Text.Length == 0 ? [] : [new EvidenceItem(one.Evidence.Place, one.Evidence.Text, one.Evidence.ReadAt)],
            Lineage = [new LineageStep(ArtifactTypes.NameOf(ArtifactTypes.VirtualMachine), ArtifactCatalog.Show(action.Id), one.Evidence.Text, null)],
            Why = action.IsMaybe ? $"{explanation.Why} (Whether this step runs depends on a condition that is not known here.)" : explanation.Why,
            AzureAnswer = explanation.Azure,
            Fix = explanation.Fix,
            Fingerprint = Findings.Fingerprint(rule.Descriptor.Id, action.Place.Source.Path.Split('/')[^1], $"{action.Kind}", action.Name),
        };
    }
}
