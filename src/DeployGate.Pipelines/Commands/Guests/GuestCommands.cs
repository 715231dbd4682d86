using System.Collections.Immutable;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands.Guests;

/// <summary>What one command does to the guest it runs in.</summary>
internal enum GuestCommandKind
{
    /// <summary>Nothing that matters here.</summary>
    Other,

    /// <summary>Prepares it for copies.</summary>
    Prepares,

    /// <summary>Looks like a preparation and is none.</summary>
    Fails,

    /// <summary>Boots it again.</summary>
    Boots,

    /// <summary>Turns it off.</summary>
    TurnsOff,

    /// <summary>Runs something that is not read, and that may prepare it.</summary>
    Unread,
}

/// <summary>A command's effect on the guest.</summary>
internal sealed record GuestCommandEffect(GuestCommandKind Kind, Strength Strength, string Reason, bool TurnsOff = false)
{
    internal static GuestCommandEffect Other { get; } = new(GuestCommandKind.Other, Strength.Certain, "");
}

/// <summary>Knows the commands that prepare guests: sysprep and the Azure Linux agent.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/generalize"/>
/// <seealso href="https://github.com/Azure/WALinuxAgent/blob/master/azurelinuxagent/agent.py"/>
internal static class GuestCommands
{
    private static readonly char[] s_folderEnds = ['/', '\\'];
    private static readonly char[] s_quotes = ['"', '\''];

    /// <summary>The program's name without folder and ending, in lower case.</summary>
    internal static string BaseName(string word)
    {
        var name = word[(word.LastIndexOfAny(s_folderEnds) + 1)..].Trim(s_quotes).ToLowerInvariant();
        return name.EndsWith(".exe", StringComparison.Ordinal) ? name[..^4] : name;
    }

    internal static GuestCommandEffect Classify(GuestCommand command)
    {
        var words = Unwrap(command.Words);
        if (words.IsEmpty)
        {
            return GuestCommandEffect.Other;
        }

        var arguments = words.AsSpan()[1..];
        switch (BaseName(words[0]))
        {
            case "sysprep":
                return Sysprep(command, arguments);
            case "waagent":
                return Agent(command, arguments);
            case "cloud-init" when arguments.Contains("clean"):
                return new(GuestCommandKind.Prepares, Strength.Possible, "'cloud-init clean' alone leaves users, keys and the agent's state");
            case "reboot" or "restart-computer":
            case "shutdown" when arguments.ContainsAny("-r", "/r"):
                return new(GuestCommandKind.Boots, Strength.Certain, "");
            case "shutdown" or "poweroff" or "halt" or "stop-computer":
                return new(GuestCommandKind.TurnsOff, Strength.Certain, "");
            default:
                return Unread(words);
        }
    }

    private static GuestCommandEffect Sysprep(GuestCommand command, ReadOnlySpan<string> arguments)
    {
        HashSet<string> flags = new(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in arguments)
        {
            foreach (var word in argument.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            {
                flags.Add(word.Trim('"', '\'').TrimStart('/', '-'));
            }
        }

        if (!flags.Contains("generalize"))
        {
            return arguments.ContainsAnyExcept([]) && string.Concat(arguments!).Contains("{}", StringComparison.Ordinal)
                ? new(GuestCommandKind.Unread, Strength.Possible, "the options of sysprep are not known")
                : new(GuestCommandKind.Fails, Strength.Certain, "sysprep without /generalize does not prepare a guest for copies");
        }

        if (flags.Contains("audit"))
        {
            return new(GuestCommandKind.Fails, Strength.Certain, "sysprep /audit leaves the guest in audit mode");
        }

        return flags.Contains("reboot")
            ? new(GuestCommandKind.Boots, Strength.Certain, "sysprep /reboot starts setup on this machine")
            : new(GuestCommandKind.Prepares, StrengthOf(command, Strength.Likely), Reason(command), flags.Contains("shutdown") || !flags.Contains("quit"));
    }

    private static GuestCommandEffect Agent(GuestCommand command, ReadOnlySpan<string> arguments)
    {
        var deprovisions = false;
        var forces = command.IsConfirmed;
        foreach (var argument in arguments)
        {
            var flag = argument.TrimStart('-', '/').ToLowerInvariant();
            deprovisions |= flag.StartsWith("deprovision", StringComparison.Ordinal);
            forces |= flag.StartsWith("force", StringComparison.Ordinal);
        }

        if (!deprovisions)
        {
            return GuestCommandEffect.Other;
        }

        return forces
            ? new(GuestCommandKind.Prepares, StrengthOf(command, Strength.Certain), Reason(command))
            : new(GuestCommandKind.Fails, Strength.Certain, "waagent -deprovision without -force asks a question that nobody answers");
    }

    private static Strength StrengthOf(GuestCommand command, Strength most) => command.IsDeferred || command.IsSwallowed ? Strength.Possible : most;

    private static string Reason(GuestCommand command) => command.IsDeferred ? "it runs later, and nothing waits for it" : command.IsSwallowed ? "its failure is ignored" : "";

    private static GuestCommandEffect Unread(ImmutableArray<string> words)
    {
        var name = words[0];
        var isScript = name.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bat", StringComparison.OrdinalIgnoreCase);
        if (isScript || name.Contains("{}", StringComparison.Ordinal))
        {
            return new(GuestCommandKind.Unread, Strength.Possible, $"'{name}' runs inside it and is not read");
        }

        var runsFile = BaseName(name) is "bash" or "sh" or "powershell" or "pwsh" or "python" or "python3" or "ansible-playbook" or "eval" or "source" or "." or "iex" or "invoke-expression";
        return runsFile && words.Length > 1 ? new(GuestCommandKind.Unread, Strength.Possible, $"'{string.Join(' ', words.Take(3))}' runs inside it and is not read") : GuestCommandEffect.Other;
    }

    /// <summary>Drops what only runs another program.</summary>
    private static ImmutableArray<string> Unwrap(ImmutableArray<string> words)
    {
        while (words.Length > 1)
        {
            var isPython = BaseName(words[0]) is "python" or "python3" or "python2" && BaseName(words[1]) == "waagent";
            if (!isPython && BaseName(words[0]) is not ("sudo" or "nohup" or "time" or "exec" or "command" or "psexec" or "env" or "call" or "&"))
            {
                break;
            }

            words = words.RemoveAt(0);
            while (words.Length > 1 && words[0].StartsWith('-') && !isPython)
            {
                words = words.RemoveAt(0);
            }
        }

        return words;
    }
}
