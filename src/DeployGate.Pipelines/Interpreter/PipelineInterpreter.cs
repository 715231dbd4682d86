using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// Follows an expanded pipeline: jobs in the order of their needs; jobs that may run side by side each start from where those
/// that they need have ended, and are joined for the next.
/// </summary>
internal sealed class PipelineInterpreter
{
    // What a step leaves to the steps after it, wherever in it that was set.
    private static readonly string[] s_lasting = [Hidden.Subscription, Hidden.Group, Hidden.Location, Hidden.Machine];

    private readonly Pipeline _pipeline;
    private readonly RunRecord _record;
    private readonly AzureContext _azure;
    private readonly Dictionary<string, JobEnd> _ends = new(StringComparer.OrdinalIgnoreCase);

    // The steps of the job that have surely failed.
    private readonly List<string> _failed = [];
    private RunValues _values = RunValues.Empty;

    private PipelineInterpreter(Pipeline pipeline, ISourceFiles files)
    {
        (_pipeline, _record) = (pipeline, new RunRecord(files));
        _azure = new AzureContext(_record);
    }

    internal static PipelineRun Run(Pipeline pipeline, ISourceFiles files)
    {
        var interpreter = new PipelineInterpreter(pipeline, files);
        foreach (var job in pipeline.Jobs)
        {
            interpreter.Follow(job);
        }

        return interpreter._record.ToRun(pipeline.Source, pipeline.Problems);
    }

    private void Follow(Job job)
    {
        var start = Entry(job);
        var path = new PathState(start, StringComparer.OrdinalIgnoreCase);
        var guard = job.ResolveGuard(_values);
        var mayRun = job.Gates.All(gate => Admits(gate.When, gate.Needs.Any(need => _ends.TryGetValue(need, out var end) && !end.MaySucceed)));
        _failed.Clear();
        if (guard is not { IsFalse: true } && mayRun)
        {
            path.IsMaybe = guard is not null;
            foreach (var step in job.Steps)
            {
                Follow(job, step, path);
            }
        }

        // A job that may not run leaves what was before it as the other possibility.
        var maySucceed = _failed.Count == 0 && (mayRun || job.When == RunsWhen.Failure);
        _ends[job.Id] = new JobEnd(start, path.IsMaybe ? path.World.Join(start) : path.World, maySucceed || guard is not null || job.MayIgnoreFailure);
    }

    // Commands are assumed to succeed: what waits for a failure runs only after one that is beyond doubt, and what waits for success always else.
    private static bool Admits(RunsWhen when, bool hasFailed) => when == RunsWhen.Always || (when == RunsWhen.Failure) == hasFailed;

    private bool MayRun(Step step) => step.Gates.IsDefaultOrEmpty
        ? Admits(step.When, _failed.Count > 0)
        : step.Gates.All(gate => Admits(gate.When, _failed.Exists(key => key.StartsWith(gate.Around, StringComparison.Ordinal) && !key.StartsWith(gate.Inside, StringComparison.Ordinal))));

    private World Entry(Job job)
    {
        World? entry = null;
        foreach (var need in job.Needs)
        {
            if (_ends.TryGetValue(need, out var end))
            {
                entry = entry is null ? end.World : World.Merge(end.Start, entry, end.World);
            }
        }

        return entry ?? World.New();
    }

    private void Follow(Job job, Step step, PathState path)
    {
        var resolved = step.Resolve(_values);
        if (resolved.Guard is { IsFalse: true } || !MayRun(step))
        {
            return;
        }

        _record.Step = resolved.DisplayName;
        var way = path.Fork();
        way.IsMaybe |= resolved.Guard is not null;
        way.IsSwallowed = resolved.ContinueOnError is not false;
        Act(step, resolved, way);
        Publish(job, step, way);
        if (way.HasFailed && resolved.Guard is null && !step.MayIgnoreFailure)
        {
            _failed.Add(step.Key);
        }

        path.World = resolved.Guard is null ? way.World : way.World.Join(path.World);
        foreach (var name in s_lasting)
        {
            path.Variables = way.Variables[name] is { } value ? path.Variables.Set(name, value) : path.Variables;
        }

        // Files stay on the machine until the job ends.
        foreach (var (name, value) in way.Variables.Items)
        {
            path.Variables = Hidden.IsFileOfMachine(name) ? path.Variables.Set(name, value) : path.Variables;
        }
    }

    private void Publish(Job job, Step step, PathState way)
    {
        foreach (var (key, value) in way.Variables.Items)
        {
            if (Hidden.OutputName(key) is { } output)
            {
                _values = _values.WithOutput(job.Id, step.Key, output, value);
            }
            else if (Hidden.EnvironmentName(key) is { } variable)
            {
                _values = _values.WithVariable(job.Id, variable, value);
            }
        }
    }

