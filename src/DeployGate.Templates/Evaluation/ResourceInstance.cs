using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>One concrete resource of a deployment: a declaration with its place in the loops around it.</summary>
internal sealed class ResourceInstance
{
    private readonly DeploymentEvaluation _deployment;
    private readonly Frames _frames;
    private readonly ResourceInstance? _parent;
    private readonly bool _isUncertain;
    private readonly Once<ResourceInstance?> _symbolicParent;
    private readonly Once<string> _type;
    private readonly Once<Value> _ownName;
    private readonly Once<Value> _name;
    private readonly Once<Value> _scope;
    private readonly Once<Value> _id;
    private readonly Once<Value?> _condition;
    private readonly Once<ObjectValue> _body;
    private readonly Once<NestedDeployment?> _nested;

    internal ResourceInstance(DeploymentEvaluation deployment, ResourceDeclaration declaration, Frames frames, ResourceInstance? parent, int? index, bool isUncertain)
    {
        (_deployment, Declaration, _frames, _parent, Index, _isUncertain) = (deployment, declaration, frames, parent, index, isUncertain);
        Depth = parent is null ? 0 : parent.Depth + 1;
        var circle = Errors.At(declaration.Place, declaration.Place.FirstLine, "the resource's name, scope or template refers to itself");
        _symbolicParent = new(() => declaration.Parent is null ? null : SymbolValues.One(deployment, declaration.Parent, frames), null);
        _type = new(DetermineType, "");
        _ownName = new(() => deployment.Evaluator.Evaluate(declaration.Name, frames), circle);
        _name = new(DetermineName, circle);
        _scope = new(DetermineScope, circle);
        _id = new(() => ResourceIds.Build(Scope, Type, Name), circle);
        _condition = new(() => declaration.Condition is null ? null : deployment.Evaluator.Evaluate(declaration.Condition, frames), circle);
        _body = new(DetermineBody, new ObjectValue([], circle));
        _nested = new(() => declaration.Deployment is null || Presence == Presence.Never ? null : NestedDeployment.Create(deployment, declaration.Deployment, this, frames), null);
    }

    internal ResourceDeclaration Declaration { get; }

    /// <summary>The round of the resource's own loop; null when it has none or the number of rounds is unknown.</summary>
    internal int? Index { get; }

    internal string Type => _type.Value;

    internal Value Name => _name.Value;

    internal Value Scope => _scope.Value;

    internal Value Id => _id.Value;

    internal ObjectValue Body => _body.Value;

    /// <summary>What a deployment resource deploys; null for all other resources.</summary>
    internal NestedDeployment? Nested => _nested.Value;

    internal Value? Condition => _condition.Value;

    internal Presence Presence => Condition switch
    {
        BoolValue { IsTrue: false } => Presence.Never,
        null or BoolValue => Least(_isUncertain ? Presence.Maybe : Presence.Certain),
        _ => Least(Presence.Maybe),
    };

    private ResourceInstance? Parent => _parent ?? _symbolicParent.Value;

    private Presence Least(Presence own) => Declaration.InheritsCondition && _parent is { Declaration.IsExisting: false }
        ? _parent.Presence switch
        {
            Presence.Never => Presence.Never,
            Presence.Maybe => Presence.Maybe,
            _ => own,
        }
        : own;

    /// <summary>Number of resources that this one is declared in.</summary>
    internal int Depth { get; }

    /// <summary>The name as it is written, without those of the parents.</summary>
    internal Value OwnName => _ownName.Value;

    internal Value ApiVersion => Declaration.ApiVersion is { } written
        ? _deployment.Evaluator.Evaluate(written, _frames)
        : new UnknownValue(UnknownReason.Unsupported, "apiVersion", "the API version is not written; an API profile decides") { Shape = ValueShape.Text };

    internal Value Evaluate(Expression expression) => _deployment.Evaluator.Evaluate(expression, _frames);

    internal ResolvedResource ToResolved() => new()
    {
        Type = Type,
        ApiVersion = ApiVersion,
        Name = Name,
        Id = Id,
        Scope = Scope,
        Presence = Presence,
        Condition = Presence == Presence.Maybe ? Condition : null,
        IsExisting = Declaration.IsExisting,
        SymbolicName = Declaration.SymbolicName,
        Body = Body,
        Declaration = Declaration.Place,
    };

    private string DetermineType()
    {
        var written = Evaluate(Declaration.Type) switch
        {
            StringValue text => text.Text,
            PartialString partial => partial.Pattern,
            UnknownValue unknown => $"{{{unknown.Expression}}}",
            _ => "{?}",
        };
        var isFull = _parent is null || written.StartsWith(_parent.Type + "/", StringComparison.OrdinalIgnoreCase);
        return isFull ? written : $"{_parent!.Type}/{written}";
    }

    private Value DetermineName()
    {
        var name = OwnName;
        if (Declaration.Parent is not null && Parent is null)
        {
            return new UnknownValue(UnknownReason.Unsupported, "parent", "which of several parents it is is not known") { Origin = name.Origin };
        }

        return Parent is null ? name : FunctionCatalog.Call("concat", [Parent.Name, new StringValue("/"), name], _deployment.Context) with { Origin = name.Origin };
    }

    private Value DetermineScope()
    {
        if (Parent is not null)
        {
            return Parent.Scope;
        }

        var own = _deployment.Context.Scope.Id;
        return Declaration.Scope is null || Declaration.Deployment is not null ? own : ScopeIds.Absolute(Evaluate(Declaration.Scope), own);
    }

    private ObjectValue DetermineBody()
    {
        if (Presence == Presence.Never)
        {
            return ObjectValue.Empty;
        }

        var body = Evaluate(Declaration.Body) as ObjectValue ?? ObjectValue.Empty;
        if (Declaration.Deployment is { } deployment)
        {
            var properties = Evaluate(deployment.Rest);
            body = ObjectValue.From(body.Members.Append(new Member("properties", properties))) with { Origin = body.Origin };
        }

        return body;
    }
}

/// <summary>A value that is determined when first asked for; asking again while it is being determined gives a stand-in.</summary>
internal sealed class Once<T>(Func<T> determine, T whenCircular)
{
    private T? _value;
    private int _state;

    internal T Value
    {
        get
        {
            if (_state == 0)
            {
                _state = 1;
                _value = determine();
                _state = 2;
            }

            return _state == 1 ? whenCircular : _value!;
        }
    }
}

/// <summary>Scopes as resources write them.</summary>
internal static class ScopeIds
{
    /// <summary>A full id as it is; <c>/</c> is the tenant; anything else is relative to the deployment's own scope.</summary>
    internal static Value Absolute(Value written, Value own)
    {
        if (written is UnknownValue { Alternatives.IsEmpty: false } choice)
        {
            return choice with { Alternatives = [.. choice.Alternatives.Select(one => Absolute(one, own))] };
        }

        var start = written switch
        {
            StringValue text => text.Text,
            PartialString partial => partial.KnownStart,
            _ => null,
        };
        return (written, start) switch
        {
            (StringValue { Text: "/" }, _) => new StringValue(""),
            (_, null) => written,
            (_, ['/', ..]) => written,
            _ => IdText.Join(own, "/providers/", written),
        };
    }
}
