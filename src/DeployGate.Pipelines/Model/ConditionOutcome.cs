using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;

namespace DeployGate.Pipelines.Model;

/// <summary>What a condition comes to: whether the step or job can run, when, and what is left to know.</summary>
internal sealed record ConditionOutcome(bool IsDropped, RunsWhen When, Guard? Guard)
{
    internal static ConditionOutcome Runs { get; } = new(false, RunsWhen.Success, null);

    /// <summary>
    /// Asks twice, for the straight run and for one in which something has failed before: what is false in the first and not
    /// in the second waits for a failure.
    /// </summary>
    internal static ConditionOutcome Of(string text, Place place, RunValues run, bool isBeforeRun, bool isSkipped, Func<Evaluation, Value> evaluate, Func<Value, bool?> truth)
    {
        var straight = evaluate(new Evaluation(run) { IsBeforeRun = isBeforeRun, IsSkipped = isSkipped });
        var failed = evaluate(new Evaluation(run) { IsBeforeRun = isBeforeRun, IsSkipped = isSkipped, HasFailed = true });
        var (inRun, afterFailure) = (truth(straight), truth(failed));
        if (inRun is false && afterFailure is false)
        {
            return new ConditionOutcome(true, RunsWhen.Success, new Guard(text, place, new BoolValue(false)));
        }

        var (when, value, isTrue) = inRun is false
            ? (RunsWhen.Failure, failed, afterFailure)
            : (afterFailure is false ? RunsWhen.Success : RunsWhen.Always, straight, inRun);
        return new ConditionOutcome(false, when, isTrue is true ? null : new Guard(text, place, value));
    }

    /// <summary>This condition inside of another.</summary>
    internal ConditionOutcome Within(ConditionOutcome outer) => new(
        IsDropped || outer.IsDropped,
        When == RunsWhen.Failure || outer.When == RunsWhen.Failure ? RunsWhen.Failure : When == RunsWhen.Always || outer.When == RunsWhen.Always ? RunsWhen.Always : RunsWhen.Success,
        Guard.Both(outer.Guard, Guard));
}
