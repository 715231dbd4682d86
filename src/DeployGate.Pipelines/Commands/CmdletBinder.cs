using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>An argument as it stands: with a name and without its value yet, with both, or with a value alone.</summary>
internal sealed record CmdletArgument(string? Name, Value? Value, Place Place);

/// <summary>Binds the arguments of a cmdlet: by name, cut name, alias, position, and the object that comes down the pipe.</summary>
internal static class CmdletBinder
{
    internal static BoundCommand Bind(CommandDescription command, IReadOnlyList<CmdletArgument> arguments, Value? piped, Place place)
    {
        Dictionary<string, ImmutableArray<Value>> options = [];
        var unlisted = ImmutableArray.CreateBuilder<UnlistedOption>();
        List<Value> free = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Name is not { } name)
            {
                free.Add(argument.Value!);
                continue;
            }

            var option = command.Find(name, StringComparison.OrdinalIgnoreCase);
            var takesNext = argument.Value is null && option is not { IsSwitch: true } && i + 1 < arguments.Count && arguments[i + 1].Name is null;
            var value = argument.Value ?? (takesNext ? arguments[++i].Value : null);
            if (option is null)
            {
                unlisted.Add(new UnlistedOption(name, value, argument.Place));
            }
            else
            {
                options[option.Name] = value is null ? [] : [value];
            }
        }

        Positions(command, options, free);
        var receiver = command.Options.FirstOrDefault(option => option.TakesObject && !options.ContainsKey(option.Name));
        if (piped is not null && receiver is not null)
        {
            options[receiver.Name] = [piped];
        }

        return new BoundCommand(command, [.. options.Select(option => new BoundOption(option.Key, option.Value))], [.. free], unlisted.ToImmutable(), place);
    }

    // A position that a name has taken is passed over.
    private static void Positions(CommandDescription command, Dictionary<string, ImmutableArray<Value>> options, List<Value> free)
    {
        foreach (var group in command.Options.Where(option => option.Position is not null).GroupBy(option => option.Position!.Value).OrderBy(group => group.Key))
        {
            if (free.Count == 0)
            {
                return;
            }

            if (!group.Any(option => options.ContainsKey(option.Name)))
            {
                options[group.First().Name] = [free[0]];
                free.RemoveAt(0);
            }
        }
    }
}
