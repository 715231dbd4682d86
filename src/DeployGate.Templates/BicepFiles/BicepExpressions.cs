using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.BicepFiles;

/// <summary>Lowers Bicep expressions: operators become the functions they compile to, names become what they stand for.</summary>
internal sealed class BicepExpressions(SourceText source, BicepFileFunctions fileFunctions)
{
    internal Place At(TextSpan span) => new(source, span);

    internal LazyPlace Where(TextSpan span) => new(source, span);

    internal Expression Lower(ExpressionSyntax syntax, BicepScope scope)
    {
        var place = Where(syntax.Span);
        return syntax switch
        {
            IntegerSyntax { Value: <= long.MaxValue } number => new LiteralExpression(place, new IntValue((long)number.Value) { WrittenAt = place }),
            IntegerSyntax number => Literal(place, new FloatValue(number.Value, $"{number.Value}")),
            BooleanSyntax truth => new LiteralExpression(place, new BoolValue(truth.Value) { WrittenAt = place }),
            NullSyntax => Literal(place, NullValue.Instance),
            StringSyntax text => LowerString(text, scope),
            ParenthesizedSyntax inner => Lower(inner.Inner, scope),
            NonNullSyntax assertion => Lower(assertion.Operand, scope),
            UnarySyntax unary => LowerUnary(unary, scope),
            BinarySyntax binary => BicepOperators.Lower(binary, Lower(binary.Left, scope), Lower(binary.Right, scope), place),
            TernarySyntax ternary => Call(place, "if", Lower(ternary.Condition, scope), Lower(ternary.WhenTrue, scope), Lower(ternary.WhenFalse, scope)),
            ObjectSyntax map => LowerObject(map, scope),
            ArraySyntax list => LowerArray(list, scope),
            ForSyntax loop => LowerFor(loop, scope),
            LambdaSyntax lambda => LowerLambda(lambda, scope),
            VariableSyntax or PropertyAccessSyntax or IndexAccessSyntax or NestedResourceAccessSyntax or InstanceCallSyntax or FunctionCallSyntax =>
                new BicepAccess(this, fileFunctions, scope).Lower(syntax),
            _ => new BrokenExpression(place, place.Value!.FirstLine, "this cannot stand here"),
        };
    }