    private void Act(Step step, ResolvedStep resolved, PathState way)
    {
        switch (resolved.Action)
        {
            case StepAction.RunScript script:
                Script(script.Text, script.Dialect, script.Stops, script.Arguments, resolved, way);
                break;
            case StepAction.RunScriptFile file:
                ScriptFile(file, resolved, way);
                break;
            case StepAction.UseTask task:
                new TaskEffects(_azure, way, task, step.Place).Run();
                break;
            case StepAction.Unread unread:
                _record.Remark(step.Place, $"{unread.What} is not read: {unread.Detail}", unread.Reason == UnknownReason.OtherRepository ? RemarkCodes.OtherRepository : RemarkCodes.UnsupportedTool);
                break;
        }
    }

    private void ScriptFile(StepAction.RunScriptFile file, ResolvedStep resolved, PathState way)
    {
        var at = way.Fork();
        Enter(resolved, at, resolved.WorkingDirectory);
        if (_azure.Read(at, file.Path) is { File: { } source })
        {
            var dialect = ScriptInterpreter.DialectOf(source.Path) is { } own && file.Dialect.IsAssumed ? own : file.Dialect;
            Script(ScriptText.Of(source), dialect, file.Stops, file.Arguments, resolved, way, file.Place);
            return;
        }

        _record.Remark(file.Place, $"the script '{Values.Pattern(file.Path)}' is not in the repository", file.Path is StringValue ? RemarkCodes.MissingFile : RemarkCodes.RuntimeOutput);
    }

    private static void Enter(ResolvedStep resolved, PathState way, Value? directory)
    {
        way.Variables = way.Variables.SetAll(resolved.Environment);
        if (directory is StringValue { Text.Length: > 0 } or PartialString or UnknownValue)
        {
            way.Variables = way.Variables.Set(Hidden.Directory, directory);
        }
    }

    private void Script(ScriptText text, ScriptDialect dialect, StopBehaviour stops, ScriptText? arguments, ResolvedStep resolved, PathState way, Place? place = null)
    {
        if (dialect.Language == ScriptLanguage.Other)
        {
            _record.Remark(place ?? text.PlaceOf(new TextSpan(0, 0)), $"scripts of {dialect.Name} are not read", RemarkCodes.UnsupportedTool);
            return;
        }

        var own = new PathState(way.World, ScriptInterpreter.NamesOf(dialect.Language))
        {
            IsMaybe = way.IsMaybe,
            IsSwallowed = way.IsSwallowed,
            StopsAtError = stops.AtCommand || stops.AtCmdlet,
            StopsInPipe = stops.InPipe,
        };
        own.Variables = own.Variables.SetAll(way.Variables.Items);
        Enter(resolved, own, resolved.WorkingDirectory);
        ScriptRuns.Run(_azure, own, text, dialect.Language, arguments is null ? [] : ArgumentWords.Split(arguments));
        way.World = own.World;
        if (own.HasFailed && !stops.MayIgnoreFailure)
        {
            way.Fail();
        }

        foreach (var (name, value) in own.Variables.Items)
        {
            way.Variables = Hidden.IsHidden(name) && name != Hidden.Directory ? way.Variables.Set(name, value) : way.Variables;
        }
    }

    // MaySucceed: unless it has surely failed, or surely not run because of that.
    private sealed record JobEnd(World Start, World World, bool MaySucceed);
}

/// <summary>Splits the arguments of a script file, as a host writes them on one line.</summary>
internal static class ArgumentWords
{
    internal static ImmutableArray<Value> Split(ScriptText text)
    {
        var script = ShellParser.Parse(text);
        var words = ImmutableArray.CreateBuilder<Value>();
        foreach (var command in script.Body.Statements.OfType<ShellStatement.Command>())
        {
            foreach (var word in command.Words)
            {
                words.Add(Of(text, word.Parts, text.PlaceOf(word.Span)));
            }
        }

        return words.ToImmutable();
    }

    private static Value Of(ScriptText text, ImmutableArray<WordPart> parts, Place place) => Values.Concat(parts.IsEmpty ? [Values.Empty] : [.. parts.Select(part => part switch
    {
        WordPart.Literal literal => Values.Text(literal.Text, place),
        WordPart.Quoted quoted => Of(text, quoted.Parts, place),
        WordPart.Hole hole => text.HoleAt(hole.Span.Start) ?? Values.Unknown("?", "a value that is not known"),
        _ => Values.Unknown(text.Content.Substring(part.Span.Start, part.Span.Length), "it is expanded when it runs"),
    })], place);
}
