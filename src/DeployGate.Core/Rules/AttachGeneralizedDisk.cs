using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG3003: a disk whose guest waits for an identity is attached.</summary>
public sealed class AttachGeneralizedDisk : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG3003", "attach-generalized-disk", Severity.Error, At(Stage.Attach), Outcome.ProvisioningTimeout,
        "A Generalized disk is attached as the OS disk of a machine.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(
        one, $"{one.Declared.Text}, but the {one.SourceText} is generalized and waits for an identity that nobody gives it");
}
