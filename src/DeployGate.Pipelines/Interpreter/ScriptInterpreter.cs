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
        var path = new PathState(World.Empty, NamesOf(dialect.Language));
        ScriptRuns.Run(new AzureContext(record), path, text, dialect.Language, default(ImmutableArray<Value>));
        return record.ToRun(text.Source, []);
    }

    /// <summary>The language that a file's name tells; null for another file.</summary>
    internal static ScriptDialect? DialectOf(string path) => path[(path.LastIndexOf('.') + 1)..].ToLowerInvariant() switch
    {
        "sh" or "bash" => ScriptDialect.Bash,
        "ps1" or "psm1" => ScriptDialect.PowerShellCore,
        "bat" or "cmd" => ScriptDialect.Batch,
        _ => null,
    };

    internal static StringComparer NamesOf(ScriptLanguage language) =>
        language is ScriptLanguage.Bash or ScriptLanguage.Sh ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
}
