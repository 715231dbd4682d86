namespace DeployGate.Cli.Hosts;

/// <summary>How the words of an input become options of <c>check</c>.</summary>
internal enum InputKind
{
    /// <summary>One value.</summary>
    One,

    /// <summary>A value on each line.</summary>
    Lines,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>Paths, one on each line: arguments and not an option.</summary>
    Paths,

    /// <summary>Not of <c>check</c>: the action's own.</summary>
    Own,
}

/// <summary>An input of the action, by the name that stands in <c>action.yml</c>.</summary>
internal sealed record ActionInput(string Name, InputKind Kind)
{
    /// <summary>All inputs. Those of <c>check</c> have its options' names; a test compares this list, action.yml and the guide.</summary>
    internal static IReadOnlyList<ActionInput> All { get; } =
    [
        new("paths", InputKind.Paths),
        new("state", InputKind.Lines),
        new("disk", InputKind.Lines),
        new("policy", InputKind.Lines),
        new("parameters", InputKind.Lines),
        new("subscription", InputKind.One),
        new("resource-group", InputKind.One),
        new("location", InputKind.One),
        new("module-cache", InputKind.One),
        new("allow-env", InputKind.Lines),
        new("allow-host", InputKind.Lines),
        new("allow-disk-access", InputKind.Switch),
        new("timeout", InputKind.One),
        new("cloud", InputKind.One),
        new("max-age", InputKind.One),
        new("config", InputKind.One),
        new("baseline", InputKind.One),
        new("on-unknown", InputKind.One),
        new("offline", InputKind.Switch),
        new("quiet", InputKind.Switch),
        new("verbose", InputKind.Switch),
        new("report", InputKind.Lines),
        new("comment", InputKind.Own),
        new("suggest", InputKind.Own),
        new("token", InputKind.Own),
    ];

    /// <summary>The value the runner hands over, without blanks around it; null when there is none.</summary>
    /// <seealso href="https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs"/>
    internal string? Of(Func<string, string?> environment) =>
        environment("INPUT_" + Name.Replace(' ', '_').ToUpperInvariant())?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>The arguments of <c>check</c>; null when the value is no word of a switch. A value never becomes an option of its own.</summary>
    internal IEnumerable<string>? Arguments(string value) => Kind switch
    {
        InputKind.One => [$"--{Name}={value}"],
        InputKind.Lines => LinesOf(value).Select(line => $"--{Name}={line}"),
        InputKind.Switch when value is "true" or "True" or "TRUE" => [$"--{Name}"],
        InputKind.Switch when value is "false" or "False" or "FALSE" => [],
        InputKind.Switch => null,
        _ => [],
    };

    internal static IEnumerable<string> LinesOf(string value) =>
        value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
