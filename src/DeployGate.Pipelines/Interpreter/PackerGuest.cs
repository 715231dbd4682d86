using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Packer;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>What the provisioners of a build make of its machine.</summary>
internal sealed class PackerGuest(AzureContext azure, PathState path, PackerBuild build, Value machine)
{
    internal void Run(PackerScope scope)
    {
        foreach (var step in build.Provisioners)
        {
            switch (step.Type)
            {
                case "shell-local" or "file" or "breakpoint" or "sleep":
                    break;
                case "windows-restart" or "windows-update":
                    azure.Apply(path, new Effect.Power(machine, MachineActionKind.Restart), step.Place);
                    break;
                case "shell" or "powershell" or "windows-shell":
                    Enter(Outcome(step, scope), step.Place);
                    break;
                default:
                    Enter(GuestOutcome.Unread($"{(step.Type.Length == 0 ? "a dynamic provisioner" : $"'{step.Type}'")} runs inside it and is not read"), step.Place);
                    break;
            }
        }
    }

    // Packer ends the build when a script fails, so that one which got here has done what it does.
    private void Enter(GuestOutcome outcome, Place place) =>
        azure.Apply(path, new Effect.Guest(machine, outcome.Strength == Strength.Likely ? outcome with { Strength = Strength.Certain } : outcome, ByAgent: false), place);

    private GuestOutcome Outcome(PackerProvisioner step, PackerScope scope)
    {
        var outcome = GuestOutcome.InUse;
        foreach (var text in Texts(step.Settings, scope))
        {
            var next = text is null ? GuestOutcome.Unread("a script that runs inside it is not in the repository") : Read(step.Type, text, step.Place);

            // A further script in the same login undoes no preparation unless it boots.
            outcome = next.Kind == GuestKind.InUse && outcome.Kind != GuestKind.InUse ? outcome : next;
        }

        return outcome;
    }

    private static GuestOutcome Read(string type, Value text, Place place) => type switch
    {
        "windows-shell" => GuestScripts.Fold(BatchCommands(text), place),
        "powershell" => GuestScripts.Read(text, GuestLanguage.PowerShell, place),
        _ => GuestScripts.Read(text, GuestLanguage.Shell, place),
    };

    private static IEnumerable<GuestCommand> BatchCommands(Value text) =>
        from line in (Values.Pattern(text) ?? "").Split('\n', '&', '|')
        let words = line.Trim().TrimStart('@').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 0 && !words[0].Equals("rem", StringComparison.OrdinalIgnoreCase) && !words[0].StartsWith("::", StringComparison.Ordinal)
        select new GuestCommand([.. words], false, false, false);

    /// <summary>The scripts of a step in order; null for one that is not known.</summary>
    private IEnumerable<Value?> Texts(ObjectValue settings, PackerScope scope)
    {
        if (settings.Get("inline") is { } inline)
        {
            yield return inline is ArrayValue { Rest: null } lines
                ? Values.Concat([.. lines.Items.SelectMany(line => new[] { line, Values.Text("\n") })], inline.Origin?.Place)
                : inline is StringValue ? inline : null;
        }

        ImmutableArray<Value> files = [.. settings.Get("script") is { } script ? new[] { script } : [], .. settings.Get("scripts") is ArrayValue list ? list.Items : settings.Get("scripts") is { } computed ? [computed] : []];
        foreach (var file in files)
        {
            yield return (azure.Read(path, file) ?? Rooted(file, scope))?.Text;
        }
    }

    // The folder of the template is a path from the repository's root, wherever the script stands.
    private ScriptSource? Rooted(Value file, PackerScope scope) =>
        file is StringValue { Text: var text } && scope.Root != "." && text.StartsWith(scope.Root + "/", StringComparison.Ordinal) && azure.Record.Files.Read(text) is FileRead.Found found
            ? new ScriptSource(found.Source, new StringValue(found.Source.Content))
            : null;
}
