using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Resources;

/// <summary>Whether a resource will be there when the template is deployed.</summary>
public enum Presence
{
    /// <summary>It is deployed.</summary>
    Certain,

    /// <summary>Its condition or its number of copies is not known.</summary>
    Maybe,

    /// <summary>Its condition is false.</summary>
    Never,
}

/// <summary>One concrete resource that a template deploys or refers to.</summary>
public sealed record ResolvedResource
{
    /// <summary>The full type, <c>Microsoft.Compute/images</c>, as written.</summary>
    public required string Type { get; init => field = RecentTexts.Of(value); }

    /// <summary>The API version; unknown where the template leaves it open.</summary>
    public required Value ApiVersion { get; init; }

    /// <summary>The full name, one segment for each segment of the type, joined by slashes.</summary>
    public required Value Name { get; init; }

    /// <summary>The full id, as far as known.</summary>
    public required Value Id { get; init; }

    /// <summary>The id under which the resource stands: its resource group, subscription, or the resource it extends.</summary>
    public required Value Scope { get; init; }

    /// <summary>Whether it will be there.</summary>
    public required Presence Presence { get; init; }

    /// <summary>The condition where it is not known; null otherwise.</summary>
    public Value? Condition { get; init; }

    /// <summary>True when the template only refers to the resource.</summary>
    public bool IsExisting { get; init; }

    /// <summary>The symbolic name, in Bicep and in templates of language version 2.0.</summary>
    public string? SymbolicName { get; init; }

    /// <summary>The resource's own members, without those of the template language.</summary>
    public required ObjectValue Body { get; init; }

    /// <summary>Where the resource is declared: its <c>type</c> where that is written, otherwise the whole resource.</summary>
    public required Place Declaration { get; init; }
}

/// <summary>What one template with one set of parameters amounts to.</summary>
/// <param name="Source">The template's path as reports show it.</param>
/// <param name="ParameterFiles">The parameter files that were applied, in order.</param>
/// <param name="Resources">All resources, those of nested deployments and modules included.</param>
/// <param name="Outputs">The template's outputs.</param>
/// <param name="Unresolved">Each place where something could not be known, once.</param>
/// <param name="Problems">What is wrong in the template or its parameters: Azure would refuse it.</param>
public sealed record ResolvedTemplate(
    string Source,
    ImmutableArray<string> ParameterFiles,
    ImmutableArray<ResolvedResource> Resources,
    ObjectValue Outputs,
    ImmutableArray<Unresolved> Unresolved,
    ImmutableArray<Problem> Problems)
{
    /// <summary>The files of the repository that the template links to, by path.</summary>
    public ImmutableArray<string> LinkedFiles { get; init; } = [];

    /// <summary>The step of a pipeline that deploys it, with what the pipeline did before; null where it is evaluated by itself.</summary>
    public StepDeployment? DeployedBy { get; init; }
}

/// <summary>Something that is known only at deployment, and where it is asked for.</summary>
public sealed record Unresolved(Place At, UnknownValue Value);

/// <summary>Something wrong in a template or parameter file.</summary>
/// <param name="At">Where.</param>
/// <param name="Message">What and why.</param>
/// <param name="Fix">What to do.</param>
/// <param name="IsFatal">True when a part of the input could not be evaluated because of it; false for a remark.</param>
public sealed record Problem(Place At, string Message, string Fix, bool IsFatal)
{
    /// <summary>What and why.</summary>
    public string Message { get; init; } = RecentTexts.Of(Message);

    /// <summary>What to do.</summary>
    public string Fix { get; init; } = RecentTexts.Of(Fix);
}
