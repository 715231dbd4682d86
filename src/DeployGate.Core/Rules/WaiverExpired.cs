using DeployGate.Core.Decisions;

namespace DeployGate.Core.Rules;

/// <summary>DG9003: a waiver that covers a finding has expired. The waivers themselves are sorted in <see cref="Policies.Acceptance"/>.</summary>
public sealed class WaiverExpired : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG9003", "waiver-expired", Severity.Warning, [], Outcome.None,
        "A finding was waived until a day that is over.");
}
