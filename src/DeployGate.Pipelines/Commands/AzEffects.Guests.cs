using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

internal sealed partial class AzEffects
{
    private Value? RunCommand()
    {
        var isPowerShell = command.Text("command-id")?.Contains("PowerShell", StringComparison.OrdinalIgnoreCase);
        var language = isPowerShell is null ? GuestLanguage.Unknown : isPowerShell.Value ? GuestLanguage.PowerShell : GuestLanguage.Shell;
        var words = command.All("scripts");
        var text = words.IsEmpty ? command["script"] : Values.Concat([.. words.SelectMany((word, i) => i == 0 ? new[] { Loaded(word) } : [Values.Text("\n"), Loaded(word)])], command.Place);
        return ForEach(id => new Effect.Guest(id, AgentScripts.Outcome(text is null ? null : Loaded(text), language, command.Place, isDeferred: command.Has("no-wait")), ByAgent: true));
    }

    private Value? Extension()
    {
        var isScript = command["name"] is not StringValue { Text: var name } || name.Contains("CustomScript", StringComparison.OrdinalIgnoreCase) || command.Text("publisher")?.Contains("Azure.Extensions", StringComparison.OrdinalIgnoreCase) == true;
        if (!isScript)
        {
            return null;
        }

        var settings = new[] { command["settings"], command["protected-settings"] }.OfType<Value>().Select(Loaded).ToList();
        return ForEach(id => new Effect.Guest(id, AgentScripts.OfSettings(azure, path, settings, command.Place), ByAgent: true));
    }

    /// <summary>The text of <c>@file</c>; any other word as it is.</summary>
    private Value Loaded(Value word)
    {
        if (word is not StringValue { Text: ['@', _, ..] })
        {
            return word is PartialString { KnownStart: ['@', ..] } ? Values.Unknown(Values.Pattern(word)!, "the file is not known") : word;
        }

        if (azure.Read(path, Values.After(word, 1)) is { } source)
        {
            return source.Text;
        }

        Remark($"'{((StringValue)word).Text[1..]}' is not in the repository", RemarkCodes.MissingFile);
        return Values.Unknown(((StringValue)word).Text, "the file is not in the repository", UnknownReason.MissingFile);
    }
}

/// <summary>Scripts that Azure's agent runs inside a machine.</summary>
internal static class AgentScripts
{
    internal static GuestOutcome Outcome(Value? text, GuestLanguage language, Core.Text.Place place, bool isDeferred)
    {
        if (text is null)
        {
            return GuestOutcome.Unread("the script that runs inside it is not known");
        }

        var outcome = GuestScripts.Read(text, language, place).AtMost(Strength.Likely, "Azure does not pass on the script's exit code");
        var isAgent = outcome.Items.Any(item => item.Value.Contains("waagent", StringComparison.OrdinalIgnoreCase));
        outcome = isAgent ? outcome.AtMost(Strength.Possible, "waagent -deprovision stops the agent that runs it, so that the command does not end well") : outcome;
        return isDeferred ? outcome.AtMost(Strength.Possible, "it was started without waiting for it") : outcome;
    }

    /// <summary>The script in the settings of a CustomScript extension.</summary>
    internal static GuestOutcome OfSettings(AzureContext azure, PathState path, List<Value> settings, Core.Text.Place place)
    {
        foreach (var one in settings)
        {
            var text = Values.Pattern(one);
            if (one is ObjectValue map && map.Find("commandToExecute")?.Value is { } direct)
            {
                return Outcome(direct, GuestLanguage.Unknown, place, false);
            }

            if (text is not null && SettingText(text, "commandToExecute") is { } command)
            {
                return OfCommandLine(azure, path, command, place);
            }

            if (text is not null && SettingText(text, "script") is { } encoded)
            {
                return Decode(encoded) is { } script ? Outcome(Values.Text(script), GuestLanguage.Shell, place, false) : GuestOutcome.Unread("the script of the extension is not readable");
            }
        }

        return GuestOutcome.Unread("the script of the extension is not known");
    }

    /// <summary>A command line that may run a file of this repository.</summary>
    internal static GuestOutcome OfCommandLine(AzureContext azure, PathState path, string line, Core.Text.Place place)
    {
        var outcome = Outcome(Values.Text(line), GuestLanguage.Unknown, place, false);
        if (outcome.Kind is GuestKind.Prepared or GuestKind.Booted)
        {
            return outcome;
        }

        var file = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"', '\'')).FirstOrDefault(word => word.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) || word.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase));
        return file is not null && azure.Read(path, Values.Text(file)) is { } source
            ? Outcome(source.Text, file.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? GuestLanguage.PowerShell : GuestLanguage.Shell, place, false)
            : outcome;
    }

    // Settings are JSON, which people write with and without escapes; one member's text is all that matters.
    private static string? SettingText(string json, string name)
    {
        var at = json.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        var colon = at < 0 ? -1 : json.IndexOf(':', at);
        var open = colon < 0 ? -1 : json.IndexOfAny(['"', '\''], colon);
        if (open < 0)
        {
            return null;
        }

        var close = open + 1;
        while (close < json.Length && (json[close] != json[open] || json[close - 1] == '\\'))
        {
            close++;
        }

        return json[(open + 1)..Math.Min(close, json.Length)].TrimEnd('\\').Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
    }

    private static string? Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) && !(length > 1 && bytes[0] == 0x1F && bytes[1] == 0x8B)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }
}
