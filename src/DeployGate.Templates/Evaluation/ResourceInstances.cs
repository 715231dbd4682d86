using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>The resources of a deployment with their loops run: lazily, since references between resources ask for them early.</summary>
internal sealed class ResourceInstances(DeploymentEvaluation deployment)
{
    /// <summary>Children of children: no type of Azure has as many segments.</summary>
    private const int DeepestChild = 30;

    private static readonly List<ResourceInstance> s_none = [];

    private List<ResourceInstance>? _all;
    private Dictionary<string, List<ResourceInstance>>? _bySymbol;

    /// <summary>Every instance, children after their parents.</summary>
    internal IReadOnlyList<ResourceInstance> All
    {
        get
        {
            if (_all is null)
            {
                _all = [];
                foreach (var declaration in deployment.Model.Resources)
                {
                    Add(_all, declaration, Frames.None, null, isUncertain: false);
                }
            }

            return _all;
        }
    }

    /// <summary>The instances of a symbolic name; empty when there is none of that name.</summary>
    internal IReadOnlyList<ResourceInstance> Of(string symbolicName) =>
        (_bySymbol ??= BySymbol(All)).GetValueOrDefault(symbolicName) ?? s_none;

    private static Dictionary<string, List<ResourceInstance>> BySymbol(IReadOnlyList<ResourceInstance> all)
    {
        var found = new Dictionary<string, List<ResourceInstance>>(StringComparer.Ordinal);
        foreach (var instance in all)
        {
            if (instance.Declaration.SymbolicName is not { } name)
            {
                continue;
            }

            if (!found.TryGetValue(name, out var ofName))
            {
                found[name] = ofName = [];
            }

            ofName.Add(instance);
        }

        return found;
    }

    /// <summary>
    /// The copy that an index names which is not among the known ones: the index is unknown, or the number of copies is. Null
    /// when the copies stand in a loop further out, too.
    /// </summary>
    internal ResourceInstance? At(ResourceDeclaration declaration, Value index)
    {
        if (!deployment.Model.Resources.Any(one => ReferenceEquals(one, declaration)))
        {
            return null;
        }

        if (declaration.For is { } collection)
        {
            var items = deployment.Evaluator.Evaluate(collection.Collection, Frames.None);
            var item = ExpressionEvaluator.Indexed(items, index, isSafe: false, declaration.Place);
            return new ResourceInstance(deployment, declaration, Frames.None.WithItem(collection, item, index), null, null, isUncertain: true);
        }

        return declaration.Loop is { } loop
            ? new ResourceInstance(deployment, declaration, Frames.None.InLoop((loop.Name as LiteralExpression)?.Value is StringValue name ? name.Text : null, index, isResourceLoop: true), null, null, isUncertain: true)
            : null;
    }

    private void Add(List<ResourceInstance> all, ResourceDeclaration declaration, Frames frames, ResourceInstance? parent, bool isUncertain)
    {
        if (declaration.For is { } collection)
        {
            AddEach(all, declaration, collection, frames, parent, isUncertain);
            return;
        }

        if (declaration.Loop is not { } loop)
        {
            AddOne(all, declaration, frames, parent, null, isUncertain);
            return;
        }

        var count = deployment.Evaluator.CountOf(loop, frames, out var unknown);
        var name = loop.Name is null ? null : (deployment.Evaluator.Evaluate(loop.Name, frames) as StringValue)?.Text;
        if (count is null)
        {
            // How many there are is unknown: one stands for all of them.
            var index = unknown! with { Expression = "copyIndex()", Shape = ValueShape.Number, Alternatives = [] };
            AddOne(all, declaration, frames.InLoop(name, index, isResourceLoop: true), parent, null, isUncertain: true);
            return;
        }

        var goesOn = true;
        for (var i = 0; i < count && goesOn && deployment.Run.TrySpend(); i++)
        {
            goesOn = AddOne(all, declaration, frames.InLoop(name, new IntValue(i), isResourceLoop: true), parent, i, isUncertain);
        }
    }

    private void AddEach(List<ResourceInstance> all, ResourceDeclaration declaration, ForLoop loop, Frames frames, ResourceInstance? parent, bool isUncertain)
    {
        var collection = deployment.Evaluator.Evaluate(loop.Collection, frames);
        if (collection is not ArrayValue { Rest: null } list)
        {
            var why = collection as UnknownValue ?? (collection as ArrayValue)?.Rest ?? Errors.At(declaration.Place, loop.Item, "a loop needs an array");
            var item = why with { Expression = loop.Item, Shape = ValueShape.Any, Alternatives = [] };
            AddOne(all, declaration, frames.WithItem(loop, item, item with { Expression = loop.Index ?? "index", Shape = ValueShape.Number }), parent, null, isUncertain: true);
            return;
        }

        var goesOn = true;
        for (var i = 0; i < list.Items.Length && goesOn && deployment.Run.TrySpend(); i++)
        {
            goesOn = AddOne(all, declaration, frames.WithItem(loop, list.IsSecret ? list.Items[i].AsSecret() : list.Items[i], new IntValue(i)), parent, i, isUncertain);
        }
    }

    // False when the evaluation has as many resources as it may have: the rest of a loop would only be counted.
    private bool AddOne(List<ResourceInstance> all, ResourceDeclaration declaration, Frames frames, ResourceInstance? parent, int? index, bool isUncertain)
    {
        if (!deployment.Run.TryAddResource(declaration.Place))
        {
            return false;
        }

        var instance = new ResourceInstance(deployment, declaration, frames, parent, index, isUncertain);
        all.Add(instance);
        if (instance.Depth == DeepestChild && declaration.Children.Length > 0)
        {
            deployment.Run.EndResources(declaration.Place);
            return false;
        }

        foreach (var child in declaration.Children)
        {
            Add(all, child, frames, instance, isUncertain);
        }

        return true;
    }
}
