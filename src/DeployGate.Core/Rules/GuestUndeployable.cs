using DeployGate.Core.Decisions;

namespace DeployGate.Core.Rules;

/// <summary>DG5001: setup or sysprep broke off in the guest.</summary>
public sealed class GuestUndeployable : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG5001", "guest-undeployable", Severity.Error, [], Outcome.BootFailure,
        "The guest is in the middle of setup and can be deployed neither way.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtSource(
        one, $"the guest of the {one.SourceText} is undeployable: it stopped in the middle of setup or sysprep", "this source cannot be deployed");
}
