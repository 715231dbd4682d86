using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>A deployment inside a deployment: its evaluation, or why its template is not known.</summary>
internal sealed record NestedDeployment(DeploymentEvaluation? Evaluation, UnknownValue? Unknown)
{
    /// <summary>Evaluates the nested template in its own scope, or in two passes when its expressions belong to the outer one.</summary>
    /// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#expression-evaluation-scope-in-nested-templates"/>
    internal static NestedDeployment Create(DeploymentEvaluation outer, DeploymentDeclaration declaration, ResourceInstance resource, Frames frames)
    {
        var place = resource.Declaration.Place;
        if (outer.Nesting >= DeploymentEvaluation.MaxNesting || !outer.Run.TryStartDeployment())
        {
            var error = Errors.At(place, "template", "deployments are nested too deeply, or there are too many");
            outer.Run.ReportNesting(new Problem(place, error.Detail, "Reduce the nesting: Azure limits it too.", IsFatal: true));
            return new NestedDeployment(null, error);
        }

        var (model, unknown) = FindModel(outer, declaration, frames, place);
        if (model is null)
        {
            return new NestedDeployment(null, unknown);
        }

        if (declaration.Module is { } module && LeadsBack(outer, model))
        {
            // Bicep compiles no such file, whatever its conditions and loops say (BCP094, BCP095): it would only end at a limit.
            var error = Errors.At(place, module.Value, "the module leads back to itself");
            outer.Run.Report(new Problem(module.Place, $"the module '{module.Value}' leads back to a file that it is a part of", "Bicep compiles no circle of modules: take it apart.", IsFatal: true));
            return new NestedDeployment(null, error);
        }

        var arguments = ReadArguments(outer, declaration, frames);
        var context = ContextOf(outer, resource, model);
        return new NestedDeployment(new DeploymentEvaluation(outer.Run, model, arguments, context, outer.Nesting + 1) { Outer = outer }, null);
    }

    private static bool LeadsBack(DeploymentEvaluation outer, TemplateModel model)
    {
        for (var above = outer; above is not null; above = above.Outer)
        {
            if (ReferenceEquals(above.Model, model))
            {
                return true;
            }
        }

        return false;
    }

    private static (TemplateModel? Model, UnknownValue? Unknown) FindModel(DeploymentEvaluation outer, DeploymentDeclaration declaration, Frames frames, Place place)
    {
        if (declaration.Module is { } module)
        {
            return outer.Run.Modules.Find(module, outer.Run);
        }

        var (template, source, unknown) = FindTemplate(outer, declaration, frames, place);
        if (template is null)
        {
            return (null, unknown);
        }

        var problems = new List<Problem>();
        var model = source is null ? ArmTemplateReader.Read(template, place, problems) : outer.Run.Links.Model(source, template, problems);
        problems.ForEach(outer.Run.Report);
        return (model, null);
    }

    private static (ObjectValue? Template, SourceText? Source, UnknownValue? Unknown) FindTemplate(
        DeploymentEvaluation outer, DeploymentDeclaration declaration, Frames frames, Place place)
    {
        switch (declaration.Template)
        {
            case ObjectValue written when declaration.IsInner:
                return (written, null, null);
            case { } written:
                var evaluated = outer.Evaluator.Evaluate(ArmExpressionBuilder.Build(written, place), frames);
                return evaluated is ObjectValue map
                    ? (map, null, null)
                    : (null, null, evaluated as UnknownValue ?? Errors.At(place, "template", "the nested template is not an object"));
        }

        if (declaration.Link is null)
        {
            return (null, null, Errors.At(place, "template", "the deployment has neither a template nor a link to one"));
        }

        var link = outer.Evaluator.Evaluate(declaration.Link, frames);
        var (source, root, unknown) = outer.Run.Links.Find(link, outer.Model.Place.Source.Path, declaration.Link.Place, outer.Run);
        return (root, source, unknown);
    }

