using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Runs one az command line.</summary>
internal static class AzCommands
{
    // Commands of these groups touch images and machines; what is not in the table may change what they name.
    private static readonly string[] s_near = ["vm", "vmss", "image", "sig", "disk", "snapshot", "restore-point", "lab"];

    internal static Value? Run(AzureContext azure, PathState path, ImmutableArray<Value> words, Place place, out bool isKnown)
    {
        words = [.. words.SelectMany(word => word is ArrayValue { Rest: null } list ? list.Items : [word])];
        var bound = AzBinder.Bind(words, place);
        isKnown = bound is not null;
        if (bound is not null)
        {
            var answer = new AzEffects(azure, path, bound).Run() ?? Unknown(bound.Command.Name, place);
            return bound.Command.Kind is CommandKind.Nothing or CommandKind.Mark or CommandKind.Delete or CommandKind.Account ? null : answer;
        }

        var first = words.Length > 0 ? (words[0] as StringValue)?.Text : null;
        var second = words.Length > 1 ? (words[1] as StringValue)?.Text : null;
        if (first is null && !words.IsEmpty)
        {
            azure.Record.Remark(place, "the az command is computed", RemarkCodes.DynamicCommand);
        }

        if (first is null || (s_near.Contains(first) && second is not ("list" or "show" or "list-sizes" or "list-skus" or "identity" or "nic" or "disk" or "availability-set" or "auto-shutdown" or "boot-diagnostics" or "open-port" or "user")))
        {
            Unreads.Touch(azure, path, words.Skip(1), place, $"'az {first} {second}'");
        }

        return Unknown($"{first} {second}", place);
    }

    private static UnknownValue Unknown(string name, Place place) =>
        Values.Unknown($"az {name} ({place.Start.Line}:{place.Start.Column})", "the command's answer is known when it runs");
}
