using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG1001: a Generalized disk is uploaded as a Specialized image.</summary>
public sealed class UploadGeneralizedAsSpecialized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG1001", "upload-generalized-as-specialized", Severity.Error, At(Stage.Upload), Outcome.ProvisioningTimeout,
        "The image is declared Specialized, but the uploaded disk was prepared for copies.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(
        one, $"{one.Declared.Text}, but the source {one.SourceText} is generalized");
}