    private static ParameterArguments ReadArguments(DeploymentEvaluation outer, DeploymentDeclaration declaration, Frames frames)
    {
        if (declaration.ParametersLink is not null)
        {
            return new ParameterArguments(ParameterArguments.None.Values, new UnknownValue(UnknownReason.LinkedTemplateNotAvailable, "parametersLink", "the linked parameter file is not read"));
        }

        if (declaration.Parameters is null)
        {
            return ParameterArguments.None;
        }

        switch (outer.Evaluator.Evaluate(declaration.Parameters, frames))
        {
            case ObjectValue map:
                var values = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase);
                foreach (var member in map.Members)
                {
                    values[member.Name] = ParameterEntries.ValueOf(member);
                }

                return new ParameterArguments(values, map.Rest);
            case UnknownValue unknown:
                return new ParameterArguments(ParameterArguments.None.Values, unknown);
            default:
                return ParameterArguments.None;
        }
    }

    private static FunctionContext ContextOf(DeploymentEvaluation outer, ResourceInstance resource, TemplateModel model)
    {
        var scope = TargetScope(outer, resource);
        var isSameGroup = scope.Kind == ScopeKind.ResourceGroup && resource.Declaration is { ResourceGroup: null, Subscription: null, Scope: null };
        return new FunctionContext
        {
            Scope = scope,
            Location = isSameGroup ? outer.Context.Location : resource.Body.GetText("location"),
            DeploymentName = resource.Name,
            TemplateHeader = model.Header,
            TemplateLinkUri = LinkedTemplates.AddressOf(model.Place),
        };
    }

    /// <summary>The scope a deployment resource deploys to.</summary>
    internal static DeploymentScope TargetScope(DeploymentEvaluation outer, ResourceInstance resource)
    {
        var own = outer.Context.Scope;
        var declaration = resource.Declaration;
        var subscription = declaration.Subscription is null ? null : resource.Evaluate(declaration.Subscription);
        var group = declaration.ResourceGroup is null ? null : resource.Evaluate(declaration.ResourceGroup);
        if (declaration.Scope is not null)
        {
            return FromScope(resource.Evaluate(declaration.Scope), own);
        }

        if (group is not null)
        {
            return own with { Kind = ScopeKind.ResourceGroup, Subscription = subscription ?? own.Subscription, ResourceGroup = group };
        }

        if (subscription is not null)
        {
            return own with { Kind = ScopeKind.Subscription, Subscription = subscription };
        }

        // Without a target of its own a deployment stays where its parent is, whatever its template's schema says.
        return own;
    }

    private static DeploymentScope FromScope(Value scope, DeploymentScope own)
    {
        const string managementGroups = "Microsoft.Management/managementGroups/";
        var text = scope switch
        {
            StringValue known => known.Text,
            PartialString partial => partial.KnownStart,
            _ => "",
        };
        if (text.TrimStart('/').StartsWith(managementGroups, StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("/providers/" + managementGroups, StringComparison.OrdinalIgnoreCase))
        {
            var segments = ResourceIds.AllSegments(scope);
            return own with { Kind = ScopeKind.ManagementGroup, ManagementGroup = segments.IsEmpty ? scope : segments[^1] };
        }

        return text == "/" ? own with { Kind = ScopeKind.Tenant } : FromSubscription(scope, own);
    }

    // /subscriptions/S and /subscriptions/S/resourceGroups/R; anything else is a scope that nobody can tell yet.
    private static DeploymentScope FromSubscription(Value scope, DeploymentScope own)
    {
        const string subscriptions = "/subscriptions/";
        if (ResourceIds.Segments(scope, 3) is [_, _, var subscription])
        {
            return own with { Kind = ScopeKind.Subscription, Subscription = subscription };
        }

        // A whole id where its last segment was meant: what Azure refuses, told in the same words by both languages.
        if (scope is StringValue { Text: var text } && text.StartsWith(subscriptions, StringComparison.OrdinalIgnoreCase) && !text.Contains("/resourceGroups/", StringComparison.OrdinalIgnoreCase))
        {
            return own with { Kind = ScopeKind.Subscription, Subscription = new StringValue(text[subscriptions.Length..]) };
        }

        if (ResourceIds.Segments(scope, 5) is [_, _, var within, _, var group])
        {
            return own with { Kind = ScopeKind.ResourceGroup, Subscription = within, ResourceGroup = group };
        }

        return scope is UnknownValue unknown ? own with { Kind = ScopeKind.ResourceGroup, ResourceGroup = unknown with { Shape = ValueShape.IdSegment } } : own;
    }
}

/// <summary>The entries of a parameter file, or of a nested deployment's <c>parameters</c>.</summary>
internal static class ParameterEntries
{
    /// <summary>The value of <c>{ "value": … }</c>; a vault reference is an unknown secret; no value at all is null.</summary>
    internal static Value ValueOf(Member entry)
    {
        switch (entry.Value)
        {
            case ObjectValue map when map.Find("reference") is not null:
                return new UnknownValue(UnknownReason.ParameterSecretReference, $"parameters('{entry.Name}')", "the value is a secret in a key vault")
                {
                    Origin = entry.Value.Origin,
                    IsSecret = true,
                };
            case ObjectValue map when map.Find("expression") is { } expression && map.Find("value") is null:
                return new UnknownValue(UnknownReason.ExternalInput, $"parameters('{entry.Name}')", "the value comes from outside when the deployment starts") { Origin = expression.Value.Origin };
            case ObjectValue map:
                var value = map.Find("value")?.Value ?? (map.Rest is { } rest ? rest : NullValue.Instance);
                return value.WrittenAt.IsNone ? value.At(map.Origin) : value;
            case UnknownValue { Alternatives.IsEmpty: false } choice:
                return choice with { Alternatives = [.. choice.Alternatives.Select(one => ValueOf(new Member(entry.Name, one)))] };
            case UnknownValue unknown:
                return unknown;
            default:
                return entry.Value;
        }
    }
}
