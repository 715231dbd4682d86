using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>A command with its options, whatever form they were written in.</summary>
/// <param name="Command">The row.</param>
/// <param name="Options">Values by the row's names; a switch has none.</param>
/// <param name="Rest">Words that belong to no option.</param>
/// <param name="Unlisted">Options that the row does not list, without dashes: template parameters, mostly.</param>
/// <param name="Place">The whole command.</param>
internal sealed record BoundCommand(
    CommandDescription Command,
    ImmutableArray<BoundOption> Options,
    ImmutableArray<Value> Rest,
    ImmutableArray<UnlistedOption> Unlisted,
    Place Place)
{
    /// <summary>The last value of an option, or its default.</summary>
    internal Value? this[string name]
    {
        get
        {
            if (All(name) is { IsEmpty: false } values)
            {
                return values[^1];
            }

            return Command.Named(name)?.Default is { } text ? new StringValue(text) { Origin = new Origin(Place) { IsImplied = true } } : null;
        }
    }

    /// <summary>The values of an option; none when it is not written.</summary>
    internal ImmutableArray<Value> All(string name) => IndexOf(name) is >= 0 and var index ? Options[index].Values : [];

    /// <summary>True when the option is written.</summary>
    internal bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>A known text, else null.</summary>
    internal string? Text(string name) => (this[name] as StringValue)?.Text;

    /// <summary>True for a switch that is on: written, and not with a value that says no.</summary>
    internal bool IsOn(string name) => Has(name) && this[name] is not (BoolValue { IsTrue: false } or StringValue { Text: "false" or "False" or "$false" });

    /// <summary>True when a text contains another, case aside.</summary>
    internal bool Is(string name, string text) => string.Equals(Text(name), text, StringComparison.OrdinalIgnoreCase);

    // A command line has a handful of options.
    private int IndexOf(string name)
    {
        for (var i = 0; i < Options.Length; i++)
        {
            if (Options[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>An option that is written, by the row's name, and its values in order.</summary>
internal readonly record struct BoundOption(string Name, ImmutableArray<Value> Values);

/// <summary>An option that the table does not list; its value is null when none follows.</summary>
internal sealed record UnlistedOption(string Name, Value? Value, Place Place);
