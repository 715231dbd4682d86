using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG1002: a Specialized disk is uploaded as a Generalized image.</summary>
public sealed class UploadSpecializedAsGeneralized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG1002", "upload-specialized-as-generalized", Severity.Error, At(Stage.Upload), Outcome.ProvisioningFailure,
        "The image is declared Generalized, but the uploaded disk was never prepared for copies.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(
        one, $"{one.Declared.Text}, but the source {one.SourceText} was not left generalized");
}
