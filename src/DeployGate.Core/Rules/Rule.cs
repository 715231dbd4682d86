using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>One case a rule has to explain: the use, the source that was looked at, what it really is, and the matrix row.</summary>
public sealed record RuleCase(ImageUse Use, ImageSource Source, DeclaredState Declared, StateAssessment State, DecisionRow Row)
{
    /// <summary>What the source is, with its name: <c>virtual machine 'vm-build'</c>.</summary>
    public string SourceText => State.Lineage.IsEmpty ? $"image '{State.SourceName}'" : $"{State.Lineage[0].Kind} '{State.SourceName}'";
}

/// <summary>What a rule says of a case: the first line, where it points, and the words at the marked range.</summary>
public sealed record Explanation(string Message, Place Location, string Label)
{
    /// <summary>Points at the declared state.</summary>
    public static Explanation AtDeclaration(RuleCase one, string message)
    {
        var position = one.Source.Place.Start;
        var isSameFile = one.Source.Place.Source.Path == one.Declared.Place.Source.Path;
        var where = isSameFile ? $"{position.Line}:{position.Column}" : one.Source.Place.ToString();
        var label = one.Source.Place == one.Declared.Place ? "the source is named here" : $"declared here; the source is named at {where}";
        return new Explanation(message, one.Declared.Place, label);
    }

    /// <summary>Points at the source.</summary>
    public static Explanation AtSource(RuleCase one, string message, string label) => new(message, one.Source.Place, label);
}

/// <summary>A rule: its identity and defaults.</summary>
public abstract class Rule
{
    /// <summary>Identity and defaults.</summary>
    public abstract RuleDescriptor Descriptor { get; }

    private protected static ImmutableArray<Stage> At(params ReadOnlySpan<Stage> stages) => [.. stages];
}

/// <summary>A rule that explains cases which the matrix gave it.</summary>
public abstract class MatrixRule : Rule
{
    /// <summary>The first line of the finding and where it points.</summary>
    public abstract Explanation Explain(RuleCase one);
}

/// <summary>Every rule there is, by id.</summary>
public static class RuleCatalog
{
    /// <summary>The rules in the order of their ids.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new UploadGeneralizedAsSpecialized(),
        new UploadSpecializedAsGeneralized(),
        new CaptureGeneralizedAsSpecialized(),
        new CaptureSpecializedAsGeneralized(),
        new CaptureSourceNotMarked(),
        new ManagedImageSpecialized(),
        new OsProfileWithSpecialized(),
        new OsProfileMissingForGeneralized(),
        new AttachGeneralizedDisk(),
        new ScaleSetStateChange(),
        new ConsumerNeedsGeneralized(),
        new ClonesOfSpecialized(),
        new StartGeneralizedMachine(),
        new GeneralizeRunningMachine(),
        new GuestUndeployable(),
        new MarkedButNotPrepared(),
        new PreparedButNotMarked(),
        new PreparationResidue(),
        new OsTypeMismatch(),
        new HyperVGenerationMismatch(),
        new ArchitectureMismatch(),
        new SecurityTypeMismatch(),
        new PlanMismatch(),
        new UnpinnedImageVersion(),
        new ImageVersionUnavailable(),
        new ImageEndOfLife(),
        new ImmutableImagePropertyChanged(),
        new ActualStateUnknown(),
        new DeclaredStateUnknown(),
        new WaiverExpired(),
    ];

    /// <summary>The rule of an id, in any case; null when there is none.</summary>
    public static Rule? Find(string id) => All.FirstOrDefault(rule => string.Equals(rule.Descriptor.Id, id, StringComparison.OrdinalIgnoreCase));
}
