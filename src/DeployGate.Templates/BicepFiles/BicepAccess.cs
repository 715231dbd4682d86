using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.BicepFiles;

/// <summary>Lowers names and what follows them: members, indexes, calls, nested resources.</summary>
internal sealed class BicepAccess(BicepExpressions expressions, BicepFileFunctions fileFunctions, BicepScope scope)
{
    private static readonly HashSet<string> s_namespaces = new(StringComparer.Ordinal) { "sys", "az" };

    internal Expression Lower(ExpressionSyntax syntax) => syntax switch
    {
        VariableSyntax variable => LowerName(variable.Name, expressions.Where(variable.Span)),
        PropertyAccessSyntax property => LowerProperty(property),
        IndexAccessSyntax index => LowerIndex(index),
        NestedResourceAccessSyntax nested => SymbolOf(nested) is { } symbol ? Whole(symbol, nested.Span) : Unknown(nested.Span, "there is no such nested resource"),
        InstanceCallSyntax call => LowerInstanceCall(call),
        FunctionCallSyntax call => LowerCall(call),
        _ => expressions.Lower(syntax, scope),
    };

    private Expression LowerName(string name, LazyPlace place)
    {
        if (scope.IsLocal(name))
        {
            return new LocalExpression(place, name);
        }

        return scope.Find(name) switch
        {
            BicepSymbol.Parameter => BicepExpressions.Named(place, "parameters", name),
            BicepSymbol.Variable => BicepExpressions.Named(place, "variables", name),
            BicepSymbol.Resource resource => new SymbolExpression(place, resource.Key, null, null),
            BicepSymbol.ImportedVariable imported => new ForeignExpression(
                place, imported.Model, BicepExpressions.Named(place, "variables", imported.Name)),
            BicepSymbol.Missing missing => BicepExpressions.Literal(place, missing.Why),
            _ => new BrokenExpression(place, name, $"the name '{name}' does not exist here"),
        };
    }

    private Expression LowerProperty(PropertyAccessSyntax property)
    {
        var place = expressions.Where(property.Span);
        if (property.Target is VariableSyntax { Name: var alias } && !scope.IsLocal(alias) && scope.Find(alias) is BicepSymbol.ImportedFile file)
        {
            return file.Exports.GetValueOrDefault(property.Name.Text) is BicepSymbol.ImportedVariable variable
                ? new ForeignExpression(place, variable.Model, BicepExpressions.Named(place, "variables", variable.Name))
                : new BrokenExpression(place, place.Value!.FirstLine, $"the imported file exports no variable '{property.Name.Text}'");
        }

        if (SymbolOf(property.Target) is { } symbol)
        {
            return symbol with { Where = place, Member = property.Name.Text };
        }

        return new MemberExpression(place, Lower(property.Target), property.Name.Text, property.IsSafe || IsSafeChain(property.Target));
    }

    private Expression LowerIndex(IndexAccessSyntax index)
    {
        var place = expressions.At(index.Span);
        if (SymbolOf(index) is { } symbol)
        {
            return symbol;
        }

        var target = Lower(index.Target);
        var key = expressions.Lower(index.Index, scope);
        var isSafe = index.IsSafe || IsSafeChain(index.Target);
        if (!index.FromEnd)
        {
            return SymbolOf(index.Target) is { } whole && index.Index is StringSyntax { Literal: { } member }
                ? whole with { Place = place, Member = member }
                : new IndexExpression(place, target, key, isSafe);
        }

        return BicepExpressions.Call(place, isSafe ? "tryIndexFromEnd" : "indexFromEnd", target, key);
    }

    // Once a chain is safe, what follows in it is null where it is missing.
    private static bool IsSafeChain(ExpressionSyntax target) => target switch
    {
        PropertyAccessSyntax property => property.IsSafe || IsSafeChain(property.Target),
        IndexAccessSyntax index => index.IsSafe || IsSafeChain(index.Target),
        NonNullSyntax assertion => IsSafeChain(assertion.Operand),
        _ => false,
    };

