using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>Gives the value of a context, or of what lies in it under a path of names; null when there is no such context.</summary>
internal delegate Value? ContextLookup(string name, ImmutableArray<string> path, string text, Evaluation evaluation);

/// <summary>Azure's expression language: functions only; a comparison converts its right side to the type of its left.</summary>
/// <seealso href="https://learn.microsoft.com/azure/devops/pipelines/process/expressions"/>
internal sealed class AzureEvaluator(ContextLookup contexts, Evaluation evaluation) : ExpressionEvaluator(evaluation)
{
    internal static Value Evaluate(string text, ContextLookup contexts, Evaluation evaluation) =>
        new AzureEvaluator(contexts, evaluation).Evaluate(ExpressionParser.Parse(text, hasOperators: false));

    /// <summary>Whether a value counts as true; null when that is not known.</summary>
    internal static bool? IsTrue(Value value) => value switch
    {
        NullValue => false,
        BoolValue flag => flag.IsTrue,
        IntValue number => number.Number != 0,
        FloatValue number => number.Number != 0,
        StringValue text => text.Text.Length > 0,
        PartialString partial => partial.Parts.Any(part => part.Literal is { Length: > 0 }) ? true : null,
        UnknownValue { Alternatives.Length: > 0 } unknown => unknown.Alternatives.Select(IsTrue).Distinct().ToArray() is [var only] ? only : null,
        UnknownValue => null,
        _ => true,
    };

    internal override bool? Truth(Value value) => IsTrue(value);

    protected override Value Context(string name, ImmutableArray<string> path, string text) =>
        contexts(name, path, text, Evaluation) ?? Unknowns.Error(text, $"there is no context '{name}'");

    protected override Value Binary(BinaryExpression binary) => Unknowns.Error(binary.Text, "the language has no operators");

    protected override Value Call(CallExpression call)
    {
        switch (call.Name.ToLowerInvariant())
        {
            case "always":
                return new BoolValue(true);
            case "succeededorfailed":
                return new BoolValue(!Evaluation.IsSkipped);
            case "succeeded":
                return new BoolValue(!Evaluation.HasFailed && !Evaluation.IsSkipped);
            case "failed":
                return new BoolValue(Evaluation.HasFailed);
            case "canceled":
                return new BoolValue(false);
            case "counter":
                return new UnknownValue(UnknownReason.Generated, call.Text, "counts the runs") { Shape = ValueShape.Number };
            case "and" or "or":
                return Junction(call, isAnd: call.Name.Equals("and", StringComparison.OrdinalIgnoreCase));
            case "iif" when call.Arguments.Length == 3:
                return Choose(call);
        }

        ImmutableArray<Value> arguments = [.. call.Arguments.Select(Evaluate)];
        var value = Unknowns.TryEach(call.Text, arguments, options => Call(call, options)) ?? Call(call, arguments);
        return arguments.Any(argument => argument.IsSecret) ? value.AsSecret() : value;
    }

    private Value Junction(CallExpression call, bool isAnd)
    {
        Value? open = null;
        foreach (var argument in call.Arguments)
        {
            var value = Evaluate(argument);
            var truth = Truth(value);
            if (truth == !isAnd)
            {
                return new BoolValue(!isAnd);
            }

            open ??= truth is null ? value : null;
        }

        return open is null ? new BoolValue(isAnd) : Truths(open, call.Text);
    }

    private Value Choose(CallExpression call)
    {
        var condition = Evaluate(call.Arguments[0]);
        return Truth(condition) switch
        {
            true => Evaluate(call.Arguments[1]),
            false => Evaluate(call.Arguments[2]),
            _ => Unknowns.OneOf(Unknowns.From(condition, call.Text), [Evaluate(call.Arguments[1]), Evaluate(call.Arguments[2])]),
        };
    }

    private static Value Call(CallExpression call, ImmutableArray<Value> arguments) => (call.Name.ToLowerInvariant(), arguments) switch
    {
        ("eq", [var left, var right]) => Known(AreEqual(left, right), call, arguments),
        ("ne", [var left, var right]) => Known(!AreEqual(left, right), call, arguments),
        ("lt", [var left, var right]) => Known(Order(left, right) is { } order ? order < 0 : null, call, arguments),
        ("le", [var left, var right]) => Known(Order(left, right) is { } order ? order <= 0 : null, call, arguments),
        ("gt", [var left, var right]) => Known(Order(left, right) is { } order ? order > 0 : null, call, arguments),
        ("ge", [var left, var right]) => Known(Order(left, right) is { } order ? order >= 0 : null, call, arguments),
        ("not", [var value]) => Known(!IsTrue(value), call, arguments),
        ("xor", [var left, var right]) => Known(IsTrue(left) is { } a && IsTrue(right) is { } b ? a != b : null, call, arguments),
        ("in", [var value, .. var options]) => Known(Any(options, option => AreEqual(value, option)), call, arguments),
        ("notin", [var value, .. var options]) => Known(!Any(options, option => AreEqual(value, option)), call, arguments),
        ("contains", [var where, var what]) => Known(Contains(AzureText.ToText(where), AzureText.ToText(what)), call, arguments),
        ("containsvalue", [var where, var what]) => Known(ContainsValue(where, what), call, arguments),
        ("startswith", [var where, var what]) => Known(Texts.StartsWith(AzureText.ToText(where), AzureText.ToText(what)), call, arguments),
        ("endswith", [var where, var what]) => Known(Texts.EndsWith(AzureText.ToText(where), AzureText.ToText(what)), call, arguments),
        ("coalesce", _) => Coalesce(call, arguments),
        ("format", [StringValue format, .. var rest]) => Texts.Format(format.Text, [.. rest.Select(AzureText.ToText)], AzureText.Print) ?? Unknowns.Error(call.Text, "the format is not valid"),
        _ => TextFunction(call, arguments),
    };

