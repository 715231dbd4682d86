using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>What a <c>condition</c> comes to.</summary>
internal static class AzureCondition
{
    internal static ConditionOutcome Decide(ExpandedScalar? condition, JobVariables variables, RunValues run, bool isBeforeRun, bool isSkipped)
    {
        if (condition is null || condition.IsEmpty)
        {
            return isSkipped ? new ConditionOutcome(true, RunsWhen.Success, null) : ConditionOutcome.Runs;
        }

        return ConditionOutcome.Of(condition.Text.IsKnown ? condition.Text.Content.Trim() : condition.Place.FirstLine, condition.Place, run, isBeforeRun, isSkipped, Ask, AzureEvaluator.IsTrue);

        Value Ask(Evaluation evaluation)
        {
            var text = variables.Substitute(condition.Text, evaluation);
            return condition.Typed is UnknownValue or BoolValue ? condition.Typed
                : text.IsKnown ? variables.Evaluate(Inner(text.Content), evaluation)
                : Unknowns.From(text.Runs.First(hole => hole.Hole is not null).Hole!, condition.Place.FirstLine);
        }
    }

    private static string Inner(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("$[", StringComparison.Ordinal) && trimmed.EndsWith(']') ? trimmed[2..^1] : trimmed;
    }
}