    private SymbolExpression? SymbolOf(ExpressionSyntax syntax)
    {
        switch (syntax)
        {
            case ParenthesizedSyntax inner:
                return SymbolOf(inner.Inner);
            case NonNullSyntax assertion:
                return SymbolOf(assertion.Operand);
            case VariableSyntax variable when !scope.IsLocal(variable.Name) && scope.Find(variable.Name) is BicepSymbol.Resource resource:
                return new SymbolExpression(expressions.At(variable.Span), resource.Key, null, null);
            case NestedResourceAccessSyntax nested when SymbolOf(nested.Target) is { } outer:
                return outer with { Place = expressions.At(nested.Span), Symbol = $"{outer.Symbol}::{nested.Name.Text}" };
            case IndexAccessSyntax { FromEnd: false } index when SymbolOf(index.Target) is { Index: null } loop && IsLoop(index.Target):
                return loop with { Place = expressions.At(index.Span), Index = expressions.Lower(index.Index, scope) };
            default:
                return null;
        }
    }

    private bool IsLoop(ExpressionSyntax syntax) =>
        syntax is VariableSyntax variable && scope.Find(variable.Name) is BicepSymbol.Resource { IsLoop: true };

    private SymbolExpression Whole(SymbolExpression symbol, TextSpan span) => symbol with { Place = expressions.At(span) };

    private Expression LowerInstanceCall(InstanceCallSyntax call)
    {
        var place = expressions.At(call.Span);
        if (call.Target is VariableSyntax { Name: var name } && !scope.IsLocal(name))
        {
            if (s_namespaces.Contains(name) && scope.Find(name) is null)
            {
                return LowerCall(new FunctionCallSyntax(call.Span, call.Name, call.Arguments));
            }

            if (scope.Find(name) is BicepSymbol.ImportedFile file)
            {
                return file.Exports.GetValueOrDefault(call.Name.Text) is BicepSymbol.ImportedFunction function
                    ? Foreign(place, function, call.Arguments)
                    : new BrokenExpression(place, place.FirstLine, $"the imported file exports no function '{call.Name.Text}'");
            }
        }

        // Methods of resources (listKeys, getSecret) are answered by Azure alone, and mostly with a secret.
        return BicepExpressions.Literal(place, new UnknownValue(UnknownReason.RuntimeFunction, $"{call.Name.Text}(…)", "only Azure can answer it") { IsSecret = true });
    }

    private Expression LowerCall(FunctionCallSyntax call)
    {
        var place = expressions.At(call.Span);
        var name = call.Name.Text;
        switch (scope.Find(name))
        {
            case BicepSymbol.Function function:
                return new FunctionExpression(place, function.Declaration, expressions.LowerAll(call.Arguments, scope));
            case BicepSymbol.ImportedFunction imported:
                return Foreign(place, imported, call.Arguments);
        }

        if (name == "any" && call.Arguments is [var only])
        {
            return expressions.Lower(only, scope);
        }

        if (name == "nameof" && call.Arguments is [var named])
        {
            return BicepExpressions.Literal(place, LastName(named));
        }

        switch (name)
        {
            case "externalInput":
                return BicepExpressions.Literal(place, new UnknownValue(UnknownReason.ExternalInput, $"{name}(…)", "the value comes from outside when the deployment starts"));
            case "getSecret":
                return BicepExpressions.Literal(place, new UnknownValue(UnknownReason.ParameterSecretReference, "getSecret(…)", "the value is a secret in a key vault") { IsSecret = true });
        }

        return fileFunctions.TryLower(call, place)
            ?? new CallExpression(place, null, name, expressions.LowerAll(call.Arguments, scope));
    }

    // The arguments belong to this file, the body to the other one.
    private FunctionExpression Foreign(Place place, BicepSymbol.ImportedFunction imported, ImmutableArray<ExpressionSyntax> arguments)
    {
        var function = new FunctionSlot(() => imported.Declaration.Value with
        {
            Body = new ForeignExpression(imported.Declaration.Value.Place, imported.Model, imported.Declaration.Value.Body),
        });
        return new FunctionExpression(place, function, expressions.LowerAll(arguments, scope));
    }

    private BrokenExpression Unknown(TextSpan span, string message) => new(expressions.At(span), expressions.At(span).FirstLine, message);

    private static string LastName(ExpressionSyntax syntax) => syntax switch
    {
        PropertyAccessSyntax property => property.Name.Text,
        NestedResourceAccessSyntax nested => nested.Name.Text,
        VariableSyntax variable => variable.Name,
        IndexAccessSyntax { Index: StringSyntax { Literal: { } key } } => key,
        IndexAccessSyntax index => LastName(index.Target),
        _ => "",
    };
}
