using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>
/// The functions that spell resource ids. A name or scope that is not known becomes a hole, so that the known rest of an id
/// can still be judged.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid"/>
internal static class ResourceIdFunctions
{
    private const string Subscriptions = "/subscriptions/";
    private const string ResourceGroups = "/resourceGroups/";
    private const string ManagementGroups = "/providers/Microsoft.Management/managementGroups/";
    private const string ResourceGroupType = "Microsoft.Resources/resourceGroups";
    private const string SubscriptionType = "Microsoft.Resources/subscriptions";

    private static readonly ScopeId s_default = Default;
    private static readonly ScopeId s_ofSubscription = OfSubscription;
    private static readonly ScopeId s_ofManagementGroup = OfManagementGroup;

    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        OfContext("resourceId", 2, Any, ValueShape.Text, a => Build(a, 2, s_default)),
        OfContext("subscriptionResourceId", 2, Any, ValueShape.Text, a => Build(a, 1, s_ofSubscription)),
        OfContext("tenantResourceId", 2, Any, ValueShape.Text, a => Build(a, 0, (_, _) => new StringValue(""))),
        OfContext("managementGroupResourceId", 2, Any, ValueShape.Text, a => Build(a, 1, s_ofManagementGroup)),
        OfContext("extensionResourceId", 3, Any, ValueShape.Text, ExtensionResourceId),
    ];

    /// <summary>Spells the id under which a resource stands; <paramref name="leading"/> are the arguments before its type.</summary>
    private delegate Value ScopeId(FunctionContext context, ReadOnlySpan<Value> leading);

    private static Value Build(FunctionArguments a, int maxLeading, ScopeId scope)
    {
        if (NotText(a) is { } problem)
        {
            return problem;
        }

        var at = 0;
        while (at < a.Count && at <= maxLeading && !IsType(a[at]))
        {
            // A partly known argument with a slash is the type, whatever it will be.
            if (TextParts.HasKnown(a[at], '/'))
            {
                return a.Unknown();
            }

            at++;
        }

        if (at == a.Count || at > maxLeading)
        {
            return a.All.Take(maxLeading + 1).Any(value => value is not StringValue)
                ? a.Unknown()
                : a.Fail($"{a.Name} needs a resource type such as 'Microsoft.Compute/images' as one of its first {maxLeading + 1} arguments");
        }

        return Append(a, scope(a.Context, a.All.AsSpan(0, at)), at);
    }

    private static Value ExtensionResourceId(FunctionArguments a)
    {
        if (NotText(a) is { } problem)
        {
            return problem;
        }

        return IsType(a[1]) ? Append(a, WithoutEnd(a[0]), 1)
            : a[1] is StringValue ? a.Fail($"argument 2 of {a.Name} must be a resource type, not {a.Show(a[1])}")
            : a.Unknown();
    }

    // The tenant's id is '/': two slashes in a row would be another id.
    private static Value WithoutEnd(Value id) => id is StringValue text ? new StringValue(text.Text.TrimEnd('/')) : id;

    private static UnknownValue? NotText(FunctionArguments a)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i] is not (StringValue or PartialString or UnknownValue { Shape: ValueShape.Any or ValueShape.Text or ValueShape.IdSegment }))
            {
                return a.Fail($"argument {i + 1} of {a.Name} must be a string, not {Values.Kind(a[i])}");
            }
        }

        return null;
    }

    private static bool IsType(Value value) => value is StringValue text && text.Text.Contains('/', StringComparison.Ordinal);

    // The type's segments after the provider alternate with the names.
    private static Value Append(FunctionArguments a, Value scope, int typeAt)
    {
        // Azure takes a type with a slash after it, and many templates write one.
        var type = ((StringValue)a[typeAt]).Text.TrimEnd('/');
        if (type is "" or ['/', ..] || type.Contains("//", StringComparison.Ordinal))
        {
            return a.Fail($"{a.Show(type)} is not a resource type");
        }

        var names = new Value[a.Count - typeAt - 1];
        var count = type.AsSpan().Count('/');
        if (names.Length != count)
        {
            return a.Fail($"{a.Show(type)} needs {count} name(s), but {a.Name} was given {names.Length}");
        }

        for (var i = 0; i < names.Length; i++)
        {
            names[i] = AsSegment(a[typeAt + 1 + i]);
        }

        return ContainerOf(a.Name, type) is { } container ? IdText.Join(scope, container, names[0]) : ResourceIds.Of(scope, type, names);
    }

    // Uncertain: resource groups and subscriptions are asked for as if a provider had them, but their own ids are shorter.
    private static string? ContainerOf(string function, string type) =>
        function.Equals("extensionResourceId", StringComparison.Ordinal) ? null
        : type.Equals(ResourceGroupType, StringComparison.OrdinalIgnoreCase) ? ResourceGroups
        : type.Equals(SubscriptionType, StringComparison.OrdinalIgnoreCase) ? Subscriptions
        : null;

    // Azure refuses an id whose names hold slashes, so an unknown name has none.
    private static Value AsSegment(Value name) => name is UnknownValue { Shape: not ValueShape.IdSegment } unknown ? unknown with { Shape = ValueShape.IdSegment } : name;

    private static Value Default(FunctionContext context, ReadOnlySpan<Value> leading)
    {
        var scope = context.Scope;
        switch (leading)
        {
            case [var subscription, var group]:
                return IdText.Join(Subscriptions, AsSegment(subscription), ResourceGroups, AsSegment(group));
            case [var single] when scope.Kind == ScopeKind.ResourceGroup || !IsSubscriptionId(single):
                return IdText.Join(Subscriptions, scope.Subscription, ResourceGroups, AsSegment(single));
            case [var subscription]:
                return IdText.Join(Subscriptions, AsSegment(subscription));
            default:
                return context.ScopeId;
        }
    }

    // Uncertain: outside resource groups a single argument may name either; resource groups are hardly called like GUIDs.
    private static bool IsSubscriptionId(Value value) => value is StringValue text && Guid.TryParseExact(text.Text, "D", out _);

    private static Value OfSubscription(FunctionContext context, ReadOnlySpan<Value> leading) =>
        IdText.Join(Subscriptions, leading is [var subscription] ? AsSegment(subscription) : context.Scope.Subscription);

    private static Value OfManagementGroup(FunctionContext context, ReadOnlySpan<Value> leading) =>
        IdText.Join(ManagementGroups, leading is [var group] ? AsSegment(group) : context.Scope.ManagementGroup);
}
