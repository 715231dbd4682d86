using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Loops that only wait.</summary>
internal static class Waits
{
    /// <summary>The power state that a loop waits for; null for a loop that does anything else.</summary>
    internal static PowerState? Find(ReadOnlySpan<char> text)
    {
        if (!Has(text, "sleep") || Has(text, "New-Az") || Has(text, "Set-AzVM") || Has(text, "generalize"))
        {
            return null;
        }

        return Has(text, "PowerState/stopped") || Has(text, "VM stopped") ? PowerState.Stopped
            : Has(text, "PowerState/deallocated") || Has(text, "VM deallocated") ? PowerState.Deallocated
            : Has(text, "PowerState/running") || Has(text, "VM running") ? PowerState.Running
            : Has(text, "provisioningState") || Has(text, "ReplicationStatus") ? PowerState.Unknown : null;
    }

    /// <summary>Goes on when the machines have come to a state. If nothing here turned them off, somebody else has.</summary>
    internal static void Wait(PathState path, PowerState power, Place place)
    {
        foreach (var state in path.World.Recent.Where(state => power != PowerState.Unknown && state.Type == ArtifactTypes.VirtualMachine && state.Power != PowerState.Deallocated).ToList())
        {
            var byOthers = power == PowerState.Stopped && state.Power == PowerState.Running && state.Guest.Kind is GuestKind.InUse or GuestKind.Fresh or GuestKind.Booted;
            var guest = byOthers ? new GuestFact(GuestKind.Unclear, Strength.Possible, "the pipeline waits until somebody turns it off, and what else they do to it is not known", [], [new RelatedPlace(place, "waited for here")]) : state.Guest;
            path.World = path.World.Set(state with { Power = power, Guest = guest });
        }
    }

    private static bool Has(ReadOnlySpan<char> text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
