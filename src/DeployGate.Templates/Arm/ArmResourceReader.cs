using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Arm;

/// <summary>Reads resources: the members of the template language apart from the resource's own.</summary>
internal sealed class ArmResourceReader(Place outer, List<Problem> problems)
{
    internal const string DeploymentType = "Microsoft.Resources/deployments";

    /// <summary>The resources of a list, without those that are none.</summary>
    internal ImmutableArray<ResourceDeclaration> ReadAll(ArrayValue list)
    {
        var resources = ImmutableArray.CreateBuilder<ResourceDeclaration>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (Read(item, null) is { } resource)
            {
                resources.Add(resource);
            }
        }

        return resources.DrainToImmutable();
    }

    internal ResourceDeclaration? Read(Value value, string? symbolicName)
    {
        var place = ArmExpressionBuilder.PlaceOf(value, outer);
        if (value is not ObjectValue resource)
        {
            problems.Add(new Problem(place.Value!, "a resource must be an object", "Write it as { \"type\": …, \"apiVersion\": …, \"name\": … }.", IsFatal: value is not UnknownValue));
            return null;
        }

        var isDeployment = string.Equals(resource.GetText("type"), DeploymentType, StringComparison.OrdinalIgnoreCase);
        return new ResourceDeclaration
        {
            Place = (resource.Find("type") is { } type ? ArmExpressionBuilder.PlaceOf(type.Value, place) : place).Value!,
            SymbolicName = symbolicName,
            Type = ArmExpressionBuilder.Required(resource, "type", place),
            ApiVersion = Optional(resource, "apiVersion", place),
            Name = symbolicName is not null && resource.Find("name") is null ? new LiteralExpression(place, new StringValue(symbolicName)) : ArmExpressionBuilder.Required(resource, "name", place),
            Condition = Optional(resource, "condition", place),
            Loop = resource.Get("copy") is ObjectValue copy ? ArmExpressionBuilder.BuildLoop(copy, place) : null,
            IsExisting = resource.Get("existing") is BoolValue { IsTrue: true },
            Scope = Optional(resource, "scope", place),
            Subscription = isDeployment ? Optional(resource, "subscriptionId", place) : null,
            ResourceGroup = isDeployment ? Optional(resource, "resourceGroup", place) : null,
            Body = ArmExpressionBuilder.BuildObject(OwnMembers(resource, isDeployment), place),
            Children = ReadChildren(resource, symbolicName),
            Deployment = isDeployment ? ReadDeployment(resource, place, symbolicName is not null) : null,
        };
    }

    private static ImmutableArray<Member> OwnMembers(ObjectValue resource, bool isDeployment)
    {
        var own = ImmutableArray.CreateBuilder<Member>(resource.Members.Length);
        foreach (var member in resource.Members)
        {
            if (!IsOfLanguage(member.Name) && !(isDeployment && IsOfDeployment(member.Name)))
            {
                own.Add(member);
            }
        }

        return own.DrainToImmutable();
    }

    // What the template language says about a resource, and what says nothing to Azure; all else is the resource's own. By length, since a set
    // would hash the name of each member of each resource.
    private static bool IsOfLanguage(string name) => name.Length switch
    {
        4 => Is(name, "type") || Is(name, "name") || Is(name, "copy"),
        5 => Is(name, "scope"),
        6 => Is(name, "import"),
        8 => Is(name, "existing") || Is(name, "comments") || Is(name, "metadata") || Is(name, "@options"),
        9 => Is(name, "condition") || Is(name, "dependsOn") || Is(name, "resources") || Is(name, "extension"),
        10 => Is(name, "apiVersion"),
        _ => false,
    };

    private static bool IsOfDeployment(string name) => Is(name, "properties") || Is(name, "subscriptionId") || Is(name, "resourceGroup");

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private ImmutableArray<ResourceDeclaration> ReadChildren(ObjectValue resource, string? symbolicName) => resource.Get("resources") switch
    {
        ArrayValue list => ReadAll(list),
        ObjectValue map => [.. map.Members.Select(member => Read(member.Value, $"{symbolicName}::{member.Name}")).OfType<ResourceDeclaration>()],
        _ => [],
    };

    private static DeploymentDeclaration ReadDeployment(ObjectValue resource, LazyPlace place, bool isSymbolic)
    {
        var properties = resource.Find("properties")?.Value as ObjectValue ?? ObjectValue.Empty;
        var scope = properties.GetText("expressionEvaluationOptions", "scope");
        var rest = properties.Members.Where(member => !IsTemplatePart(member.Name));
        return new DeploymentDeclaration
        {
            Template = properties.Get("template"),
            Link = Optional(properties, "templateLink", place),
            Parameters = Optional(properties, "parameters", place),
            ParametersLink = Optional(properties, "parametersLink", place),
            // Language version 2.0 knows only inner evaluation; 1.0 means outer where nothing is written.
            IsInner = string.Equals(scope, "inner", StringComparison.OrdinalIgnoreCase) || (scope is null && isSymbolic),
            Rest = ArmExpressionBuilder.BuildObject([.. rest], place),
        };
    }

    private static bool IsTemplatePart(string name) =>
        name.ToLowerInvariant() is "template" or "templatelink" or "parameters" or "parameterslink" or "expressionevaluationoptions";

    private static Expression? Optional(ObjectValue map, string name, LazyPlace place) =>
        map.Find(name) is { Value: not NullValue } member ? ArmExpressionBuilder.Build(member.Value, place) : null;
}
