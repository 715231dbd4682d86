using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>GitHub's expression language: operators, loose comparison, functions.</summary>
/// <seealso href="https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions"/>
internal sealed class GitHubEvaluator(GitHubScope scope, Evaluation evaluation) : ExpressionEvaluator(evaluation)
{
    internal static Value Evaluate(string text, GitHubScope scope, Evaluation evaluation) =>
        new GitHubEvaluator(scope, evaluation).Evaluate(ExpressionParser.Parse(text, hasOperators: true));

    internal override bool? Truth(Value value) => value switch
    {
        NullValue => false,
        BoolValue flag => flag.IsTrue,
        IntValue number => number.Number != 0,
        FloatValue number => number.Number != 0 && !double.IsNaN(number.Number),
        StringValue text => text.Text.Length > 0,
        PartialString partial => partial.Parts.Any(part => part.Literal is { Length: > 0 }) ? true : null,
        UnknownValue { Alternatives.Length: > 0 } unknown => unknown.Alternatives.Select(Truth).Distinct().ToArray() is [var only] ? only : null,
        UnknownValue => null,
        _ => true,
    };

    protected override Value Context(string name, ImmutableArray<string> path, string text) => new GitHubContexts(scope, Evaluation).Find(name, path, text);

    protected override Value Binary(BinaryExpression binary)
    {
        var left = Evaluate(binary.Left);
        if (binary.Operator is "&&" or "||")
        {
            return Choose(binary, left);
        }

        ImmutableArray<Value> operands = [left, Evaluate(binary.Right)];
        return Unknowns.TryEach(binary.Text, operands, sides => Compare(binary, sides[0], sides[1])) ?? Compare(binary, left, operands[1]);
    }

    // Both operators give one of their operands: where the left one is not known, the result is one of two.
    private Value Choose(BinaryExpression binary, Value left)
    {
        var isAnd = binary.Operator == "&&";
        if (Truth(left) is { } truth)
        {
            return truth == isAnd ? Evaluate(binary.Right) : left;
        }

        var right = Evaluate(binary.Right);
        var cause = Unknowns.From(left, binary.Text);
        if (!isAnd && binary.Left is BinaryExpression { Operator: "&&" } choice && Evaluate(choice.Right) is var first && Truth(first) is true)
        {
            // The idiom 'condition && a || b': one of the two.
            return Unknowns.OneOf(cause with { IsSecret = left.IsSecret }, [first, right]);
        }

        var possible = left is UnknownValue { Alternatives.Length: > 0 } unknown ? unknown.Alternatives.Where(value => Truth(value) != isAnd).ToList() : null;
        if (possible is not null)
        {
            return Unknowns.OneOf(cause, possible.Append(right));
        }

        // Of an unknown left operand only its truth matters when the right one is false as well, or true.
        return Truth(right) is { } other && other != isAnd && right is BoolValue ? right : cause with { IsSecret = left.IsSecret || right.IsSecret };
    }

    private static Value Compare(BinaryExpression binary, Value left, Value right)
    {
        bool? result = binary.Operator switch
        {
            "==" => AreEqual(left, right),
            "!=" => !AreEqual(left, right),
            _ => Order(binary.Operator, left, right),
        };
        var secret = left.IsSecret || right.IsSecret;
        return result is { } known ? new BoolValue(known) { IsSecret = secret } : Truths(left.IsFullyKnown ? right : left, binary.Text, secret);
    }

    private static UnknownValue Truths(Value cause, string text, bool secret) => Unknowns.From(cause, text) with { Alternatives = [new BoolValue(true), new BoolValue(false)], Shape = ValueShape.Truth, IsSecret = secret };

    private static bool? AreEqual(Value left, Value right) => (left, right) switch
    {
        (UnknownValue or PartialString, _) or (_, UnknownValue or PartialString) => Texts.AreEqual(left, right),
        (StringValue or NullValue, StringValue or NullValue) when left.GetType() == right.GetType() => left is NullValue || Texts.AreEqual(left, right) is true,
        (ArrayValue or ObjectValue, _) or (_, ArrayValue or ObjectValue) => ReferenceEquals(left, right),
        _ => Number(left).Equals(Number(right)) && !double.IsNaN(Number(left)),
    };

    private static bool? Order(string name, Value left, Value right)
    {
        if (left is UnknownValue or PartialString || right is UnknownValue or PartialString)
        {
            return null;
        }

        var (difference, isNumber) = left is StringValue a && right is StringValue b
            ? (string.Compare(a.Text, b.Text, StringComparison.OrdinalIgnoreCase), true)
            : (Number(left).CompareTo(Number(right)), !double.IsNaN(Number(left)) && !double.IsNaN(Number(right)));
        return isNumber && name switch { "<" => difference < 0, "<=" => difference <= 0, ">" => difference > 0, _ => difference >= 0 };
    }

