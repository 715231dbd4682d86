using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.BicepFiles;

/// <summary>Reads resources and modules: loops, conditions, parents, scopes, nested resources, and the body that is the resource's own.</summary>
internal sealed class BicepResourceReader(BicepExpressions expressions, IReadOnlyDictionary<string, BicepSymbol> symbols)
{
    private static readonly HashSet<string> s_language = new(StringComparer.Ordinal) { "name", "parent", "scope", "dependsOn" };
    private static readonly HashSet<string> s_module = new(StringComparer.Ordinal) { "name", "params", "scope", "dependsOn", "identity", "extensionConfigs" };

    /// <summary>The declaration of a statement; null for statements of other kinds, and for broken ones.</summary>
    internal ResourceDeclaration? Read(Statement statement, BicepScope scope) => statement switch
    {
        ResourceStatement resource => ReadResource(resource, scope, null, null),
        ModuleStatement module => ReadModule(module, scope),
        _ => null,
    };

    private ResourceDeclaration? ReadResource(ResourceStatement statement, BicepScope scope, string? outer, string? outerVersion)
    {
        var (loop, condition, body, inside) = Unwrap(statement.Body, scope);
        if (body is null || statement.Type.Literal is not { } written)
        {
            return null;
        }

        var (type, version) = Split(written, outerVersion);
        var key = outer is null ? statement.Name.Text : $"{outer}::{statement.Name.Text}";
        var nested = Nested(body, key, inside);
        var place = expressions.At(statement.Type.Span);
        return new ResourceDeclaration
        {
            Place = place,
            SymbolicName = key,
            Type = BicepExpressions.Literal(place, type),
            ApiVersion = version is null ? null : BicepExpressions.Literal(place, version),
            Name = Property(body, "name", nested) ?? BicepExpressions.Literal(place, new UnknownValue(UnknownReason.Unsupported, "name", "resources of extensions have names of their own kinds")),
            Condition = condition,
            For = loop,
            Parent = ParentOf(body, nested),
            InheritsCondition = outer is not null,
            IsExisting = statement.IsExisting,
            Scope = ScopeOf(body, nested),
            Body = expressions.LowerObject(body, nested, name => name is null || !s_language.Contains(name)),
            Children = ReadChildren(body, nested, key, version),
        };
    }

    private ImmutableArray<ResourceDeclaration> ReadChildren(ObjectSyntax body, BicepScope scope, string key, string? version)
    {
        List<ResourceDeclaration>? children = null;
        foreach (var item in body.Items)
        {
            if (item is NestedResourceSyntax child && ReadResource(child.Resource, scope, key, version) is { } resource)
            {
                (children ??= []).Add(resource);
            }
        }

        return children is null ? [] : [.. children];
    }

    private ResourceDeclaration? ReadModule(ModuleStatement statement, BicepScope scope)
    {
        var (loop, condition, body, inside) = Unwrap(statement.Body, scope);
        if (body is null || statement.Path.Literal is not { } path)
        {
            return null;
        }

        var place = expressions.At(statement.Path.Span);
        var parameters = Value(body, "params") is ObjectSyntax map ? expressions.LowerObject(map, inside) : null;
        return new ResourceDeclaration
        {
            Place = place,
            SymbolicName = statement.Name.Text,
            Type = BicepExpressions.Literal(place, ArmResourceReader.DeploymentType),
            Name = Property(body, "name", inside) ?? GeneratedName(statement, place),
            Condition = condition,
            For = loop,
            Scope = ScopeOf(body, inside),
            Body = expressions.LowerObject(body, inside, name => name is null || !s_module.Contains(name)),
            Deployment = new DeploymentDeclaration
            {
                Module = new Located<string>(path, place),
                Parameters = parameters is null ? null : AsEntries(parameters),
                IsInner = true,
                Rest = BicepExpressions.Single(place, "mode", place, BicepExpressions.Literal(place, "Incremental")),
            },
        };
    }

    private (ForLoop? Loop, Expression? Condition, ObjectSyntax? Body, BicepScope Scope) Unwrap(ExpressionSyntax syntax, BicepScope scope)
    {
        switch (syntax)
        {
            case IfSyntax { Body: ObjectSyntax body } conditional:
                return (null, expressions.Lower(conditional.Condition, scope), body, scope);
            case ForSyntax loop:
                var inside = BicepExpressions.Inside(loop, scope);
                var condition = loop.Condition is null ? null : expressions.Lower(loop.Condition, inside);
                return (expressions.LowerLoop(loop, scope), condition, loop.Body as ObjectSyntax, inside);
            default:
                return (null, null, syntax as ObjectSyntax, scope);
        }
    }

