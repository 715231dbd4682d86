using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG3002: osProfile is missing for a Generalized image.</summary>
public sealed class OsProfileMissingForGeneralized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG3002", "os-profile-missing-for-generalized", Severity.Error, At(Stage.Deploy), Outcome.DeploymentRejected,
        "A machine is created from a Generalized image without an osProfile.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtSource(
        one, $"osProfile is not set for {one.Use.Subject}, but the {one.SourceText} is Generalized", "the image is named here");
}
