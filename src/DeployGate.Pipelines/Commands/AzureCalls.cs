using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>Calls of Azure's interface by address: the last segment of a POST names the action.</summary>
internal static class AzureCalls
{
    internal static Value? Call(AzureContext azure, PathState path, string method, Value address, Value? body, Place place)
    {
        var isPost = method.Equals("post", StringComparison.OrdinalIgnoreCase);
        if (Values.Split(address, '?') is not { Length: > 0 } parts || parts[0] is not (StringValue or PartialString))
        {
            return null;
        }

        var text = Values.Pattern(parts[0])!;
        var start = text.IndexOf("/subscriptions/", StringComparison.OrdinalIgnoreCase);
        var last = text.LastIndexOf('/');
        if (start < 0 || last <= start || !isPost)
        {
            return null;
        }

        var known = parts[0] is StringValue ? start : Math.Min(start, (parts[0] as PartialString)!.KnownStart.Length);
        var id = Core.Resources.IdText.CutBefore(Values.Concat([Values.After(parts[0], known), Values.Text("/")], place), text[(last + 1)..]);
        return ResourceIdPattern.From(id)?.Type is { } type && (type.Equals(ArtifactTypes.VirtualMachine, StringComparison.OrdinalIgnoreCase) || type.Equals(ImageBuilder.Type, StringComparison.OrdinalIgnoreCase))
            ? Act(azure, path, id, text[(last + 1)..], place, body)
            : null;
    }

    internal static Value? Act(AzureContext azure, PathState path, Value id, string? action, Place place, Value? body = null)
    {
        if (ImageBuilder.Type.Equals(ResourceIdPattern.From(id)?.Type, StringComparison.OrdinalIgnoreCase))
        {
            // Azure answers when the build has begun; whoever calls it by its interface waits by other means.
            if (string.Equals(action, "run", StringComparison.OrdinalIgnoreCase))
            {
                ImageBuilder.Run(azure, path, id, isWatched: true, place);
            }

            return null;
        }

        Effect? effect = action?.ToLowerInvariant() switch
        {
            "generalize" => new Effect.Mark(id),
            "start" => new Effect.Power(id, MachineActionKind.Start),
            "restart" or "redeploy" or "reapply" => new Effect.Power(id, MachineActionKind.Restart),
            "reimage" => new Effect.Power(id, MachineActionKind.Reimage),
            "poweroff" => new Effect.Power(id, MachineActionKind.Stop),
            "deallocate" => new Effect.Power(id, MachineActionKind.Deallocate),
            "runcommand" => new Effect.Guest(id, body is null ? GuestOutcome.Unread("the script of the call is not read") : GuestScripts.Read(body, GuestLanguage.Unknown, place).AtMost(Strength.Possible, "the call's script is read as text"), ByAgent: true),
            _ => null,
        };
        if (effect is not null)
        {
            azure.Apply(path, effect, place);
        }

        return null;
    }
}
