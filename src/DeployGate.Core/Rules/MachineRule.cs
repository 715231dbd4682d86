using DeployGate.Core.Assessment;
using DeployGate.Core.Steps;

namespace DeployGate.Core.Rules;

/// <summary>An action of a pipeline on a machine, with what is known of the machine at that moment.</summary>
/// <param name="Action">The action.</param>
/// <param name="Mark">Azure's mark right before it.</param>
/// <param name="Evidence">What shows the mark.</param>
/// <param name="Power">Whether the machine ran.</param>
public sealed record MachineCase(MachineAction Action, AzureMark Mark, EvidenceCase Evidence, PowerState Power);

/// <summary>What shows a machine's mark: the pipeline's own step, or a fact.</summary>
/// <param name="Place">Where it was observed.</param>
/// <param name="Text">What was observed.</param>
/// <param name="ReadAt">When; null for a step of the pipeline.</param>
public sealed record EvidenceCase(string Place, string Text, DateTimeOffset? ReadAt);

/// <summary>What a rule says of an action that Azure would refuse.</summary>
/// <param name="Message">The first line.</param>
/// <param name="Why">The cause.</param>
/// <param name="Azure">Azure's answer.</param>
/// <param name="Fix">The cure.</param>
public sealed record MachineExplanation(string Message, string Why, string Azure, string Fix);

/// <summary>A rule about what a pipeline does to a machine.</summary>
public abstract class MachineRule : Rule
{
    /// <summary>The explanation when the rule applies; null when it does not.</summary>
    public abstract MachineExplanation? Explain(MachineCase one);
}
