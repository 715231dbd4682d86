using System.Text;
using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>Prints what following a script or pipeline gave, one line for each thing.</summary>
internal static class RunPrinter
{
    internal static string Bash(string script, params (string Path, string Text)[] files) => Print(Run(script, ScriptDialect.Bash, files));

    internal static string PowerShell(string script, params (string Path, string Text)[] files) => Print(Run(script, ScriptDialect.PowerShellCore, files));

    internal static string Batch(string script) => Print(Run(script, ScriptDialect.Batch));

    internal static PipelineRun Run(string script, ScriptDialect dialect, params (string Path, string Text)[] files) =>
        ScriptInterpreter.Run(ScriptText.Of(new SourceText("script", script)), dialect, new MemoryFiles(files));

    internal static string Pipeline(string path, string text, params (string Path, string Text)[] files)
    {
        var read = PipelineReader.Read(new SourceText(path, text), new MemoryFiles(files));
        return read is PipelineRead.Entry entry ? Print(PipelineInterpreter.Run(entry.Pipeline, new MemoryFiles(files))) : "not a pipeline";
    }

    internal static PipelineRun Follow(string path, string text, params (string Path, string Text)[] files)
    {
        var entry = Assert.IsType<PipelineRead.Entry>(PipelineReader.Read(new SourceText(path, text), new MemoryFiles(files)));
        return PipelineInterpreter.Run(entry.Pipeline, new MemoryFiles(files));
    }

    internal static string Print(PipelineRun run)
    {
        var lines = new List<(int At, string Line)>();
        foreach (var operation in run.Operations)
        {
            var states = operation.States.Where(state => Values(operation.Resource.Body).Contains(ArtifactCatalog.Show(state.Id))).Select(State);
            lines.Add((operation.Place.Span.Start, $"{Maybe(operation.IsMaybe)}{ArtifactTypes.NameOf(operation.Resource.Type)} {Short(operation.Resource.Id)} {Body(operation.Resource.Body)}{string.Concat(states.Select(state => $"\n    {state}"))}"));
        }

        foreach (var action in run.Actions)
        {
            var before = action.Before is { } state ? $" [{State(state)}]" : "";
            lines.Add((action.Place.Span.Start, $"{Maybe(action.IsMaybe)}{action.Kind} {action.Name} while {action.Power}{before}"));
        }

        foreach (var deployment in run.Deployments)
        {
            lines.Add((deployment.Place.Span.Start, $"{Maybe(deployment.IsMaybe)}{(deployment.IsDryRun ? "preview" : "deploy")} {Show(deployment.Template?.Value)} to {deployment.Scope.Kind} {Show(deployment.Scope.ResourceGroup)} with {string.Join(", ", deployment.Parameters.Select(Source))}"));
        }

        lines.AddRange(run.Remarks.Select(remark => (remark.Place.Span.Start, $"remark {remark.Code}: {remark.Message}")));
        lines.AddRange(run.Problems.Select(problem => (problem.At.Span.Start, $"problem {problem.Message}")));
        var text = new StringBuilder();
        foreach (var line in lines.Select((line, i) => (line.At, i, line.Line)).OrderBy(line => line.At).ThenBy(line => line.i))
        {
            text.Append(line.Line).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    internal static string State(ObservedState state) =>
        $"{Short(state.Id)}: mark {state.Mark}, guest {state.Guest}{(state.Reason.Length == 0 ? "" : $" ({state.Reason})")}{string.Concat(state.Related.Select(place => $" <{place.Message} {place.Place.Start.Line}>"))}";

    private static string Maybe(bool isMaybe) => isMaybe ? "maybe " : "";

    private static string Source(ParameterSource source) => source switch
    {
        ParameterSource.File file => $"file {Show(file.Path)}",
        ParameterSource.Named named => $"{named.Name}={Show(named.Value)}",
        ParameterSource.Inline inline => $"inline {Show(inline.Object)}",
        _ => "unknown",
    };

    private static string Short(Value id) => ArtifactCatalog.Show(id) is var text && text.Contains("/providers/", StringComparison.Ordinal)
        ? string.Join('/', text.Split("/providers/")[^1].Split('/').Skip(1).Where((_, i) => i % 2 == 1))
        : text;

    private static string Show(Value? value) => value switch
    {
        null => "none",
        ObjectValue map => "{" + string.Join(", ", map.Members.Select(member => $"{member.Name}: {Show(member.Value)}")) + "}",
        ArrayValue list => "[" + string.Join(", ", list.Items.Select(Show)) + "]",
        BoolValue truth => truth.IsTrue ? "true" : "false",
        IntValue number => $"{number.Number}",
        UnknownValue { Alternatives.Length: > 0 } choice => string.Join(" | ", choice.Alternatives.Select(Show)),
        _ => ArtifactCatalog.Show(value),
    };

    private static string Body(ObjectValue body) => string.Join(' ', Leaves("", body).Where(leaf => leaf.Name is not ("computerName" or "adminUsername" or "hyperVGeneration" or "features")).Select(leaf => $"{leaf.Name}={leaf.Text}"));

    private static IEnumerable<string> Values(Value value) => Leaves("", value).Select(leaf => leaf.Full);

    private static IEnumerable<(string Name, string Text, string Full)> Leaves(string name, Value value)
    {
        if (value is not ObjectValue map)
        {
            return [(name, Short(value) is var text && value is UnknownValue { Alternatives.Length: > 0 } ? Show(value) : text, ArtifactCatalog.Show(value))];
        }

        var inner = map.Members.SelectMany(member => Leaves(member.Name == "id" ? name : member.Name, member.Value));
        return name == "osProfile" ? inner.Prepend(("osProfile", "yes", "")) : inner;
    }
}

/// <summary>The files of a repository, in memory.</summary>
internal sealed class MemoryFiles(params (string Path, string Text)[] files) : ISourceFiles
{
    public FileRead Read(string path) => files.FirstOrDefault(file => file.Path == path) is { Text: { } text } ? new FileRead.Found(new SourceText(path, text)) : new FileRead.Missing(path);

    public IReadOnlyList<string>? List(string folder)
    {
        var start = folder == "." ? "" : folder + "/";
        var names = files.Select(file => file.Path).Where(path => path.StartsWith(start, StringComparison.Ordinal)).Select(path => path[start.Length..]).Where(name => !name.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? null : names;
    }
}
