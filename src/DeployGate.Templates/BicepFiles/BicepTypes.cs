using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.BicepFiles;

/// <summary>Reads of a parameter's type and decorators what changes its value's meaning: kind, secrecy, null, allowed values.</summary>
internal sealed class BicepTypes(BicepExpressions expressions, IReadOnlyDictionary<string, TypeStatement> types)
{
    private const int MaxDepth = 16;

    internal ParameterDeclaration Read(ParameterStatement statement, BicepScope scope, Place place)
    {
        var parameter = new ParameterDeclaration(statement.Name.Text, place)
        {
            IsSecret = HasDecorator(statement.Decorators, "secure"),
            Default = statement.Value is null ? null : expressions.Lower(statement.Value, scope),
            Allowed = Allowed(statement.Decorators),
            Minimum = Number(statement.Decorators, "minLength") ?? Number(statement.Decorators, "minValue"),
            Maximum = Number(statement.Decorators, "maxLength") ?? Number(statement.Decorators, "maxValue"),
        };
        return statement.Type is null ? parameter : WithType(parameter, statement.Type, 0);
    }

    internal static bool HasDecorator(ImmutableArray<DecoratorSyntax> decorators, string name) =>
        Find(decorators, name) is not null;

    private static DecoratorSyntax? Find(ImmutableArray<DecoratorSyntax> decorators, string name)
    {
        foreach (var decorator in decorators)
        {
            if (decorator.Name.Text == name)
            {
                return decorator;
            }
        }

        return null;
    }

    private ParameterDeclaration WithType(ParameterDeclaration parameter, TypeSyntax type, int depth)
    {
        switch (type)
        {
            case NullableTypeSyntax nullable:
                return WithType(parameter with { IsNullable = true }, nullable.Inner, depth);
            case NonNullTypeSyntax assertion:
                return WithType(parameter, assertion.Inner, depth);
            case ArrayTypeSyntax or TupleTypeSyntax:
                return parameter with { Kind = ParameterKind.List };
            case ObjectTypeSyntax:
                return parameter with { Kind = ParameterKind.Map };
            case UnionTypeSyntax union:
                return WithUnion(parameter, union);
            case NamedTypeSyntax named when types.TryGetValue(named.Name, out var declared) && depth < MaxDepth:
                return WithType(parameter with { IsSecret = parameter.IsSecret || HasDecorator(declared.Decorators, "secure") }, declared.Type, depth + 1);
            case NamedTypeSyntax named:
                return parameter with { Kind = KindOf(named.Name) };
            default:
                return parameter;
        }
    }

    private static ParameterDeclaration WithUnion(ParameterDeclaration parameter, UnionTypeSyntax union)
    {
        var values = union.Members.Select(member => member is LiteralTypeSyntax literal ? ValueOf(literal.Value) : null).ToList();
        var isNullable = parameter.IsNullable || values.Exists(value => value is NullValue);
        return values.TrueForAll(value => value is not null)
            ? parameter with { IsNullable = isNullable, Allowed = [.. values.Where(value => value is not NullValue).Select(value => value!)] }
            : parameter with { IsNullable = isNullable };
    }

    private static ImmutableArray<Value> Allowed(ImmutableArray<DecoratorSyntax> decorators)
    {
        if (Find(decorators, "allowed")?.Arguments is not [ArraySyntax list])
        {
            return [];
        }

        var values = list.Items.Select(ValueOf).ToList();
        return values.TrueForAll(value => value is not null) ? [.. values.Select(value => value!)] : [];
    }

    private static Value? ValueOf(ExpressionSyntax syntax) => syntax switch
    {
        StringSyntax { Literal: { } text } => new StringValue(text),
        IntegerSyntax { Value: <= long.MaxValue } number => new IntValue((long)number.Value),
        UnarySyntax { Operator: UnaryOperator.Minus, Operand: IntegerSyntax { Value: <= long.MaxValue } number } => new IntValue(-(long)number.Value),
        BooleanSyntax truth => new BoolValue(truth.Value),
        NullSyntax => NullValue.Instance,
        _ => null,
    };

    private static long? Number(ImmutableArray<DecoratorSyntax> decorators, string name) =>
        Find(decorators, name)?.Arguments is [var only] ? (ValueOf(only) as IntValue)?.Number : null;

    private static ParameterKind KindOf(string name) => name switch
    {
        "string" => ParameterKind.Text,
        "int" => ParameterKind.Number,
        "bool" => ParameterKind.Truth,
        "object" => ParameterKind.Map,
        "array" => ParameterKind.List,
        _ => ParameterKind.Any,
    };
}
