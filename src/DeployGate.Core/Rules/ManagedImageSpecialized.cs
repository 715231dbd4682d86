using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG2004: a managed image is declared Specialized.</summary>
public sealed class ManagedImageSpecialized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG2004", "managed-image-specialized", Severity.Error, At(Stage.Capture, Stage.Upload), Outcome.DeploymentRejected,
        "A managed image is declared Specialized, which Azure does not have.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(one, $"{one.Declared.Text}, but a managed image can only be Generalized");
}