    internal ImmutableArray<Expression> LowerAll(ImmutableArray<ExpressionSyntax> all, BicepScope scope)
    {
        var lowered = new Expression[all.Length];
        for (var i = 0; i < lowered.Length; i++)
        {
            lowered[i] = Lower(all[i], scope);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(lowered);
    }

    internal static LiteralExpression Literal(LazyPlace place, Value value) => new(place, value with { WrittenAt = place });

    internal static LiteralExpression Literal(LazyPlace place, string text) => new(place, new StringValue(text) { WrittenAt = place });

    internal static CallExpression Call(LazyPlace place, string name, params ReadOnlySpan<Expression> arguments) => new(place, null, name, [.. arguments]);

    /// <summary><c>parameters('name')</c> or <c>variables('name')</c>.</summary>
    internal static CallExpression Named(LazyPlace place, string section, string name) => new(place, null, section, new StringValue(name) { WrittenAt = place });

    internal Expression LowerObject(ObjectSyntax map, BicepScope scope, Func<string?, bool>? isKept = null)
    {
        // First of all: to lower a part twice at each level would take twice as long for each.
        foreach (var item in map.Items)
        {
            if (item is not (ObjectPropertySyntax { Key.Literal: not null } or NestedResourceSyntax))
            {
                return LowerItems(map, scope, isKept);
            }
        }

        var members = new List<Member>(map.Items.Length);
        Expression?[]? values = null;
        foreach (var item in map.Items)
        {
            if (item is ObjectPropertySyntax { Key: { Literal: { } name } key } property && (isKept is null || isKept(name)))
            {
                var value = Lower(property.Value, scope);
                if (value is not LiteralExpression)
                {
                    (values ??= new Expression?[map.Items.Length])[members.Count] = value;
                }

                members.Add(Named(name, Where(key.Span), value));
            }
        }

        return new WrittenObject(Where(map.Span), [.. members], values is null ? [] : ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    private ObjectExpression LowerItems(ObjectSyntax map, BicepScope scope, Func<string?, bool>? isKept)
    {
        var items = ImmutableArray.CreateBuilder<ObjectItem>();
        foreach (var item in map.Items)
        {
            switch (item)
            {
                case ObjectPropertySyntax property when isKept is null || isKept(property.Key.Literal):
                    items.Add(LowerProperty(property, scope));
                    break;
                case ObjectSpreadSyntax spread:
                    items.Add(new SpreadItem(Lower(spread.Value, scope)));
                    break;
            }
        }

        return new ObjectExpression(Where(map.Span), items.ToImmutable());
    }

    private ObjectItem LowerProperty(ObjectPropertySyntax property, BicepScope scope)
    {
        var value = Lower(property.Value, scope);
        return property.Key.Literal is { } name
            ? new WrittenItem(Named(name, Where(property.Key.Span), value), value is LiteralExpression ? null : value)
            : new PropertyItem(LowerString(property.Key, scope), value);
    }

    /// <summary>An object of one member.</summary>
    internal static WrittenObject Single(LazyPlace place, string name, LazyPlace namedAt, Expression value) =>
        new(place, [Named(name, namedAt, value)], value is LiteralExpression ? [] : [value]);

    // A literal is plain data; any other value takes its place when it is evaluated.
    private static Member Named(string name, LazyPlace place, Expression value) => new(name, (value as LiteralExpression)?.Value ?? NullValue.Instance, place);

    internal ForLoop LowerLoop(ForSyntax loop, BicepScope scope) => new(loop.Item.Text, loop.Index?.Text, Lower(loop.Collection, scope));

    internal static BicepScope Inside(ForSyntax loop, BicepScope scope) =>
        scope.With(loop.Index is null ? [loop.Item.Text] : [loop.Item.Text, loop.Index.Text]);

    private ForExpression LowerFor(ForSyntax loop, BicepScope scope) =>
        new(At(loop.Span), LowerLoop(loop, scope), Lower(loop.Body, Inside(loop, scope)));

    private CallExpression LowerLambda(LambdaSyntax lambda, BicepScope scope)
    {
        var names = lambda.Parameters.Select(Expression (parameter) => Literal(At(parameter.Span), new StringValue(parameter.Text)));
        var body = Lower(lambda.Body, scope.With(lambda.Parameters.Select(parameter => parameter.Text)));
        return new CallExpression(At(lambda.Span), null, "lambda", [.. names, body]);
    }

    private Expression LowerUnary(UnarySyntax unary, BicepScope scope)
    {
        var place = Where(unary.Span);
        if (unary.Operator == UnaryOperator.Not)
        {
            return Call(place, "not", Lower(unary.Operand, scope));
        }

        return unary.Operand is IntegerSyntax { Value: <= (ulong)long.MaxValue + 1 } number
            ? Literal(place, new IntValue(unchecked(-(long)number.Value)))
            : Call(place, "sub", Literal(place, new IntValue(0)), Lower(unary.Operand, scope));
    }

    private Expression LowerString(StringSyntax text, BicepScope scope)
    {
        var place = Where(text.Span);
        if (text.Literal is { } plain)
        {
            return Literal(place, plain);
        }

        var pattern = new StringBuilder();
        var holes = new List<Expression>();
        foreach (var segment in text.Segments)
        {
            if (segment is TextSegment piece)
            {
                pattern.Append(piece.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            }
            else
            {
                pattern.Append('{').Append(holes.Count).Append('}');
                holes.Add(Lower(((HoleSegment)segment).Expression, scope));
            }
        }

        return new CallExpression(place, null, "format", [Literal(place, pattern.ToString()), .. holes]);
    }

    // [...x, y] is flatten([x, [y]]), as the compiler writes it.
    private Expression LowerArray(ArraySyntax list, BicepScope scope)
    {
        var place = Where(list.Span);
        if (!list.Items.Any(static item => item is SpreadSyntax))
        {
            return new ArrayExpression(place, LowerAll(list.Items, scope));
        }

        var parts = list.Items.Select(item => item is SpreadSyntax spread
            ? Lower(spread.Value, scope)
            : new ArrayExpression(Where(item.Span), [Lower(item, scope)]));
        return Call(place, "flatten", new ArrayExpression(place, [.. parts]));
    }
}

/// <summary>The functions that operators compile to.</summary>
internal static class BicepOperators
{
    internal static Expression Lower(BinarySyntax binary, Expression left, Expression right, LazyPlace place) => binary.Operator switch
    {
        BinaryOperator.Coalesce => BicepExpressions.Call(place, "coalesce", left, right),
        BinaryOperator.Or => BicepExpressions.Call(place, "or", left, right),
        BinaryOperator.And => BicepExpressions.Call(place, "and", left, right),
        BinaryOperator.Equals => BicepExpressions.Call(place, "equals", left, right),
        BinaryOperator.NotEquals => Not(place, BicepExpressions.Call(place, "equals", left, right)),
        BinaryOperator.EqualsIgnoringCase => Folded(place, left, right),
        BinaryOperator.NotEqualsIgnoringCase => Not(place, Folded(place, left, right)),
        BinaryOperator.Less => BicepExpressions.Call(place, "less", left, right),
        BinaryOperator.LessOrEqual => BicepExpressions.Call(place, "lessOrEquals", left, right),
        BinaryOperator.Greater => BicepExpressions.Call(place, "greater", left, right),
        BinaryOperator.GreaterOrEqual => BicepExpressions.Call(place, "greaterOrEquals", left, right),
        BinaryOperator.Add => BicepExpressions.Call(place, "add", left, right),
        BinaryOperator.Subtract => BicepExpressions.Call(place, "sub", left, right),
        BinaryOperator.Multiply => BicepExpressions.Call(place, "mul", left, right),
        BinaryOperator.Divide => BicepExpressions.Call(place, "div", left, right),
        _ => BicepExpressions.Call(place, "mod", left, right),
    };

    private static CallExpression Not(LazyPlace place, Expression operand) => BicepExpressions.Call(place, "not", operand);

    private static CallExpression Folded(LazyPlace place, Expression left, Expression right) =>
        BicepExpressions.Call(place, "equals", BicepExpressions.Call(left.Where, "toLower", left), BicepExpressions.Call(right.Where, "toLower", right));
}
