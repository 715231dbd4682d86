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

    /// <summary>Runs the words behind <c>az</c>; the result is what it prints, null for nothing or where <paramref name="isAsked"/> says that nobody reads it.</summary>
    internal static Value? Run(AzureContext azure, PathState path, ImmutableArray<Value> words, Place place, bool isAsked)
    {
        words = Flat(words);
        var bound = AzBinder.Bind(words, place);
        if (bound is not null)
        {
            var answer = new AzEffects(azure, path, bound, isAsked).Run();
            var isSilent = bound.Command.Kind is CommandKind.Nothing or CommandKind.Mark or CommandKind.Delete or CommandKind.Account;
            return isSilent ? null : answer ?? (isAsked ? Unknown(bound.Command.Name, place) : null);
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

        return isAsked ? Unknown($"{first} {second}", place) : null;
    }

    // A list that is wholly known is its items.
    private static ImmutableArray<Value> Flat(ImmutableArray<Value> words) =>
        words.Any(word => word is ArrayValue { Rest: null }) ? [.. words.SelectMany(word => word is ArrayValue { Rest: null } list ? list.Items : [word])] : words;

    private static UnknownValue Unknown(string name, Place place) =>
        Values.Unknown($"az {name} ({place.Start.Line}:{place.Start.Column})", "the command's answer is known when it runs");
}
