using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>Evaluates the condition of one policy for one subject. Never throws; what takes too long is not known.</summary>
public sealed class PolicyRun(PolicySubject subject, DateTimeOffset now)
{
    /// <summary>Comparisons and items after which an evaluation stops.</summary>
    internal const int MostSteps = 200_000;

    private static readonly Truth s_stopped = Truth.Unknown($"the policy was stopped: it compares more than {MostSteps} values");

    private int _steps;

    /// <summary>Whether the condition holds.</summary>
    public Truth Evaluate(PolicyCondition condition) => Evaluate(condition, null);

    /// <summary>A text with its expressions computed, at most <paramref name="longest"/> characters; what is not known stands in braces.</summary>
    public string Fill(PolicyText text, int longest)
    {
        var filled = new System.Text.StringBuilder();
        foreach (var part in text.Parts)
        {
            filled.Append(PolicyWords.Show(ValueOf(part, null)));
            if (filled.Length > longest)
            {
                return filled.ToString(0, longest) + "…";
            }
        }

        return filled.ToString();
    }

    private Truth Evaluate(PolicyCondition condition, Scope? scope)
    {
        if (++_steps > MostSteps)
        {
            return s_stopped;
        }

        return condition switch
        {
            PolicyCondition.AllOf all => Truth.All(all.Parts.Select(part => Evaluate(part, scope))),
            PolicyCondition.AnyOf any => Truth.Any(any.Parts.Select(part => Evaluate(part, scope))),
            PolicyCondition.Not not => Evaluate(not.Part, scope).Not(),
            PolicyCondition.Field field => OfField(field, scope),
            PolicyCondition.OfValue value => ValueTest.Holds(value.Test.Comparison, ValueOf(value.Operand, scope), ValueOf(value.Test.Operand, scope)),
            PolicyCondition.Count count => OfCount(count, scope),
            _ => Truth.Unknown("the condition has a form that is not known"),
        };
    }

    // An alias of another resource type says nothing of this resource.
    private Truth OfField(PolicyCondition.Field field, Scope? scope)
    {
        if (FieldReader.OtherType(field.Path, subject.Fields) is { } other)
        {
            return other;
        }

        var found = Read(field.Path, scope);
        var expected = ValueOf(field.Test.Operand, scope);
        IEnumerable<Truth> truths = found.Items.Select(item => ++_steps > MostSteps ? s_stopped : ValueTest.Holds(field.Test.Comparison, item, expected));
        return Truth.All(found.Rest is { } rest ? truths.Append(ValueTest.Unknown(rest)) : truths);
    }

    private Truth OfCount(PolicyCondition.Count count, Scope? scope)
    {
        var items = ItemsOf(count, scope, out var path);
        if (items.Failure is { } failure)
        {
            return failure;
        }

        var (certain, possible) = (0, 0);
        Truth? open = items.Found!.Rest is { } rest ? ValueTest.Unknown(rest) : null;
        var isOpenEnded = open is not null;
        foreach (var item in items.Found.Items)
        {
            var inner = new Scope(path, count.Name, item ?? NullValue.Instance, scope);
            var truth = ++_steps > MostSteps ? s_stopped : count.Where is null ? Truth.True : Evaluate(count.Where, inner);
            certain += truth.Value == true ? 1 : 0;
            possible += truth.Value == false ? 0 : 1;
            open ??= truth.Value is null ? truth : null;
        }

        var most = isOpenEnded ? long.MaxValue : possible;
        return CountTest.Holds(count.Test.Comparison, certain, most, ValueOf(count.Test.Operand, scope), open ?? Truth.Unknown("the number is not known"));
    }

    private (FieldValues? Found, Truth? Failure) ItemsOf(PolicyCondition.Count count, Scope? scope, out FieldPath? path)
    {
        path = null;
        switch (count.Items)
        {
            case CountedItems.OfField field:
                path = field.Path;
                return FieldReader.OtherType(path, subject.Fields) is not null ? (FieldValues.None, null) : (Read(path, scope), null);
            default:
                return ValueOf(((CountedItems.OfValue)count.Items).Operand, scope) switch
                {
                    ArrayValue list => (new FieldValues([.. list.Items], list.Rest), null),
                    NullValue => (FieldValues.None, null),
                    UnknownValue unknown => (null, ValueTest.Unknown(unknown)),
                    _ => (null, Truth.Unknown("'count' goes over a list, and the expression gave none")),
                };
        }
    }

    // Inside of a count, the counted elements are one element: the one that the count is at.
    private FieldValues Read(FieldPath path, Scope? scope)
    {
        for (var one = scope; one is not null; one = one.Outer)
        {
            if (one.Path is { } counted && path.LiesIn(counted))
            {
                return FieldReader.Follow(one.Item, path.Steps.AsSpan()[counted.Steps.Length..], ref _steps);
            }
        }

        return FieldReader.Read(path, subject.Fields, ref _steps);
    }

    private Value ValueOf(PolicyOperand operand, Scope? scope) => operand switch
    {
        PolicyOperand.Literal literal => literal.Value,
        PolicyOperand.Computed computed => computed.Expression(new PolicyNames(name => FieldValue(name, scope), name => Current(name, scope), now)),
        _ => NullValue.Instance,
    };

    private Value FieldValue(string name, Scope? scope)
    {
        if (FieldPath.Parse(name) is not { Path: { } path } parsed)
        {
            return new UnknownValue(UnknownReason.EvaluationError, $"field('{name}')", FieldPath.Parse(name).Fault);
        }

        if (FieldReader.OtherType(path, subject.Fields) is { } other)
        {
            return other.Value is null ? new UnknownValue(UnknownReason.EvaluationError, parsed.Path.Text, other.Reason) : NullValue.Instance;
        }

        var found = Read(path, scope);
        return path.HasEach && found is not { Items: [_], IsSingle: true }
            ? new ArrayValue([.. found.Items.Select(item => item ?? NullValue.Instance)], found.Rest)
            : found.Items is [{ } only] ? only : found.Rest ?? (Value)NullValue.Instance;
    }

    private static Value Current(string? name, Scope? scope)
    {
        for (var one = scope; one is not null; one = one.Outer)
        {
            if (name is null || string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(one.Path?.Text, name, StringComparison.OrdinalIgnoreCase))
            {
                return one.Item;
            }

            if (one.Path is { } counted && FieldPath.Parse(name).Path is { } path && path.LiesIn(counted))
            {
                var steps = 0;
                var found = FieldReader.Follow(one.Item, path.Steps.AsSpan()[counted.Steps.Length..], ref steps);
                return found.Items is [{ } only] ? only : found.Rest ?? (Value)NullValue.Instance;
            }
        }

        return new UnknownValue(UnknownReason.EvaluationError, "current()", name is null ? "current() stands outside of a count" : $"no count around this expression is called '{name}'");
    }

    private sealed record Scope(FieldPath? Path, string? Name, Value Item, Scope? Outer);
}
