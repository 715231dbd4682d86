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
    private Once<ResourceInstance?> _symbolicParent;
    private Once<string> _type;
    private Once<Value> _ownName;
    private Once<Value> _name;
    private Once<Value> _scope;
    private Once<Value> _id;
    private Once<Value?> _condition;
    private Once<Presence> _presence;
    private Once<ObjectValue> _body;
    private Once<NestedDeployment?> _nested;

    internal ResourceInstance(DeploymentEvaluation deployment, ResourceDeclaration declaration, Frames frames, ResourceInstance? parent, int? index, bool isUncertain)
    {
        (_deployment, Declaration, _frames, _parent, Index, _isUncertain) = (deployment, declaration, frames, parent, index, isUncertain);
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    internal ResourceDeclaration Declaration { get; }

    /// <summary>The round of the resource's own loop; null when it has none or the number of rounds is unknown.</summary>
    internal int? Index { get; }

    internal string Type => _type.Get(this, static one => one.DetermineType(), static _ => "");

    internal Value Name => _name.Get(this, static one => one.DetermineName(), static one => one.Circle());

    internal Value Scope => _scope.Get(this, static one => one.DetermineScope(), static one => one.Circle());

    internal Value Id => _id.Get(this, static one => ResourceIds.Build(one.Scope, one.Type, one.Name), static one => one.Circle());

    internal ObjectValue Body => _body.Get(this, static one => one.DetermineBody(), static one => new ObjectValue([], one.Circle()));

    /// <summary>What a deployment resource deploys; null for all other resources.</summary>
    internal NestedDeployment? Nested => _nested.Get(this, static one => one.DetermineNested(), static _ => null);

    internal Value? Condition => Declaration.Condition is null ? null : _condition.Get(this, static one => one.Evaluate(one.Declaration.Condition!), static one => one.Circle());

    // A condition that asks for its own resource is a circle, of which nothing is known.
    internal Presence Presence => _presence.Get(this, static one => one.DeterminePresence(), static _ => Presence.Maybe);

    private Presence DeterminePresence() => Condition switch
    {
        BoolValue { IsTrue: false } => Presence.Never,
        null or BoolValue => Least(_isUncertain ? Presence.Maybe : Presence.Certain),
        _ => Least(Presence.Maybe),
    };

    private ResourceInstance? Parent => _parent ?? (Declaration.Parent is null ? null : _symbolicParent.Get(this, static one => SymbolValues.One(one._deployment, one.Declaration.Parent!, one._frames), static _ => null));

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
    internal Value OwnName => _ownName.Get(this, static one => one.Evaluate(one.Declaration.Name), static one => one.Circle());

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

    private UnknownValue Circle() => Errors.At(Declaration.Place, Declaration.Place.FirstLine, "the resource's name, scope or template refers to itself");

    private NestedDeployment? DetermineNested() =>
        Declaration.Deployment is null || Presence == Presence.Never ? null : NestedDeployment.Create(_deployment, Declaration.Deployment, this, _frames);

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

        var own = _deployment.Context.ScopeId;
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

/// <summary>
/// A value that is determined when first asked for; asking again while it is being determined gives a stand-in. A field of this type must not
/// be read-only.
/// </summary>
internal struct Once<T>
{
    private T? _value;
    private byte _state;

    internal T Get<TOwner>(TOwner owner, Func<TOwner, T> determine, Func<TOwner, T> whenCircular)
    {
        if (_state == 0)
        {
            _state = 1;
            _value = determine(owner);
            _state = 2;
        }

        return _state == 1 ? whenCircular(owner) : _value!;
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