    private static double Number(Value value) => value switch
    {
        NullValue => 0,
        BoolValue flag => flag.IsTrue ? 1 : 0,
        IntValue number => number.Number,
        FloatValue number => number.Number,
        StringValue { Text: var text } when string.IsNullOrWhiteSpace(text) => 0,
        StringValue text => Numbers.Parse(text.Text) switch { IntValue number => number.Number, FloatValue number => number.Number, _ => double.NaN },
        _ => double.NaN,
    };

    protected override Value Call(CallExpression call)
    {
        switch (call.Name.ToLowerInvariant())
        {
            case "success":
                return new BoolValue(!Evaluation.HasFailed && !Evaluation.IsSkipped);
            case "always":
                return new BoolValue(true);
            case "failure":
                return new BoolValue(Evaluation.HasFailed);
            case "cancelled":
                return new BoolValue(false);
            case "hashfiles":
                return new UnknownValue(UnknownReason.Generated, call.Text, "computed from the files of the checkout") { Shape = ValueShape.Text };
            case "case":
                return Case(call);
        }

        ImmutableArray<Value> arguments = [.. call.Arguments.Select(Evaluate)];
        var value = Unknowns.TryEach(call.Text, arguments, options => Call(call, options)) ?? Call(call, arguments);
        return arguments.Any(argument => argument.IsSecret) ? value.AsSecret() : value;
    }

    private Value Case(CallExpression call)
    {
        for (var i = 0; i + 1 < call.Arguments.Length; i += 2)
        {
            var condition = Evaluate(call.Arguments[i]);
            if (Truth(condition) is not { } truth)
            {
                var cause = Unknowns.From(condition, call.Text);
                return Unknowns.OneOf(cause, call.Arguments.Skip(i + 1).Where((_, index) => index % 2 == 0 || i + 1 + index == call.Arguments.Length - 1).Select(Evaluate));
            }

            if (truth)
            {
                return Evaluate(call.Arguments[i + 1]);
            }
        }

        return call.Arguments.Length % 2 == 1 ? Evaluate(call.Arguments[^1]) : NullValue.Instance;
    }

    private static Value Call(CallExpression call, ImmutableArray<Value> arguments) => (call.Name.ToLowerInvariant(), arguments) switch
    {
        ("contains", [var where, var what]) => Truth(Contains(where, what), call, arguments),
        ("startswith", [var where, var what]) => Truth(Texts.StartsWith(GitHubText.ToText(where), GitHubText.ToText(what)), call, arguments),
        ("endswith", [var where, var what]) => Truth(Texts.EndsWith(GitHubText.ToText(where), GitHubText.ToText(what)), call, arguments),
        ("format", [StringValue format, .. var rest]) => Texts.Format(format.Text, [.. rest.Select(GitHubText.ToText)], Texts.Print) ?? Unknowns.Error(call.Text, "the format is not valid"),
        ("join", [ArrayValue { Rest: null } list, .. var separator]) => Texts.Join(separator is [StringValue text] ? text.Text : ",", list.Items.Select(GitHubText.ToText), Texts.Print),
        ("join", [StringValue or PartialString, ..]) => arguments[0],
        ("tojson", [var value]) => Texts.ToJson(value) is { } json ? new StringValue(json) : Unknowns.From(value, call.Text),
        ("fromjson", [StringValue text]) => Texts.FromJson(text.Text) is { } value ? value.At(text.Origin) : Unknowns.Error(call.Text, "the text is not JSON"),
        _ when arguments.FirstOrDefault(argument => !argument.IsFullyKnown) is { } cause => Unknowns.From(cause, call.Text),
        _ => Unknowns.Error(call.Text, $"there is no function '{call.Name}' with {arguments.Length.ToString(CultureInfo.InvariantCulture)} such arguments"),
    };

    private static bool? Contains(Value where, Value what)
    {
        if (where is ArrayValue array)
        {
            var answers = array.Items.Select(item => AreEqual(item, what)).ToList();
            return answers.Contains(true) ? true : answers.Contains(null) || array.Rest is not null ? null : false;
        }

        return (GitHubText.ToText(where), GitHubText.ToText(what)) switch
        {
            (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.OrdinalIgnoreCase),
            (PartialString text, StringValue part) when text.Parts.Any(piece => piece.Literal?.Contains(part.Text, StringComparison.OrdinalIgnoreCase) is true) => true,
            _ => null,
        };
    }

    private static Value Truth(bool? answer, CallExpression call, ImmutableArray<Value> arguments) => answer is { } known
        ? new BoolValue(known)
        : Truths(arguments.FirstOrDefault(argument => !argument.IsFullyKnown) ?? arguments[0], call.Text, false);
}
