using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG5002: a mark or a declaration says Generalized, and the guest says otherwise.</summary>
public sealed class MarkedButNotPrepared : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG5002", "marked-but-not-prepared", Severity.Error, At(Stage.Capture, Stage.Deploy), Outcome.ProvisioningFailure,
        "Azure has the source on record as Generalized, but its guest was never prepared.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => one.Use.Stage == Stage.Capture
        ? Explanation.AtSource(one, $"the {one.SourceText} is marked generalized, but its guest was not prepared", "the source is named here")
        : Explanation.AtSource(one, $"the {one.SourceText} counts as Generalized, but the guest it was made of was not prepared", "the image is named here");
}
