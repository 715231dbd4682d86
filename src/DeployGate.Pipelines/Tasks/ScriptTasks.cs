using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tasks;

/// <summary>Takes the script out of the tasks that carry one.</summary>
internal static class ScriptTasks
{
    /// <summary>The script of a task; the task itself when it names neither a text nor a file.</summary>
    internal static StepAction Read(StepAction.UseTask task, JobSystem system) => task.Name.ToLowerInvariant() switch
    {
        "azurecli" => AzureCli(task, system),
        "azurepowershell" => Either(task, IsInline(task["ScriptType"], "InlineScript"), "Inline", "ScriptPath", "ScriptArguments", Shell(task), Cmdlets(task["errorActionPreference"], task.Version is < 4 ? new BoolValue(true) : null)),
        "powershell" => Either(task, IsInline(task["targetType"], "inline"), "script", "filePath", "arguments", Shell(task), Cmdlets(task["errorActionPreference"], task["ignoreLASTEXITCODE"])),
        "bash" => Either(task, IsInline(task["targetType"], "inline"), "script", "filePath", "arguments", ScriptDialect.Bash, StopBehaviour.GoesOn),
        "cmdline" => Either(task, true, "script", "script", "", Default(system), StopBehaviour.GoesOn),
        "shellscript" => Either(task, false, "", "scriptPath", "args", ScriptDialect.Bash, StopBehaviour.GoesOn),
        "batchscript" => Either(task, false, "", "filename", "arguments", ScriptDialect.Batch, StopBehaviour.GoesOn),
        _ => task,
    };

    private static StepAction AzureCli(StepAction.UseTask task, JobSystem system)
    {
        // The first version has no script type: bash, or batch on Windows.
        var dialect = (task["scriptType"] as StringValue)?.Text.ToLowerInvariant() switch
        {
            "ps" => ScriptDialect.WindowsPowerShell,
            "pscore" => ScriptDialect.PowerShellCore,
            "batch" => ScriptDialect.Batch,
            "bash" => ScriptDialect.Bash,
            _ when task["scriptType"] is null => Default(system),
            _ => ScriptDialect.Bash with { IsAssumed = true },
        };
        var stops = dialect.Language == ScriptLanguage.PowerShell ? Cmdlets(task["powerShellErrorActionPreference"], task["powerShellIgnoreLASTEXITCODE"]) : StopBehaviour.GoesOn;
        return Either(task, IsInline(task["scriptLocation"], "inlineScript"), "inlineScript", "scriptPath", "scriptArguments", dialect, stops);
    }

    // Where the place of the script is left out, the input that is given tells.
    private static StepAction Either(StepAction.UseTask task, bool isInline, string script, string path, string arguments, ScriptDialect dialect, StopBehaviour stops)
    {
        var extra = task.Input(arguments)?.Text is { Content.Length: > 0 } given ? given : null;
        if (isInline)
        {
            return task.Input(script)?.Text is { } text ? new StepAction.RunScript(text, dialect, stops, extra, task) : task;
        }

        return task.Input(path) is { Text: { } name } file
            ? new StepAction.RunScriptFile(file.Value, name.PlaceOf(new Core.Text.TextSpan(0, name.Content.Length)), extra, dialect, stops, task)
            : task;
    }

    private static bool IsInline(Value? location, string inline) => location is StringValue text && text.Text.Trim().Equals(inline, StringComparison.OrdinalIgnoreCase);

    private static ScriptDialect Shell(StepAction.UseTask task) => task["pwsh"] is StringValue text && text.Text.Equals("true", StringComparison.OrdinalIgnoreCase)
        ? ScriptDialect.PowerShellCore
        : ScriptDialect.WindowsPowerShell;

    // Where errors are passed over in silence, or the exit code is not asked for, a script that fails may be taken for one that does not.
    private static StopBehaviour Cmdlets(Value? preference, Value? ignoresCode)
    {
        var word = preference is null ? "stop" : (preference as StringValue)?.Text.ToLowerInvariant();
        return new StopBehaviour(false, false, preference is not StringValue || word == "stop")
        {
            MayIgnoreFailure = word is not ("stop" or "continue") || ignoresCode is not (null or StringValue { Text: "" or "false" or "False" }),
        };
    }

    private static ScriptDialect Default(JobSystem system) => system switch
    {
        JobSystem.Windows => ScriptDialect.Batch,
        JobSystem.Unknown => ScriptDialect.Bash with { IsAssumed = true },
        _ => ScriptDialect.Bash,
    };
}
