using System.CommandLine;
using DeployGate.Cli.Files;
using DeployGate.Cli.Output;
using DeployGate.Cli.Starting;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate init</c>: a configuration and a workflow or pipeline to start with.</summary>
internal static class InitCommand
{
    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command("init", "Look at the repository, and write a deploygate.yml and a workflow or pipeline steps. What is there already is kept.");
        command.SetAction(_ => Run(surroundings));
        return command;
    }

    private static int Run(Surroundings surroundings)
    {
        var look = RepositoryLook.At(surroundings.WorkingFolder);
        surroundings.Output.Write($"found: {look.Templates} template(s), {look.Parameters} parameter file(s), {look.Scripts} script(s) and other YAML files\n");
        foreach (var file in StarterFiles.For(look))
        {
            var full = Path.Combine(look.Root, file.Path);
            var shown = DiskFiles.Shown(full, surroundings.WorkingFolder);

            // A link that leads nowhere is something as well, although nothing exists at its end.
            if (Path.Exists(full) || new FileInfo(full).LinkTarget is not null)
            {
                surroundings.Output.Write($"kept: {shown} (it was there before)\n");
            }
            else if (WholeFile.WriteNew(full, file.Content) is { } error)
            {
                return surroundings.WrongUsage($"'{shown}' was not written: {error}");
            }
            else
            {
                surroundings.Output.Write($"wrote: {shown}\n");
            }
        }

        surroundings.Output.Write($"next: {(look.HasToolManifest ? "dotnet deploygate" : "deploygate")} check\n");
        return ExitCodes.Open;
    }
}
