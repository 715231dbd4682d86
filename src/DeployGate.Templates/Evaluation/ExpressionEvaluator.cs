using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>Evaluates expressions lazily in one deployment. Never throws for any input: what fails becomes unknown.</summary>
internal sealed partial class ExpressionEvaluator(DeploymentEvaluation deployment)
{
    private const int MaxCallDepth = 64;

    private readonly SpecialForms _forms = new(deployment);
    private readonly SymbolValues _symbols = new(deployment);

    internal Value Evaluate(Expression expression, Frames frames)
    {
        if (!deployment.Run.TrySpend())
        {
            return deployment.Run.TooLarge(expression.Place);
        }

        if (expression is LiteralExpression literal)
        {
            return literal.Value;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Errors.At(expression.Place, expression.Place.FirstLine, "the expression is nested too deeply");
        }

        return expression switch
        {
            WrittenObject map => EvaluateWritten(map, frames),
            ObjectExpression map => EvaluateObject(map, frames),
            ArrayExpression list => deployment.Run.Bounded(
                new ArrayValue(EvaluateAll(list.Items, frames)) { WrittenAt = list.Where }, list),
            LoopExpression loop => EvaluateLoop(loop, frames),
            MemberExpression member => EvaluateMember(member, frames),
            IndexExpression index => EvaluateIndex(index, frames),
            CallExpression call => deployment.Run.Bounded(_forms.Call(call, frames), call),
            ForExpression loop => EvaluateFor(loop, frames),
            LocalExpression local => LocalFrame.Find(frames.Lambdas, local.Name) is { } value ? PassedOn(value, local.Where, "the loop's or lambda's", local.Name) : Errors.At(local.Place, local.Name, $"'{local.Name}' has no value here"),
            SymbolExpression symbol => deployment.Run.Paid(_symbols.Evaluate(symbol, frames), symbol),
            FunctionExpression call => deployment.Run.Bounded(EvaluateFunction(call, frames), call),
            ForeignExpression foreign => deployment.Run.Modules.Foreign(foreign.Model, deployment.Run).Evaluator.Evaluate(foreign.Inner, new Frames(Lambdas: frames.Lambdas, CallDepth: frames.CallDepth)),
            BrokenExpression broken => Broken(broken),
            _ => Errors.At(expression.Place, expression.Place.FirstLine, "this kind of expression is not evaluated"),
        };
    }

