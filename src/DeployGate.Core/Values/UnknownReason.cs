namespace DeployGate.Core.Values;

/// <summary>Why a value cannot be known before the deployment runs.</summary>
public enum UnknownReason
{
    /// <summary>A parameter without a default and without a supplied value.</summary>
    ParameterNoValue,

    /// <summary>A parameter whose value is a reference into a key vault.</summary>
    ParameterSecretReference,

    /// <summary>A function that only Azure can answer: <c>reference</c>, <c>list*</c>, <c>pickZones</c> and their kin.</summary>
    RuntimeFunction,

    /// <summary><c>newGuid()</c> or <c>utcNow()</c>: another value each time.</summary>
    NonDeterministic,

    /// <summary>The subscription, resource group, location or tenant of the deployment, which the run was not told.</summary>
    DeploymentContext,

    /// <summary>A property of a resource that the template only refers to.</summary>
    ExistingResource,

    /// <summary>A value that another tool supplies at deployment time.</summary>
    ExternalInput,

    /// <summary>A registry module that was not restored to this machine.</summary>
    ModuleNotRestored,

    /// <summary>A linked template that is not a file of this repository.</summary>
    LinkedTemplateNotAvailable,

    /// <summary>A construct or function that DeployGate does not evaluate.</summary>
    Unsupported,

    /// <summary>An expression that Azure would refuse as well: a wrong type, an index out of range, a cycle.</summary>
    EvaluationError,

    /// <summary>A step produces the value when the pipeline runs: an output, a variable it sets, a result.</summary>
    RuntimeOutput,

    /// <summary>Given when the run is started: a parameter without a default, the branch, the reason of the run.</summary>
    QueueTime,

    /// <summary>It lives outside the repository: a variable group, a variable of the pipeline's or repository's settings.</summary>
    PipelineVariable,

    /// <summary>A secret of the pipeline.</summary>
    Secret,

    /// <summary>A template, an action or a file of another repository.</summary>
    OtherRepository,

    /// <summary>Random, counted or time-based: the same within a run, another in the next.</summary>
    Generated,

    /// <summary>A file that is not in the repository.</summary>
    MissingFile,

    /// <summary>It depends on a condition that is not known.</summary>
    Condition,

    /// <summary>Expansion stopped at a limit.</summary>
    Limit,
}
