using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Tools that make an image by themselves, and scripts that prepare the machine they run on.</summary>
internal static class Builds
{
    internal static void Packer(AzureContext azure, PathState path, ImmutableArray<Value> words, Place place)
    {
        azure.Record.Remark(place, "Packer templates are not read: what they build is not known", RemarkCodes.UnsupportedTool);
        Unreads.Touch(azure, path, words.Skip(2), place, "packer");
    }

    /// <summary>The machine that runs the script is prepared by it, whichever that is.</summary>
    internal static void Here(AzureContext azure, PathState path, GuestOutcome outcome, Place place)
    {
        if (outcome.Kind != GuestKind.Prepared)
        {
            return;
        }

        var unknown = new UnknownValue(UnknownReason.ExternalInput, "this machine", "it is the machine that runs the script") { Shape = ValueShape.IdSegment };
        var id = ResourceIds.Build(CommandScope.Of(null, null).Id, ArtifactTypes.VirtualMachine, unknown);
        var isMaybe = path.IsMaybe || path.IsSwallowed || outcome.Strength == Strength.Possible;
        azure.Record.Actions.Add(new MachineAction(MachineActionKind.Prepare, id, "{this machine}", null, PowerState.Running, isMaybe, azure.Record.Step, place, []));
    }
}
