using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter.Batch;
using DeployGate.Pipelines.Interpreter.PowerShell;
using DeployGate.Pipelines.Interpreter.Shell;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Follows a script in whichever language it is.</summary>
internal static class ScriptRuns
{
    internal static void Run(AzureContext azure, PathState path, ScriptText text, ScriptLanguage language, ImmutableArray<Value> arguments)
    {
        // A program of its own: nobody reads what it prints.
        (var printed, path.Printed) = (path.Printed, null);
        switch (language)
        {
            case ScriptLanguage.Bash or ScriptLanguage.Sh:
                ShellRun.Run(azure, path, text, arguments);
                break;
            case ScriptLanguage.PowerShell:
                Environment(path);
                PowerShellRun.Run(azure, path, text, arguments);
                break;
            case ScriptLanguage.Batch:
                BatchRun.Run(azure, path, text, arguments);
                break;
        }

        path.Printed = printed;
    }

    // What a step is given are environment variables, which PowerShell keeps apart.
    private static void Environment(PathState path)
    {
        foreach (var (name, value) in path.Variables.Items.Where(pair => !pair.Key.StartsWith('\0') && !pair.Key.StartsWith("env:", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            path.Variables = path.Variables.Remove(name).Set("env:" + name, value);
        }
    }
}
