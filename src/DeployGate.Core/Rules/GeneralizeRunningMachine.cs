using DeployGate.Core.Decisions;
using DeployGate.Core.Steps;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG4002: a machine is marked while it runs.</summary>
public sealed class GeneralizeRunningMachine : MachineRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG4002", "generalize-running-vm", Severity.Error, At(Stage.Start), Outcome.DeploymentRejected,
        "A virtual machine is marked as generalized while it runs.");

    /// <inheritdoc/>
    public override MachineExplanation? Explain(MachineCase one) => one.Action.Kind != MachineActionKind.Mark || one.Power != PowerState.Running
        ? null
        : new MachineExplanation(
            $"the virtual machine '{one.Action.Name}' is marked as generalized while it runs",
            "Azure sets the mark on a machine that is off only. Nothing before this step stops or deallocates it; preparing the guest without a shutdown leaves it running.",
            $"OperationNotAllowed: Operation 'generalize' is not allowed on VM '{one.Action.Name}' since the VM is running. Please power off explicitly in case you shut down the VM from inside the guest operating system.",
            $"Deallocate '{one.Action.Name}' before this step (az vm deallocate, Stop-AzVM), after its guest was prepared.");
}
