using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Packer;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Tools that make an image by themselves, and scripts that prepare the machine they run on.</summary>
internal static class Builds
{
    private const int MostBuilds = 100;

    /// <summary><c>packer build</c> with its words.</summary>
    internal static void Packer(AzureContext azure, PathState path, ImmutableArray<Value> words, Place place)
    {
        var flat = words.SelectMany(word => word is ArrayValue { Rest: null } list ? list.Items : [word]).Skip(2).ToList();
        if (!TryPacker(azure, path, PackerCommand.Read(flat), place))
        {
            Unreads.Touch(azure, path, flat, place, "packer");
        }
    }

    /// <summary>Carries out the builds of a template; false, with a remark, when the template is not known.</summary>
    internal static bool TryPacker(AzureContext azure, PathState path, PackerCommand command, Place place)
    {
        if (PackerFiles.Read(azure, path, command) is not var (builds, scope))
        {
            azure.Record.Remark(place, "the Packer template is not in the repository: what it builds is not known", RemarkCodes.MissingFile);
            return false;
        }

        foreach (var build in builds.Where(build => build.Type == "azure-arm").Take(MostBuilds))
        {
            if (command.Selects(build.Names) is not false and var isSelected && azure.Record.Take(place))
            {
                var before = path.IsMaybe;
                path.IsMaybe |= isSelected is null;
                new PackerRun(azure, path, build, scope).Run();
                path.IsMaybe = before;
            }
        }

        return true;
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
