using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Steps;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG4001: a step needs a machine to run that Azure never starts again.</summary>
public sealed class StartGeneralizedMachine : MachineRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG4001", "start-generalized-vm", Severity.Error, At(Stage.Start), Outcome.StartNotAllowed,
        "A virtual machine is started after it was marked as generalized.");

    /// <inheritdoc/>
    public override MachineExplanation? Explain(MachineCase one)
    {
        var verb = one.Action.Kind switch
        {
            MachineActionKind.Start => "start",
            MachineActionKind.Restart => "restart",
            MachineActionKind.Reimage => "reimage",
            MachineActionKind.RunCommand => "run a command in",
            _ => null,
        };
        if (verb is null || one.Mark != AzureMark.Generalized)
        {
            return null;
        }

        var operation = one.Action.Kind == MachineActionKind.RunCommand ? "runCommand" : verb;
        return new MachineExplanation(
            $"this step would {verb} the virtual machine '{one.Action.Name}', which is marked as generalized by then",
            "A machine with the mark OSState/generalized is an image source and nothing else: Azure never starts it again, and the mark cannot be taken back.",
            $"OperationNotAllowed: Operation '{operation}' is not allowed on VM '{one.Action.Name}' since the VM is generalized.",
            $"Do what needs '{one.Action.Name}' to run before it is marked, or create a new machine from the image made of it.");
    }
}
