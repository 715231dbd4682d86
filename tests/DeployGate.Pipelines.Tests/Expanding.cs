using System.Globalization;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Tests;

/// <summary>Expands pipelines that tests write down, and prints what became of them.</summary>
internal static class Expanding
{
    internal static Pipeline Workflow(string text, MemoryFiles? files = null) => Pipeline(PipelineReader.Read(new SourceText(".github/workflows/ci.yml", text), files ?? []));

    internal static Pipeline Azure(string text, MemoryFiles? files = null) => Pipeline(PipelineReader.Read(new SourceText("azure-pipelines.yml", text), files ?? []));

    internal static Pipeline Pipeline(PipelineRead read) => read switch
    {
        PipelineRead.Entry entry => entry.Pipeline,
        PipelineRead.Template { Alone: { } alone } => alone,
        _ => throw new InvalidOperationException($"not a pipeline: {string.Join("; ", read.Problems.Select(problem => problem.Message))}"),
    };

    /// <summary>Jobs and steps, one a line; scripts with their lines joined by a return sign, holes in braces.</summary>
    internal static string Print(this Pipeline pipeline, RunValues? run = null, bool withEnvironment = false)
    {
        var text = new StringBuilder();
        foreach (var job in pipeline.Jobs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{job.Id}{Needs(job)} [{job.System}]{When(job.When)}{Condition(job.ResolveGuard(run ?? RunValues.Empty))}\n");
            foreach (var step in job.Steps)
            {
                var resolved = step.Resolve(run ?? RunValues.Empty);
                text.Append(CultureInfo.InvariantCulture, $"  {step.Key}: {Show(resolved.Action)}{Directory(resolved)}{When(step.When)}{(resolved.ContinueOnError is false ? "" : " goes-on")}{Condition(resolved.Guard)}\n");
                foreach (var variable in withEnvironment ? resolved.Environment.Where(variable => !IsBuiltIn(variable.Key)) : [])
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {variable.Key}={variable.Value.Show()}\n");
                }
            }
        }

        foreach (var problem in pipeline.Problems)
        {
            text.Append(CultureInfo.InvariantCulture, $"! {problem.At}: {problem.Message}. {problem.Fix}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    internal static string Show(this Value? value) => (value is { IsSecret: true } ? "secret " : "") + value switch
    {
        null => "(none)",
        NullValue => "null",
        StringValue text => text.Text,
        BoolValue flag => flag.IsTrue ? "true" : "false",
        IntValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue number => number.Lexeme,
        PartialString partial => partial.Pattern,
        UnknownValue { Alternatives.Length: > 0 } unknown => $"{{{string.Join(" or ", unknown.Alternatives.Select(Show))}}}",
        UnknownValue unknown => $"{{{unknown.Expression}: {unknown.Reason}}}",
        ArrayValue array => $"[{string.Join(", ", array.Items.Select(Show))}{(array.Rest is null ? "" : ", ...")}]",
        ObjectValue map => $"{{{string.Join(", ", map.Members.Select(member => $"{member.Name}: {member.Value.Show()}"))}{(map.Rest is null ? "" : ", ...")}}}",
        _ => value.ToString()!,
    };

    internal static string Show(this ScriptText script)
    {
        var text = new StringBuilder();
        for (var i = 0; i < script.Content.Length; i++)
        {
            text.Append(script.HoleAt(i) is { } hole ? hole is UnknownValue { Alternatives.IsEmpty: true, IsSecret: false } unknown ? $"{{{unknown.Expression}}}" : hole.Show() : script.Content[i].ToString());
        }

        return text.ToString().TrimEnd('\n').Replace("\n", "\u23ce", StringComparison.Ordinal);
    }

    private static bool IsBuiltIn(string name) => name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("RUNNER_", StringComparison.Ordinal)
        || name.StartsWith("BUILD_", StringComparison.Ordinal) || name.StartsWith("SYSTEM_", StringComparison.Ordinal) || name.StartsWith("AGENT_", StringComparison.Ordinal)
        || name.StartsWith("PIPELINE_", StringComparison.Ordinal) || name.StartsWith("COMMON_", StringComparison.Ordinal) || name == "TF_BUILD";

    private static string Show(StepAction action) => action switch
    {
        StepAction.RunScript script => $"{Show(script.Dialect, script.Stops)} | {script.Text.Show()}{(script.Arguments is null ? "" : $" <{script.Arguments.Show()}>")}",
        StepAction.RunScriptFile file => $"{Show(file.Dialect, file.Stops)} file {file.Path.Show()}{(file.Arguments is null ? "" : $" <{file.Arguments.Show()}>")}",
        StepAction.UseTask task => $"{task.Name}{(task.Version is { } version ? $"@{version}" : "")}{string.Concat(task.Inputs.Where(input => input.Text is not null).Select(input => $" {input.Name}={input.Value.Show()}"))}",
        StepAction.Unread unread => $"unread {unread.Reason}: {unread.Detail}",
        _ => "nothing",
    };

    private static string Show(ScriptDialect dialect, StopBehaviour stops) =>
        $"{dialect.Name}{(dialect.IsAssumed ? "?" : "")}{(stops.AtCommand ? " -e" : "")}{(stops.InPipe ? " pipefail" : "")}{(stops.AtCmdlet ? " stop" : "")}";

    private static string Needs(Job job) => job.Needs.IsEmpty ? "" : $" < {string.Join(", ", job.Needs)}";

    private static string When(RunsWhen when) => when == RunsWhen.Success ? "" : $" ({when})";

    private static string Directory(ResolvedStep step) => step.WorkingDirectory is null ? "" : $" in {step.WorkingDirectory.Show()}";

    private static string Condition(Guard? guard) => guard is null ? "" : $" if {guard.Condition}{(guard.IsFalse ? " = false" : "")}{(guard.Outer is null ? "" : Condition(guard.Outer))}";
}