    /// <summary>The values of expressions, in their order.</summary>
    internal ImmutableArray<Value> EvaluateAll(ImmutableArray<Expression> expressions, Frames frames)
    {
        if (expressions.IsEmpty)
        {
            return [];
        }

        // A span knows that it takes every value, which an array asks at each of them.
        var values = new Value[expressions.Length];
        var slots = values.AsSpan();
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = Evaluate(expressions[i], frames);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <summary>A value at a place that passes it on, under a name: written there when it was written nowhere.</summary>
    internal static Value PassedOn(Value value, LazyPlace place, string kind, string name) => !value.IsWritten
        ? value with { WrittenAt = place }
        : value.IsSeenThrough(place) ? value : value.Through(place, kind, name);

    private Value EvaluateMember(MemberExpression member, Frames frames)
    {
        var target = Evaluate(member.Target, frames);
        return target is ObjectValue map && map.Find(member.Name) is { } found
            ? Passed(found.Value, target, member.Where)
            : Access(target, member.Name, member.IsSafe, member.Place);
    }

    private Value EvaluateIndex(IndexExpression index, Frames frames) =>
        Indexed(Evaluate(index.Target, frames), Evaluate(index.Key, frames), index.IsSafe, index.Place);

    /// <summary>What stands in an array at an index, or in an object under a name; the key may be unknown.</summary>
    internal static Value Indexed(Value target, Value key, bool isSafe, Place place)
    {
        switch (key)
        {
            case StringValue name:
                return Access(target, name.Text, isSafe, place);
            case IntValue number:
                return Item(target, number.Number, isSafe, place);
            case UnknownValue { Alternatives.IsEmpty: false } choice when target is ObjectValue or ArrayValue:
                return Choices.Of(choice, choice.Alternatives.Select(one => one is StringValue or IntValue
                    ? Indexed(target, one, isSafe, place)
                    : Errors.At(place, place.FirstLine, "an index must be a string or an integer")), place);
            case UnknownValue or PartialString:
                return AnyOf(target, key, place);
            default:
                return Errors.At(place, place.FirstLine, "an index must be a string or an integer");
        }
    }

    // A map looked up by an unknown key has one of its values: every one of them is an alternative.
    private static Value AnyOf(Value target, Value key, Place place)
    {
        var why = key as UnknownValue ?? ((PartialString)key).Parts.First(part => part.Hole is not null).Hole!;
        var unknown = why with { Expression = Errors.Cut(place.FirstLine), Shape = ValueShape.Any, Alternatives = [], Origin = new Origin(place) };
        return target switch
        {
            ObjectValue { Rest: null } map => Choices.Of(unknown, map.Members.Select(member => member.Value), place),
            ArrayValue { Rest: null } list => Choices.Of(unknown, list.Items, place),
            UnknownValue other => other with { Expression = Errors.Cut(place.FirstLine), Alternatives = [], Shape = ValueShape.Any, Origin = new Origin(place) },
            _ => unknown,
        };
    }

    private static Value Access(Value target, string name, bool isSafe, Place place)
    {
        switch (target)
        {
            case ObjectValue map when map.Find(name) is { } member:
                return Passed(member.Value, target, place);
            case ObjectValue { Rest: { } rest }:
                return Inside(rest, name, place);
            case ObjectValue or NullValue when isSafe:
                return NullValue.Instance;
            case ObjectValue:
                return Errors.At(place, place.FirstLine, $"the object has no member '{name}'");
            case NullValue:
                return Errors.At(place, place.FirstLine, $"null has no member '{name}'");
            case UnknownValue { Alternatives.IsEmpty: false } choice:
                return Choices.Of(choice, choice.Alternatives.Select(one => Access(one, name, isSafe, place)), place);
            case UnknownValue unknown:
                return Inside(unknown, name, place);
            default:
                return Errors.At(place, place.FirstLine, $"only an object has members; '{name}' was asked of another value");
        }
    }

    private static Value Item(Value target, long index, bool isSafe, Place place)
    {
        switch (target)
        {
            case ArrayValue { Rest: null } list when index >= 0 && index < list.Items.Length:
                return Passed(list.Items[(int)index], target, place);
            case ArrayValue { Rest: { } rest }:
                return Inside(rest, index.ToString(System.Globalization.CultureInfo.InvariantCulture), place);
            case ArrayValue or NullValue when isSafe:
                return NullValue.Instance;
            case ArrayValue list:
                return Errors.At(place, place.FirstLine, $"the array has {list.Items.Length} items; there is none at {index}");
            case UnknownValue { Alternatives.IsEmpty: false } choice:
                return Choices.Of(choice, choice.Alternatives.Select(one => Item(one, index, isSafe, place)), place);
            case UnknownValue unknown:
                return Inside(unknown, index.ToString(System.Globalization.CultureInfo.InvariantCulture), place);
            default:
                return Errors.At(place, place.FirstLine, "only an array has items");
        }
    }

    private static Value Inside(UnknownValue unknown, string name, Place place) =>
        unknown with { Expression = Errors.Cut($"{unknown.Expression}.{name}"), Shape = ValueShape.Any, Alternatives = [], Origin = new Origin(place) };

    // A part of a container was written where the container was; it came here the way the container did.
    private static Value Passed(Value part, Value container, LazyPlace place)
    {
        if (!part.IsWritten)
        {
            var placed = part.At(container.Origin);
            return container.IsSecret ? placed.AsSecret() : placed;
        }

        if (container.IsPassedOn)
        {
            var origin = part.Origin!;
            foreach (var hop in container.Origin!.Hops.Reverse())
            {
                origin = origin.Through(hop.Place, hop.What);
            }

            part = part.At(origin);
        }

        var moved = part.IsSeenThrough(place) ? part : part.Through(place, "an expression");
        return container.IsSecret ? moved.AsSecret() : moved;
    }

    private UnknownValue Broken(BrokenExpression broken)
    {
        var isMissing = broken.Text.Length == 0;
        deployment.Run.Report(new Problem(
            broken.Place,
            isMissing ? broken.Message : $"not a valid template expression: {broken.Message}",
            isMissing ? "Add it: Azure refuses the template." : "Correct the expression; a literal text that begins with '[' is written '[['.",
            IsFatal: true));
        return Errors.At(broken.Place, isMissing ? "?" : broken.Text, broken.Message);
    }
}
