using System.Collections.Immutable;
using System.Text.Json;
using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Sarif;

/// <summary>SARIF <c>reportingDescriptor</c> objects: the rules that the results name, in the order of their ids.</summary>
internal sealed class SarifRules
{
    private readonly ImmutableArray<RuleDescriptor> _rules;

    private SarifRules(ImmutableArray<RuleDescriptor> rules) => _rules = rules;

    internal static SarifRules Of(GateReport report) =>
        new([.. report.Findings.Concat(report.Suppressed.Select(one => one.Finding)).Select(finding => finding.Rule).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)]);

    internal int IndexOf(RuleDescriptor rule)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].Id == rule.Id)
                return i;
        }

        return -1;
    }

    internal void Write(Utf8JsonWriter json, Func<string, string?> pageOf) => json.Array("rules", _rules, (_, rule) => json.Object(() =>
    {
        json.Text("id", rule.Id);
        json.Text("name", rule.Name);
        SarifText.Message(json, "shortDescription", [rule.Summary]);
        SarifText.Message(json, "fullDescription", [$"{rule.Summary} {Consequence(rule.Outcome)}"]);

        // The cure depends on the finding, and a viewer shows this text beside every finding of the rule.
        SarifText.Message(json, "help", ["How to fix it stands in the message of each result.", $"The rule's page: {rule.Page}"], pageOf(rule.Id));
        json.Object("defaultConfiguration", () => json.Text("level", Level(rule.Severity)));
        json.Object("properties", () => json.Array("tags", Tags(rule), (_, tag) => json.WriteStringValue(tag)));
    }));

    private static IEnumerable<string> Tags(RuleDescriptor rule)
    {
        var stages = rule.Stages.Distinct().Select(stage => ContractWords.Of(stage));
        string[] outcome = rule.Outcome == Outcome.None ? [] : [ContractWords.Of(rule.Outcome)];
        return ["azure", "os-image", .. stages, .. outcome];
    }

    private static string Level(Severity severity) => severity == Severity.Off ? "none" : ContractWords.Of(severity);

    private static string Consequence(Outcome outcome) => outcome switch
    {
        Outcome.ProvisioningTimeout => "If it is deployed, the virtual machine never reports that it is ready, and the deployment times out.",
        Outcome.ProvisioningFailure => "If it is deployed, the virtual machine comes up with the old identity, and provisioning fails.",
        Outcome.DeploymentRejected => "If it is deployed, Azure Resource Manager refuses the request.",
        Outcome.StartNotAllowed => "If it is deployed, the virtual machine can never be started again.",
        Outcome.BootFailure => "If it is deployed, the operating system does not come up.",
        Outcome.SilentDefect => "If it is deployed, the deployment succeeds and the machine is wrong.",
        _ => "It would not by itself make a deployment fail.",
    };
}
