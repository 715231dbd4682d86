using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Core.Steps;

/// <summary>Something that was not read, or not understood, and why.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Message">What and why, in a sentence.</param>
/// <param name="Code">The class of the reason, one of <see cref="RemarkCodes"/>.</param>
public sealed record StepRemark(Place Place, string Message, string Code)
{
    /// <summary>What and why, in a sentence.</summary>
    public string Message { get; init; } = RecentTexts.Of(Message);
}

/// <summary>The closed list of reasons why something in a pipeline is not known.</summary>
public static class RemarkCodes
{
    /// <summary>The value lives outside the repository.</summary>
    public const string Secret = "secret";

    /// <summary>Produced by a step at run time.</summary>
    public const string RuntimeOutput = "runtime-output";

    /// <summary>A template, action or file of another repository.</summary>
    public const string OtherRepository = "other-repository";

    /// <summary>Fetched from an address.</summary>
    public const string Downloaded = "downloaded";

    /// <summary>Typed or done by a person.</summary>
    public const string Interactive = "interactive";

    /// <summary>A construct that is not read.</summary>
    public const string UnsupportedSyntax = "unsupported-syntax";

    /// <summary>A tool that is not read.</summary>
    public const string UnsupportedTool = "unsupported-tool";

    /// <summary>The command's own name is computed.</summary>
    public const string DynamicCommand = "dynamic-command";

    /// <summary>The file is not in the repository.</summary>
    public const string MissingFile = "missing-file";

    /// <summary>Depends on a condition.</summary>
    public const string Condition = "condition";

    /// <summary>Made outside this pipeline.</summary>
    public const string ExistsElsewhere = "exists-elsewhere";

    /// <summary>Started without waiting.</summary>
    public const string Deferred = "deferred";

    /// <summary>Reading stopped at a limit.</summary>
    public const string Limit = "limit";
}

/// <summary>What following one pipeline, or one script alone, gave; all lists in the order of the run.</summary>
/// <param name="Source">The file that was followed.</param>
/// <param name="Operations">What its steps create or change.</param>
/// <param name="Actions">What its steps do to machines.</param>
/// <param name="Deployments">The templates it deploys.</param>
/// <param name="Remarks">What was not read.</param>
/// <param name="Problems">What is wrong in the pipeline and its scripts.</param>
public sealed record PipelineRun(
    SourceText Source,
    ImmutableArray<StepOperation> Operations,
    ImmutableArray<MachineAction> Actions,
    ImmutableArray<StepDeployment> Deployments,
    ImmutableArray<StepRemark> Remarks,
    ImmutableArray<Problem> Problems)
{
    /// <summary>What is judged of it: the deployments are judged with their templates, and remarks and problems are told as they are.</summary>
    public PipelineRun WithoutDeployments() => this with { Deployments = [], Remarks = [], Problems = [] };
}
