using System.Collections.Immutable;

namespace DeployGate.Pipelines.Tasks;

/// <summary>How a task is read.</summary>
internal enum TaskReading
{
    /// <summary>By its inputs.</summary>
    Inputs,

    /// <summary>It carries a script, inline or as a file.</summary>
    Script,

    /// <summary>It does nothing to images, machines and deployments.</summary>
    Nothing,
}

/// <summary>An input: its name, other names for it, and its default (null: none).</summary>
internal sealed record InputDescription(string Name, ImmutableArray<string> Aliases, string? Default);

/// <summary>A task or action and its inputs.</summary>
internal sealed record TaskDescription(string Name, TaskReading Reading, ImmutableArray<InputDescription> Inputs)
{
    /// <summary>The input of a name or alias, in any case; null for one that the table does not list.</summary>
    internal InputDescription? Find(string name) => Inputs.FirstOrDefault(input =>
        input.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || input.Aliases.Any(alias => alias.Equals(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Reads a row: <c>Name; input; input(alias,alias); input=default</c>.</summary>
    internal static TaskDescription Parse(TaskReading reading, string row)
    {
        var parts = row.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new TaskDescription(parts[0], reading, [.. parts.Skip(1).Select(Input)]);
    }

    private static InputDescription Input(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (head, value) = equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
        var open = head.IndexOf('(', StringComparison.Ordinal);
        return open < 0
            ? new InputDescription(head, [], value)
            : new InputDescription(head[..open], [.. head[(open + 1)..^1].Split(',')], value);
    }
}
