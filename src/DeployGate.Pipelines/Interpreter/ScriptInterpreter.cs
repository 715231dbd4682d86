using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Follows a script that no pipeline runs. Its arguments and what it does not set itself are not known.</summary>
internal static class ScriptInterpreter
{
    internal static PipelineRun Run(ScriptText text, ScriptDialect dialect, ISourceFiles files)
    {
        var record = new RunRecord(files);
        var path = new PathState(World.New(), NamesOf(dialect.Language));
        ScriptRuns.Run(new AzureContext(record), path, text, dialect.Language, default(ImmutableArray<Value>));
        return record.ToRun(text.Source, []);
    }

    /// <summary>The language that a file's name tells; null for another file.</summary>
    internal static ScriptDialect? DialectOf(string path)
    {
        var extension = path.AsSpan(path.LastIndexOf('.') + 1);
        return Is(extension, "sh") || Is(extension, "bash") ? ScriptDialect.Bash
            : Is(extension, "ps1") || Is(extension, "psm1") ? ScriptDialect.PowerShellCore
            : Is(extension, "bat") || Is(extension, "cmd") ? ScriptDialect.Batch : null;
    }

    private static bool Is(ReadOnlySpan<char> extension, string name) => extension.Equals(name, StringComparison.OrdinalIgnoreCase);

    internal static StringComparer NamesOf(ScriptLanguage language) =>
        language is ScriptLanguage.Bash or ScriptLanguage.Sh ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
}
