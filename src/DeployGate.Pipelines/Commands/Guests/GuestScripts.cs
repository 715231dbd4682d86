using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;
using DeployGate.Pipelines.PowerShellScripts.Syntax;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Commands.Guests;

/// <summary>The language of a script that is sent into a machine.</summary>
internal enum GuestLanguage
{
    /// <summary>The carrier does not tell.</summary>
    Unknown,

    /// <summary>bash or sh.</summary>
    Shell,

    /// <summary>PowerShell.</summary>
    PowerShell,
}

/// <summary>One command in a guest's script, as words.</summary>
/// <param name="Words">The name, then its arguments; what is not known stands as a brace pair.</param>
/// <param name="IsConfirmed">True when its question is answered from a pipe.</param>
/// <param name="IsDeferred">True when it runs later, unwatched.</param>
/// <param name="IsSwallowed">True when its failure is ignored.</param>
internal sealed record GuestCommand(ImmutableArray<string> Words, bool IsConfirmed, bool IsDeferred, bool IsSwallowed);

/// <summary>Recognises what scripts do to the guest they run in.</summary>
internal static class GuestScripts
{
    /// <summary>The outcome of a script's text.</summary>
    internal static GuestOutcome Read(Value text, GuestLanguage language, Place place)
    {
        if (text is not (StringValue or PartialString))
        {
            return GuestOutcome.Unread("the script that runs inside it is not known");
        }

        var script = ScriptOf(text, place);
        var language2 = language != GuestLanguage.Unknown ? language : LooksLikePowerShell(script.Content) ? GuestLanguage.PowerShell : GuestLanguage.Shell;
        var isPowerShell = language2 == GuestLanguage.PowerShell;
        var (commands, watches) = isPowerShell ? PowerShellGuestReader.Read(PowerShellParser.Parse(script)) : ShellGuestReader.Read(ShellParser.Parse(script));
        var outcome = Fold(commands, place);
        return watches ? outcome with { Strength = Strength.Certain } : outcome;
    }

    /// <summary>What commands that run one after the other make of a guest.</summary>
    internal static GuestOutcome Fold(IEnumerable<GuestCommand> commands, Place place)
    {
        var outcome = GuestOutcome.InUse;
        string? unread = null;
        foreach (var command in commands)
        {
            var effect = GuestCommands.Classify(command);
            var item = new GuestItem($"{place}", Line(command), effect.Reason);
            switch (effect.Kind)
            {
                case GuestCommandKind.Prepares:
                    outcome = new GuestOutcome(GuestKind.Prepared, effect.Strength, effect.Reason, effect.TurnsOff, [.. outcome.Items, item]);
                    break;
                case GuestCommandKind.Boots when outcome.Kind == GuestKind.Prepared || effect.Reason.Length > 0:
                    outcome = new GuestOutcome(GuestKind.Booted, Strength.Certain, effect.Reason.Length > 0 ? effect.Reason : "it was prepared and then restarted: setup has run again", false, [.. outcome.Items, item]);
                    break;
                case GuestCommandKind.TurnsOff:
                    outcome = outcome with { TurnsOff = true };
                    break;
                case GuestCommandKind.Fails:
                    outcome = outcome with { Items = [.. outcome.Items, item], Reason = effect.Reason };
                    break;
                case GuestCommandKind.Unread:
                    unread = effect.Reason;
                    break;
            }
        }

        return outcome.Kind == GuestKind.InUse && unread is not null ? GuestOutcome.Unread(unread) with { TurnsOff = outcome.TurnsOff } : outcome;
    }

    /// <summary>A text as a script; what is not known becomes a hole.</summary>
    internal static ScriptText ScriptOf(Value text, Place place)
    {
        if (text is StringValue known)
        {
            return ScriptText.Of(known.Text, place);
        }

        var builder = new ScriptText.Builder(place.Source);
        foreach (var part in ((PartialString)text).Parts)
        {
            _ = part.Literal is { } literal ? builder.Paste(literal, place.Span) : builder.PasteHole(part.Hole!, place.Span);
        }

        return builder.Build();
    }

    private static bool LooksLikePowerShell(string text) =>
        text.Contains("sysprep", StringComparison.OrdinalIgnoreCase) || text.Contains("$env:", StringComparison.OrdinalIgnoreCase) || text.Contains("powershell", StringComparison.OrdinalIgnoreCase);

    private static string Line(GuestCommand command)
    {
        var line = string.Join(' ', command.Words);
        return line.Length <= 120 ? line : line[..120] + "…";
    }
}
