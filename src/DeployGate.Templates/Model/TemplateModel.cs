using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Model;

/// <summary>A template as it is written, whichever language it is written in; nothing is evaluated yet.</summary>
internal sealed record TemplateModel
{
    /// <summary>The whole template's place.</summary>
    public required Place Place { get; init; }

    /// <summary>The level the template is written for; null when it does not say.</summary>
    public ScopeKind? Scope { get; init; }

    /// <summary>True when resources have symbolic names (language version 2.0).</summary>
    public bool IsSymbolic { get; init; }

    /// <summary>Parameters by name.</summary>
    public required IReadOnlyDictionary<string, ParameterDeclaration> Parameters { get; init; }

    /// <summary>Variables by name.</summary>
    public required IReadOnlyDictionary<string, Expression> Variables { get; init; }

    /// <summary>User functions by <c>namespace.name</c>.</summary>
    public required IReadOnlyDictionary<string, UserFunction> Functions { get; init; }

    /// <summary>Resources in the order they are written, children inside their parents.</summary>
    public required ImmutableArray<ResourceDeclaration> Resources { get; init; }

    /// <summary>Outputs in the order they are written.</summary>
    public required ImmutableArray<OutputDeclaration> Outputs { get; init; }

    /// <summary><c>contentVersion</c> and <c>metadata</c>.</summary>
    public ObjectValue Header { get; init; } = ObjectValue.Empty;
}

/// <summary>The basic types of parameters and outputs.</summary>
internal enum ParameterKind
{
    /// <summary>Not written, or a reference to a definition.</summary>
    Any,

    /// <summary><c>string</c>.</summary>
    Text,

    /// <summary><c>int</c>.</summary>
    Number,

    /// <summary><c>bool</c>.</summary>
    Truth,

    /// <summary><c>object</c>.</summary>
    Map,

    /// <summary><c>array</c>.</summary>
    List,
}

/// <summary>A parameter and the limits on its value.</summary>
internal sealed record ParameterDeclaration(string Name, LazyPlace Where)
{
    /// <summary>Where the name is written.</summary>
    internal Place Place => Where.Value!;

    /// <summary>The basic type.</summary>
    public ParameterKind Kind { get; init; }

    /// <summary>True for <c>secureString</c> and <c>secureObject</c>.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True when null, or no value, is a value.</summary>
    public bool IsNullable { get; init; }

    /// <summary>The default; null when there is none.</summary>
    public Expression? Default { get; init; }

    /// <summary>The values that are allowed; empty when all are.</summary>
    public ImmutableArray<Value> Allowed { get; init; } = [];

    /// <summary>Least length or least value; null when there is none.</summary>
    public long? Minimum { get; init; }

    /// <summary>Greatest length or greatest value; null when there is none.</summary>
    public long? Maximum { get; init; }
}

/// <summary>A user function: it sees its own parameters and other user functions, nothing else.</summary>
internal sealed record UserFunction(string Name, Place Place, ImmutableArray<string> Parameters, Expression Body);

/// <summary>An output: a value, or a loop of values.</summary>
internal sealed record OutputDeclaration(string Name, LazyPlace Where, Expression? Condition, CopyLoop? Loop, Expression Value, bool IsSecret);

/// <summary>A resource as it is written.</summary>
internal sealed record ResourceDeclaration
{
    /// <summary>The place of the type where it is written, otherwise of the resource.</summary>
    public required Place Place { get; init; }

    /// <summary>The symbolic name; null in templates without them.</summary>
    public string? SymbolicName { get; init; }

    /// <summary>The type; a nested child's is relative to its parent's.</summary>
    public required Expression Type { get; init; }

    /// <summary>The API version; null when it is not written.</summary>
    public Expression? ApiVersion { get; init; }

    /// <summary>The name; a nested child's is relative to its parent's.</summary>
    public required Expression Name { get; init; }

    /// <summary>The condition; null means true.</summary>
    public Expression? Condition { get; init; }

    /// <summary>The loop; null when there is one instance.</summary>
    public CopyLoop? Loop { get; init; }

    /// <summary>The loop over a collection; null when there is one instance, or a loop by count.</summary>
    public ForLoop? For { get; init; }

    /// <summary>The resource this one is a child of, by symbol; null where the parent is around it, or there is none.</summary>
    public SymbolExpression? Parent { get; init; }

    /// <summary>True when a condition of the resource around this one holds for it too.</summary>
    public bool InheritsCondition { get; init; }

    /// <summary>True when the resource is only referred to.</summary>
    public bool IsExisting { get; init; }

    /// <summary>The resource or scope that this one extends; for deployments, where they go.</summary>
    public Expression? Scope { get; init; }

    /// <summary>The subscription a deployment goes to.</summary>
    public Expression? Subscription { get; init; }

    /// <summary>The resource group a deployment goes to.</summary>
    public Expression? ResourceGroup { get; init; }

    /// <summary>The resource's own members; for a deployment without <c>properties</c>.</summary>
    public required Expression Body { get; init; }

    /// <summary>Nested children.</summary>
    public ImmutableArray<ResourceDeclaration> Children { get; init; } = [];

    /// <summary>What a deployment deploys; null for all other resources.</summary>
    public DeploymentDeclaration? Deployment { get; init; }
}

/// <summary>The <c>properties</c> of a nested or linked deployment.</summary>
internal sealed record DeploymentDeclaration
{
    /// <summary>The nested template's raw value; null when the template is linked.</summary>
    public Value? Template { get; init; }

    /// <summary>The file or registry address of a module, as it is written; null for all else.</summary>
    public Located<string>? Module { get; init; }

    /// <summary><c>templateLink</c>.</summary>
    public Expression? Link { get; init; }

    /// <summary><c>parameters</c>: an object of entries, or an expression that gives one.</summary>
    public Expression? Parameters { get; init; }

    /// <summary>True when a parameter file is linked, whose values are not known.</summary>
    public Expression? ParametersLink { get; init; }

    /// <summary>True when the template is evaluated on its own, with parameters of its own.</summary>
    public required bool IsInner { get; init; }

    /// <summary>The other members, <c>mode</c> and the like.</summary>
    public required Expression Rest { get; init; }
}
