using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>What template functions may ask of the deployment they run in.</summary>
internal sealed class FunctionContext
{
    private Value? _scopeId;
    private Value? _group;

    /// <summary>Where the deployment goes.</summary>
    public required DeploymentScope Scope { get; init; }

    /// <summary>The id of the scope, put together once.</summary>
    internal Value ScopeId => _scopeId ??= Scope.Id;

    /// <summary>What <c>resourceGroup()</c> answers, made once: templates ask for its location in every resource.</summary>
    internal Value Group(Func<FunctionContext, Value> make) => _group ??= make(this);

    /// <summary>The location of the resource group, or of the deployment; null when the run was not told.</summary>
    public string? Location { get; init; }

    /// <summary>The name of the deployment; null when it is not known.</summary>
    public Value? DeploymentName { get; init; }

    /// <summary>The address of the template itself, from which links are resolved; null where there is none.</summary>
    public Value? TemplateLinkUri { get; init; }

    /// <summary>The <c>contentVersion</c> and <c>metadata</c> of the template, as <c>deployment().properties.template</c> shows them.</summary>
    public ObjectValue TemplateHeader { get; init; } = ObjectValue.Empty;

    /// <summary>The parameters of the deployment, as <c>deployment().properties.parameters</c> shows them; null when not known.</summary>
    public ObjectValue? DeploymentParameters { get; init; }
}
