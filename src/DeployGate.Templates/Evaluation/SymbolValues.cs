using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>What a resource's symbol gives: its identity, what the template declares of it, a module's outputs.</summary>
internal sealed class SymbolValues(DeploymentEvaluation deployment)
{
    internal Value Evaluate(SymbolExpression symbol, Frames frames)
    {
        var instances = deployment.Resources.Of(symbol.Symbol);
        if (instances.Count == 0)
        {
            return Errors.At(symbol.Place, symbol.Symbol, $"there is no resource '{symbol.Symbol}'");
        }

        if (symbol.Index is { } written)
        {
            var index = deployment.Evaluator.Evaluate(written, frames);
            return Chosen(deployment, instances, index) is { } chosen
                ? Placed(Member(chosen, symbol.Member), symbol)
                : Placed(Unchosen(instances, index), symbol);
        }

        return instances is [{ Declaration.For: null } only]
            ? Placed(Member(only, symbol.Member), symbol)
            : Placed(new ArrayValue([.. instances.Select(one => Member(one, symbol.Member))], instances is [{ Index: null }] ? TemplateReferences.Runtime(instances[0], "the number of copies is not known") : null), symbol);
    }

    /// <summary>The one resource a symbol means; null when there are several, or none.</summary>
    internal static ResourceInstance? One(DeploymentEvaluation deployment, SymbolExpression symbol, Frames frames)
    {
        var instances = deployment.Resources.Of(symbol.Symbol);
        if (symbol.Index is null)
        {
            return instances.Count == 1 ? instances[0] : null;
        }

        return Chosen(deployment, instances, deployment.Evaluator.Evaluate(symbol.Index, frames));
    }

    // Among known copies a known index that fits none is a mistake; in all other cases one stands for those it may be.
    private static ResourceInstance? Chosen(DeploymentEvaluation deployment, IReadOnlyList<ResourceInstance> instances, Value index)
    {
        if (index is IntValue number && Numbered(instances, number.Number) is { } known)
        {
            return known;
        }

        var isOpen = instances is [{ Index: null }];
        return instances.Count > 0 && (isOpen || index is UnknownValue)
            ? deployment.Resources.At(instances[0].Declaration, index) ?? (isOpen ? instances[0] : null)
            : null;
    }

    // The copies of one loop stand in its order, so that the number mostly is the place.
    private static ResourceInstance? Numbered(IReadOnlyList<ResourceInstance> instances, long number) =>
        number >= 0 && number < instances.Count && instances[(int)number].Index == number
            ? instances[(int)number]
            : instances.FirstOrDefault(one => one.Index == number);

    private static Value Unchosen(IReadOnlyList<ResourceInstance> instances, Value index) => index is UnknownValue unknown
        ? unknown with { Alternatives = [], Shape = ValueShape.Any }
        : TemplateReferences.Runtime(instances[0], "which of the copies it is is not known");

    private static Value Placed(Value value, SymbolExpression symbol) =>
        ExpressionEvaluator.PassedOn(value, symbol.Where, "the symbol", symbol.Symbol);

    private static Value Member(ResourceInstance instance, string? member) => member switch
    {
        null => TemplateReferences.Full(instance),
        "id" => instance.Id,
        "name" => instance.OwnName,
        "type" => new StringValue(instance.Type),
        "apiVersion" => instance.ApiVersion,
        "outputs" when instance.Declaration.Deployment is not null => Outputs(instance),
        _ when instance.Declaration.IsExisting => TemplateReferences.Runtime(instance, "the template does not declare it") is var unknown ? unknown with { Expression = $"{unknown.Expression}.{member}" } : NullValue.Instance,
        _ => TemplateReferences.Full(instance) is var full && full.Find(member) is { } found ? found.Value : TemplateReferences.Runtime(instance, "the template does not declare it"),
    };

    private static Value Outputs(ResourceInstance module)
    {
        var rest = TemplateReferences.Runtime(module, "the module does not declare it");
        return module.Nested?.Evaluation is { } nested
            ? new ObjectValue(nested.Outputs.Members, null)
            : (module.Nested?.Unknown ?? rest) with { Alternatives = [], Expression = $"{module.Declaration.SymbolicName}.outputs" };
    }
}
