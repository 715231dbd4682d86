using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Scripts that are sent to a machine over the network.</summary>
internal static class RemoteScripts
{
    /// <summary>What <c>ssh</c> sends to a host: the last words, or what is piped in.</summary>
    internal static void Ssh(AzureContext azure, PathState path, ImmutableArray<Value> words, Value? input, Place place)
    {
        const string optionsWithValue = "bcDEeFIiJLlmOopQRSWw";
        var i = words[0] is StringValue { Text: "sshpass" } ? words.ToList().FindIndex(word => word is StringValue { Text: "ssh" }) + 1 : 1;
        while (i < words.Length && words[i] is StringValue { Text: ['-', var letter, ..] option })
        {
            i += option.Length == 2 && optionsWithValue.Contains(letter, StringComparison.Ordinal) ? 2 : 1;
        }

        if (i >= words.Length)
        {
            return;
        }

        var text = words.Length > i + 1 ? Values.Concat([.. words.Skip(i + 1).SelectMany((word, n) => n == 0 ? new[] { word } : [Values.Text(" "), word])], place) : input;
        if (text is StringValue { Text: var shell } && input is not null && GuestCommands.BaseName(shell.Split(' ')[^1]) is "bash" or "sh" or "-s")
        {
            text = input;
        }

        Enter(azure, path, words[i], text, place);
    }

    internal static void Enter(AzureContext azure, PathState path, Value host, Value? text, Place place)
    {
        var outcome = text is null ? GuestOutcome.InUse : GuestScripts.Read(text, GuestLanguage.Shell, place);
        outcome = path.StopsAtError ? outcome : outcome.AtMost(Strength.Likely, "the script goes on when this fails");
        if (AzureContext.MachineAt(path, host) is { } machine)
        {
            azure.Apply(path, new Effect.Guest(machine, outcome, ByAgent: false), place);
            return;
        }

        EnterAny(azure, path, outcome, $"which machine '{Values.Pattern(host)}' is is not known", place);
    }

    /// <summary>Enters one of the machines that run, and it is not known which.</summary>
    internal static void EnterAny(AzureContext azure, PathState path, GuestOutcome outcome, string reason, Place place)
    {
        if (outcome.Kind is not (GuestKind.Prepared or GuestKind.Booted or GuestKind.Unclear))
        {
            return;
        }

        var running = path.World.Recent.Where(state => state.Type == ArtifactTypes.VirtualMachine && state.Power is PowerState.Running or PowerState.Unknown).ToList();
        foreach (var state in running)
        {
            azure.Apply(path, new Effect.Guest(state.Id, outcome.AtMost(Strength.Possible, reason), ByAgent: false), place);
        }

        if (running.Count == 0 && outcome.Kind == GuestKind.Prepared)
        {
            var unknown = new UnknownValue(UnknownReason.ExternalInput, "a machine", reason) { Shape = ValueShape.IdSegment };
            var id = ResourceIds.Build(CommandScope.Of(null, null).Id, ArtifactTypes.VirtualMachine, unknown);
            azure.Record.Actions.Add(new MachineAction(MachineActionKind.Prepare, id, "{a machine}", null, PowerState.Running, path.IsMaybe || path.IsSwallowed || outcome.Strength == Strength.Possible, azure.Record.Step, place, []));
        }
    }
}
