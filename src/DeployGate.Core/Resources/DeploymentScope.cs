using DeployGate.Core.Values;

namespace DeployGate.Core.Resources;

/// <summary>The four levels at which Azure Resource Manager deploys.</summary>
public enum ScopeKind
{
    /// <summary>A resource group of a subscription.</summary>
    ResourceGroup,

    /// <summary>A subscription.</summary>
    Subscription,

    /// <summary>A management group.</summary>
    ManagementGroup,

    /// <summary>The whole tenant.</summary>
    Tenant,
}

/// <summary>Where a deployment goes, as far as the run was told: what it was not told is an <see cref="UnknownValue"/>.</summary>
/// <param name="Kind">The level.</param>
/// <param name="Subscription">The subscription's id (a GUID), without prefix.</param>
/// <param name="ResourceGroup">The resource group's name.</param>
/// <param name="ManagementGroup">The management group's name.</param>
public sealed record DeploymentScope(ScopeKind Kind, Value Subscription, Value ResourceGroup, Value ManagementGroup)
{
    private static readonly UnknownValue s_subscription = Missing("subscription().subscriptionId", "the subscription was not given (--subscription)");
    private static readonly UnknownValue s_resourceGroup = Missing("resourceGroup().name", "the resource group was not given (--resource-group)");
    private static readonly UnknownValue s_managementGroup = Missing("managementGroup().name", "the management group is known only at deployment");

    /// <summary>A scope of which nothing is known but its level.</summary>
    public static DeploymentScope Unknown(ScopeKind kind) => new(kind, s_subscription, s_resourceGroup, s_managementGroup);

    /// <summary>
    /// The id under which resources of this scope stand: <c>/subscriptions/…/resourceGroups/…</c>, <c>/subscriptions/…</c>,
    /// <c>/providers/Microsoft.Management/managementGroups/…</c>, or an empty string for the tenant.
    /// </summary>
    public Value Id => Kind switch
    {
        ScopeKind.ResourceGroup => IdText.Join("/subscriptions/", Subscription, "/resourceGroups/", ResourceGroup),
        ScopeKind.Subscription => IdText.Join("/subscriptions/", Subscription),
        ScopeKind.ManagementGroup => IdText.Join("/providers/Microsoft.Management/managementGroups/", ManagementGroup),
        _ => new StringValue(""),
    };

    private static UnknownValue Missing(string expression, string detail) =>
        new(UnknownReason.DeploymentContext, expression, detail) { Shape = ValueShape.IdSegment };
}

/// <summary>Builds ids from known and unknown parts.</summary>
public static class IdText
{
    /// <summary>Joins literals and string values; what is not a string becomes a hole.</summary>
    public static Value Join(params ReadOnlySpan<IdPart> parts)
    {
        var joined = new TextJoin(stackalloc char[256]);
        foreach (var part in parts)
        {
            part.AddTo(ref joined);
        }

        return joined.ToValue();
    }

    /// <summary>An id cut before the last <c>/name/…</c> of its end; the id itself where there is none.</summary>
    public static Value CutBefore(Value id, string segment)
    {
        var cut = $"/{segment}/";
        switch (id)
        {
            case StringValue text:
                var at = text.Text.LastIndexOf(cut, StringComparison.OrdinalIgnoreCase);
                return at < 0 ? id : new StringValue(text.Text[..at]) { Origin = id.Origin };
            case PartialString partial:
                for (var i = partial.Parts.Length - 1; i >= 0; i--)
                {
                    var found = partial.Parts[i].Literal?.LastIndexOf(cut, StringComparison.OrdinalIgnoreCase) ?? -1;
                    if (found >= 0)
                    {
                        return PartialString.Join(partial.Parts[..i].Add(new StringPart(partial.Parts[i].Literal![..found]))) with { Origin = id.Origin };
                    }
                }

                return id;
            default:
                return id;
        }
    }
}

/// <summary>A piece of an id: a literal or a value. A class, since code for lists of a structure would be compiled anew at every start.</summary>
public sealed class IdPart
{
    private readonly object _what;

    private IdPart(object what) => _what = what;

    /// <summary>A literal piece.</summary>
    public static implicit operator IdPart(string literal) => new(literal);

    /// <summary>A value's text; anything but a string becomes a hole.</summary>
    public static implicit operator IdPart(Value value) => new(value);

    /// <summary>A literal piece.</summary>
    public static IdPart FromString(string literal) => literal;

    /// <summary>A value's text.</summary>
    public static IdPart FromValue(Value value) => value;

    internal void AddTo(ref TextJoin joined)
    {
        if (_what is string literal)
        {
            joined.Add(literal);
        }
        else
        {
            joined.Add((Value)_what);
        }
    }
}