    private static Value TextFunction(CallExpression call, ImmutableArray<Value> arguments) => (call.Name.ToLowerInvariant(), arguments) switch
    {
        ("join", [StringValue separator, ArrayValue { Rest: null } list]) => Texts.Join(separator.Text, list.Items.Select(AzureText.ToText), AzureText.Print),
        ("converttojson", [var value]) => Texts.ToJson(value) is { } json ? new StringValue(json) : Unknowns.From(value, call.Text),
        ("length", [StringValue text]) => new IntValue(text.Text.Length),
        ("length", [ArrayValue { Rest: null } list]) => new IntValue(list.Items.Length),
        ("length", [ObjectValue { Rest: null } map]) => new IntValue(map.Members.Length),
        ("lower", [var text]) when AzureText.Print(text) is { } known => new StringValue(known.ToLowerInvariant()),
        ("upper", [var text]) when AzureText.Print(text) is { } known => new StringValue(known.ToUpperInvariant()),
        ("trim", [var text]) when AzureText.Print(text) is { } known => new StringValue(known.Trim()),
        ("replace", [StringValue text, StringValue { Text.Length: > 0 } old, var with]) when AzureText.Print(with) is { } known => new StringValue(text.Text.Replace(old.Text, known, StringComparison.Ordinal)),
        ("split", [StringValue text, StringValue { Text.Length: > 0 } separators]) => new ArrayValue([.. text.Text.Split(separators.Text.ToCharArray()).Select(part => new StringValue(part))]),
        _ when arguments.FirstOrDefault(argument => !argument.IsFullyKnown) is { } cause => Unknowns.From(cause, call.Text),
        _ => Unknowns.Error(call.Text, $"there is no function '{call.Name}' with {arguments.Length.ToString(CultureInfo.InvariantCulture)} such arguments"),
    };

    private static Value Coalesce(CallExpression call, ImmutableArray<Value> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument is UnknownValue)
            {
                return Unknowns.From(argument, call.Text);
            }

            if (argument is not (NullValue or StringValue { Text.Length: 0 }))
            {
                return argument;
            }
        }

        return NullValue.Instance;
    }

    private static bool? AreEqual(Value left, Value right)
    {
        if (left is UnknownValue || right is UnknownValue)
        {
            return null;
        }

        return left switch
        {
            NullValue => right is NullValue or StringValue { Text.Length: 0 },
            BoolValue flag => right is PartialString ? null : AsTruth(right) == flag.IsTrue,
            IntValue or FloatValue => Number(right) is { } number && number.Equals(Number(left)),
            StringValue or PartialString => Texts.AreEqual(left, AzureText.ToText(right)),
            _ => ReferenceEquals(left, right),
        };
    }

    // Text converts to a truth value only when it is one.
    private static bool? AsTruth(Value value) => value switch
    {
        StringValue text => bool.TryParse(text.Text, out var flag) ? flag : null,
        _ => IsTrue(value),
    };

    private static int? Order(Value left, Value right) => left switch
    {
        StringValue a when AzureText.Print(right) is { } b => string.Compare(a.Text, b, StringComparison.OrdinalIgnoreCase),
        IntValue or FloatValue or BoolValue or NullValue when Number(right) is { } number => (Number(left) ?? 0).CompareTo(number),
        _ => null,
    };

    private static double? Number(Value value) => value switch
    {
        NullValue => 0,
        BoolValue flag => flag.IsTrue ? 1 : 0,
        IntValue number => number.Number,
        FloatValue number => number.Number,
        StringValue { Text: "" } => 0,
        StringValue text => Numbers.Parse(text.Text) switch { IntValue number => number.Number, FloatValue number => number.Number, _ => null },
        _ => null,
    };

    private static bool? Contains(Value where, Value what) => (where, what) switch
    {
        (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.OrdinalIgnoreCase),
        (PartialString text, StringValue part) when text.Parts.Any(piece => piece.Literal?.Contains(part.Text, StringComparison.OrdinalIgnoreCase) is true) => true,
        _ => null,
    };

    private static bool? ContainsValue(Value where, Value what) => where switch
    {
        ArrayValue list => Any(list.Items, item => AreEqual(item, what)) is var found && found is false && list.Rest is not null ? null : found,
        ObjectValue map => Any(map.Members.Select(member => member.Value), item => AreEqual(item, what)) is var found && found is false && map.Rest is not null ? null : found,
        UnknownValue => null,
        _ => false,
    };

    private static bool? Any(IEnumerable<Value> items, Func<Value, bool?> test)
    {
        var answers = items.Select(test).ToList();
        return answers.Contains(true) ? true : answers.Contains(null) ? null : false;
    }

    private static Value Known(bool? answer, CallExpression call, ImmutableArray<Value> arguments) => answer is { } known
        ? new BoolValue(known)
        : Truths(arguments.FirstOrDefault(argument => !argument.IsFullyKnown) ?? arguments[0], call.Text);

    private static UnknownValue Truths(Value cause, string text) => Unknowns.From(cause, text) with { Alternatives = [new BoolValue(true), new BoolValue(false)], Shape = ValueShape.Truth, IsSecret = cause.IsSecret };
}
