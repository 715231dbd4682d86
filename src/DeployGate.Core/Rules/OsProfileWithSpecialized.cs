using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG3001: osProfile is set for a Specialized image or an attached disk.</summary>
public sealed class OsProfileWithSpecialized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG3001", "os-profile-with-specialized", Severity.Error, At(Stage.Deploy, Stage.Attach), Outcome.DeploymentRejected,
        "An osProfile is given for a machine that brings its own identity.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => one.Use.Stage == Stage.Attach
        ? Explanation.AtDeclaration(one, $"osProfile is set, but {one.Use.Subject} is created from the existing {one.SourceText}")
        : Explanation.AtDeclaration(one, $"osProfile is set, but the {one.SourceText} is Specialized");
}