    // Nested resources are visible by their own names inside the resource around them.
    private static BicepScope Nested(ObjectSyntax body, string key, BicepScope scope)
    {
        var nested = scope.Nested;
        foreach (var item in body.Items)
        {
            if (item is NestedResourceSyntax child)
            {
                var name = child.Resource.Name.Text;
                nested = nested.SetItem(name, new BicepSymbol.Resource($"{key}::{name}", child.Resource.Body is ForSyntax));
            }
        }

        return ReferenceEquals(nested, scope.Nested) ? scope : scope with { Nested = nested };
    }

    private SymbolExpression? ParentOf(ObjectSyntax body, BicepScope scope) => Property(body, "parent", scope) as SymbolExpression;

    private Expression? ScopeOf(ObjectSyntax body, BicepScope scope)
    {
        var written = Value(body, "scope");
        return written is null ? null : LowerScope(written, scope);
    }

    private Expression LowerScope(ExpressionSyntax written, BicepScope scope)
    {
        var place = expressions.At(written.Span);
        var call = written switch
        {
            FunctionCallSyntax plain when !symbols.ContainsKey(plain.Name.Text) => (plain.Name.Text, plain.Arguments),
            InstanceCallSyntax { Target: VariableSyntax { Name: "az" or "sys" } } qualified => (qualified.Name.Text, qualified.Arguments),
            _ => (null, ImmutableArray<ExpressionSyntax>.Empty),
        };
        var arguments = call.Item2.Select(argument => expressions.Lower(argument, scope)).ToArray();
        return (call.Item1, arguments) switch
        {
            ("resourceGroup", [var group]) => Format(place, "/subscriptions/{0}/resourceGroups/{1}", SubscriptionId(place), group),
            ("resourceGroup", [var subscription, var group]) => Format(place, "/subscriptions/{0}/resourceGroups/{1}", subscription, group),
            ("resourceGroup", []) => Member(place, "resourceGroup", "id"),
            ("subscription", [var subscription]) => Format(place, "/subscriptions/{0}", subscription),
            ("subscription", []) => Member(place, "subscription", "id"),
            ("managementGroup", [var group]) => Format(place, "/providers/Microsoft.Management/managementGroups/{0}", group),
            ("managementGroup", []) => Member(place, "managementGroup", "id"),
            ("tenant", []) => BicepExpressions.Literal(place, "/"),
            _ => expressions.Lower(written, scope) is SymbolExpression symbol ? symbol with { Member = "id" } : expressions.Lower(written, scope),
        };
    }

    private static CallExpression Format(Place place, string pattern, params Expression[] arguments) =>
        new(place, null, "format", [BicepExpressions.Literal(place, pattern), .. arguments]);

    private static Expression SubscriptionId(Place place) => Member(place, "subscription", "subscriptionId");

    private static MemberExpression Member(Place place, string function, string name) => new(place, BicepExpressions.Call(place, function), name, false);

    // The name a module gets when nobody gives it one; the compiler makes it of the symbol and the deployment's own name.
    private static CallExpression GeneratedName(ModuleStatement statement, Place place)
    {
        const int longest = 64 - 14;
        var symbol = statement.Name.Text;
        var prefix = symbol.Length <= longest ? symbol : symbol[..longest];
        var unique = BicepExpressions.Call(place, "uniqueString", BicepExpressions.Literal(place, symbol), Member(place, "deployment", "name"));
        return Format(place, prefix + "-{0}", unique);
    }

    private static Expression AsEntries(Expression parameters) => parameters switch
    {
        WrittenObject map => map with { Values = [.. map.Members.Select((member, i) => Entry(member.WhereNamed, map.ValueOf(i)))] },
        ObjectExpression map => map with { Items = [.. map.Items.Select(Entry)] },
        _ => parameters,
    };

    private static ObjectItem Entry(ObjectItem item) => item switch
    {
        PropertyItem property => property with { Value = Entry(new LazyPlace(property.Name.Place), property.Value) },
        WrittenItem { Value: { } value } written => written with { Value = Entry(written.Member.WhereNamed, value) },
        WrittenItem { Member: { Value: var plain } member } => new WrittenItem(member, Entry(member.WhereNamed, new LiteralExpression(plain.Origin!.Place, plain))),
        _ => item,
    };

    private static WrittenObject Entry(LazyPlace name, Expression value) => BicepExpressions.Single(value.Where, "value", name, value);

    private static (string Type, string? Version) Split(string written, string? outerVersion)
    {
        var at = written.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (written, outerVersion) : (RecentTexts.Of(written.AsSpan(0, at)), RecentTexts.Of(written.AsSpan(at + 1)));
    }

    private Expression? Property(ObjectSyntax body, string name, BicepScope scope) =>
        Value(body, name) is { } value ? expressions.Lower(value, scope) : null;

    private static ExpressionSyntax? Value(ObjectSyntax body, string name)
    {
        foreach (var item in body.Items)
        {
            if (item is ObjectPropertySyntax property && property.Key.Literal == name)
            {
                return property.Value;
            }
        }

        return null;
    }
}
