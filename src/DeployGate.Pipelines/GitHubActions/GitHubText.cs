using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>Replaces the expressions in a scalar.</summary>
internal static class GitHubText
{
    /// <summary>The scalar with each expression replaced by its text.</summary>
    internal static MappedText Substitute(YamlScalar scalar, GitHubScope scope, Evaluation evaluation)
    {
        var text = scalar.Text;
        if (ExpressionSpans.Find(text.Content, 0) is null)
        {
            return text;
        }

        var (builder, at) = (new MappedText.Builder(scalar.Place), 0);
        while (ExpressionSpans.Find(text.Content, at) is { } found)
        {
            builder.Add(text, at, found.Start);
            var value = GitHubEvaluator.Evaluate(found.Inner, scope, evaluation);
            builder.Paste(ToText(value), text.PlaceOf(found.Start, found.End).Span);
            at = found.End;
        }

        return builder.Add(text, at, text.Content.Length).Build();
    }

    /// <summary>The scalar's value: text, or the one value that its expression gives.</summary>
    internal static Value Evaluate(YamlScalar scalar, GitHubScope scope, Evaluation evaluation)
    {
        if (ExpressionSpans.Whole(scalar.Value) is not { } whole)
        {
            return Substitute(scalar, scope, evaluation).ToValue();
        }

        var value = GitHubEvaluator.Evaluate(whole, scope, evaluation);
        return value.At(value.Origin?.Through(scalar.Place, "expression") ?? new Origin(scalar.Place));
    }

    /// <summary>True where what is behind a job or composite action may run although it fails: unless <c>continue-on-error</c> is absent or <c>false</c>.</summary>
    internal static bool MayIgnoreFailure(YamlMapping map) => map["continue-on-error"] is not (null or YamlScalar { Value: "false" });

    /// <summary>A scalar that is always text: an environment variable, an input of an action.</summary>
    internal static Value EvaluateText(YamlScalar scalar, GitHubScope scope, Evaluation evaluation) => ToText(Evaluate(scalar, scope, evaluation));

    /// <summary>A node of which the plain scalars have types: a matrix.</summary>
    internal static Value EvaluateNode(YamlNode node, GitHubScope scope, Evaluation evaluation) =>
        YamlValues.Of(node, scalar => ExpressionSpans.Find(scalar.Value, 0) is null ? YamlValues.Typed(scalar) : Evaluate(scalar, scope, evaluation));

    /// <summary>What pasting a value into text gives.</summary>
    internal static Value ToText(Value value) => value switch
    {
        StringValue or PartialString => value,
        UnknownValue { Alternatives.Length: > 0 } unknown => unknown with { Alternatives = [.. unknown.Alternatives.Select(ToText)] },
        UnknownValue => value,
        ArrayValue => new StringValue("Array") { Origin = value.Origin },
        ObjectValue => new StringValue("Object") { Origin = value.Origin },
        _ => new StringValue(Texts.Print(value) ?? "") { Origin = value.Origin, IsSecret = value.IsSecret },
    };

    /// <summary>What an <c>if</c> comes to.</summary>
    internal static ConditionOutcome Decide(YamlScalar? condition, GitHubScope scope, RunValues run, bool isBeforeRun, bool isSkipped = false)
    {
        if (condition is null)
        {
            return isSkipped ? new ConditionOutcome(true, RunsWhen.Success, null) : ConditionOutcome.Runs;
        }

        return DecideWritten(condition, scope, run, isBeforeRun, isSkipped);
    }

    private static ConditionOutcome DecideWritten(YamlScalar condition, GitHubScope scope, RunValues run, bool isBeforeRun, bool isSkipped)
    {
        var text = ExpressionSpans.Whole(condition.Value) ?? condition.Value;
        var isMixed = text == condition.Value && ExpressionSpans.Find(text, 0) is not null;
        var parsed = ExpressionParser.Parse(text, hasOperators: true);
        var hasStatus = !isMixed && HasStatus(parsed);
        Value Ask(Evaluation evaluation)
        {
            if (!hasStatus && (evaluation.HasFailed || evaluation.IsSkipped))
            {
                return new BoolValue(false);
            }

            return isMixed ? Evaluate(condition, scope, evaluation) : new GitHubEvaluator(scope, evaluation).Evaluate(parsed);
        }

        return ConditionOutcome.Of(text.Trim(), condition.Place, run, isBeforeRun, isSkipped, Ask, value => new GitHubEvaluator(scope, new Evaluation(run)).Truth(value));
    }

    private static bool HasStatus(Expression expression) => expression switch
    {
        CallExpression call => call.Name.ToLowerInvariant() is "success" or "always" or "failure" or "cancelled" || call.Arguments.Any(HasStatus),
        BinaryExpression binary => HasStatus(binary.Left) || HasStatus(binary.Right),
        NotExpression not => HasStatus(not.Operand),
        AccessExpression access => HasStatus(access.Target) || HasStatus(access.Index),
        _ => false,
    };
}
