using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>Objects with their spreads, loops of both languages, calls of declared functions.</summary>
internal sealed partial class ExpressionEvaluator
{
    private Value EvaluateWritten(WrittenObject map, Frames frames)
    {
        var members = new Member[map.Members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = MemberOf(map.Members[i], map.Values.IsEmpty ? null : map.Values[i], frames);
        }

        return deployment.Run.Bounded(ObjectValue.From(ImmutableCollectionsMarshal.AsImmutableArray(members), null, map.Where), map);
    }

    // Both are steps for whoever writes them; when there are none left, the object as a whole is refused.
    private Member MemberOf(Member written, Expression? value, Frames frames)
    {
        deployment.Run.TrySpend(value is null ? 2 : 1);
        return value is null ? written : written with { Value = Evaluate(value, frames) };
    }

    private Value EvaluateObject(ObjectExpression map, Frames frames)
    {
        var members = new List<Member>(map.Items.Length);
        UnknownValue? rest = null;
        foreach (var item in map.Items)
        {
            switch (item)
            {
                case WrittenItem written:
                    members.Add(MemberOf(written.Member, written.Value, frames));
                    break;
                case SpreadItem spread:
                    rest = Spread(Evaluate(spread.Value, frames), members) ?? rest;
                    break;
                case PropertyItem property:
                    rest = AddProperty(property, frames, members) ?? rest;
                    break;
            }
        }

        return deployment.Run.Bounded(ObjectValue.From(members, rest, map.Where), map);
    }

    private UnknownValue? AddProperty(PropertyItem item, Frames frames, List<Member> members)
    {
        var place = item.Name.Place;
        switch (Evaluate(item.Name, frames))
        {
            case StringValue name:
                members.Add(new Member(name.Text, Evaluate(item.Value, frames), place));
                return null;
            case UnknownValue unknown:
                return unknown;
            case PartialString partial:
                return new UnknownValue(partial.Parts.First(part => part.Hole is not null).Hole!.Reason, partial.Pattern, "the name of a member is not known");
            default:
                return Errors.At(place, place.FirstLine, "the name of a member must be a string");
        }
    }

    // What is spread over members that stand before it may replace them: only that they are there is certain.
    private static UnknownValue? Spread(Value value, List<Member> members)
    {
        var rest = value switch
        {
            ObjectValue map => map.Rest,
            NullValue => null,
            UnknownValue unknown => unknown,
            _ => new UnknownValue(UnknownReason.EvaluationError, "...", "only an object can be spread in an object"),
        };
        rest = value.IsSecret ? (UnknownValue?)rest?.AsSecret() : rest;
        if (rest is not null)
        {
            for (var i = 0; i < members.Count; i++)
            {
                members[i] = members[i] with { Value = rest with { Alternatives = [], Shape = ValueShape.Any } };
            }
        }

        // The members of a secret are secret, wherever they go.
        members.AddRange((value as ObjectValue)?.Members.Select(member => value.IsSecret ? member with { Value = member.Value.AsSecret() } : member) ?? []);
        return rest;
    }

    private Value EvaluateFor(ForExpression loop, Frames frames)
    {
        var collection = Evaluate(loop.Loop.Collection, frames);
        if (collection is not ArrayValue { Rest: null } list)
        {
            var why = collection as UnknownValue ?? (collection as ArrayValue)?.Rest ?? Errors.At(loop.Place, loop.Place.FirstLine, "a loop needs an array");
            return why with { Shape = ValueShape.List, Alternatives = [], Origin = new Origin(loop.Place) };
        }

        var items = ImmutableArray.CreateBuilder<Value>(list.Items.Length);
        for (var i = 0; i < list.Items.Length && deployment.Run.TrySpend(); i++)
        {
            items.Add(Evaluate(loop.Body, frames.WithItem(loop.Loop, list.IsSecret ? list.Items[i].AsSecret() : list.Items[i], new IntValue(i))));
        }

        return deployment.Run.Bounded(new ArrayValue(items.ToImmutable()) { WrittenAt = loop.Where }, loop);
    }

    private Value EvaluateFunction(FunctionExpression call, Frames frames)
    {
        var function = call.Function.Value;
        if (frames.CallDepth >= MaxCallDepth)
        {
            return Errors.At(call.Place, call.Place.FirstLine, $"'{function.Name}' calls itself without end");
        }

        if (call.Arguments.Length != function.Parameters.Length)
        {
            return Errors.At(call.Place, call.Place.FirstLine, $"'{function.Name}' takes {function.Parameters.Length} arguments");
        }

        LocalFrame? locals = null;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            locals = new LocalFrame(function.Parameters[i], Evaluate(call.Arguments[i], frames), locals);
        }

        return Evaluate(function.Body, new Frames(Lambdas: locals, CallDepth: frames.CallDepth + 1));
    }

    private Value EvaluateLoop(LoopExpression loop, Frames frames)
    {
        var count = CountOf(loop.Loop, frames, out var unknown);
        if (count is null)
        {
            return unknown! with { Shape = ValueShape.List, Origin = new Origin(loop.Place), Alternatives = [] };
        }

        var name = loop.Loop.Name is null ? null : (Evaluate(loop.Loop.Name, frames) as StringValue)?.Text;
        var items = ImmutableArray.CreateBuilder<Value>();
        for (var i = 0; i < count && deployment.Run.TrySpend(); i++)
        {
            items.Add(Evaluate(loop.Input, frames.InLoop(name, new IntValue(i), isResourceLoop: loop.Loop.Name is null)));
        }

        return deployment.Run.Bounded(new ArrayValue(items.ToImmutable()) { WrittenAt = loop.Where }, loop);
    }

    /// <summary>The number of rounds of a loop; null, with the reason, when it is unknown or not allowed.</summary>
    internal int? CountOf(CopyLoop loop, Frames frames, out UnknownValue? unknown)
    {
        const int most = 800;
        unknown = null;
        var count = Evaluate(loop.Count, frames);
        switch (count)
        {
            case IntValue { Number: >= 0 and <= most } known:
                return (int)known.Number;
            case IntValue outside:
                deployment.Run.Report(new Problem(
                    (count.Origin ?? new Origin(loop.Count.Place)).Place,
                    $"a copy loop has a count of {outside.Number}; Azure allows 0 to {most}",
                    "Reduce the count, or split the loop over several deployments.",
                    IsFatal: true));
                unknown = Errors.At(loop.Count.Place, $"count {outside.Number}", $"a copy loop's count must be from 0 to {most}");
                return null;
            case UnknownValue value:
                unknown = value;
                return null;
            default:
                unknown = Errors.At(loop.Count.Place, loop.Count.Place.FirstLine, "a copy loop's count must be an integer");
                return null;
        }
    }
}
