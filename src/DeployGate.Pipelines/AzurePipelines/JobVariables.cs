using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>The variables that the steps of a job see, and the text that macros stand for.</summary>
internal sealed class JobVariables
{
    // With a variable group in sight any name may be a variable of it; these are commands of a shell.
    private static readonly string[] s_commands = ["pwd", "date", "whoami", "hostname", "uname", "nproc", "id", "ls", "mktemp", "arch", "tty", "env"];

    private static readonly ImmutableArray<KeyValuePair<string, Value>> s_folders =
        [.. PredefinedVariables.Folders.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create<string, Value>(EnvironmentName(pair.Key), new StringValue(pair.Value)))];

    private readonly ExpandedUnread? _unread;
    private readonly ImmutableArray<string> _groups;
    private readonly Dictionary<string, List<DeclaredVariable>> _declared = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];

    internal JobVariables(ImmutableArray<VariableLayer> layers)
    {
        _unread = layers.FirstOrDefault(layer => layer.Unread is not null)?.Unread;
        _groups = [.. layers.SelectMany(layer => layer.Groups).Distinct()];
        foreach (var variable in layers.SelectMany(layer => layer.Variables))
        {
            if (!_declared.TryGetValue(variable.Name, out var list))
            {
                _declared[variable.Name] = list = [];
                _names.Add(variable.Name);
            }

            list.Add(variable);
        }
    }

    /// <summary>The full id of the job; empty for what stands outside of jobs.</summary>
    internal string Job { get; init; } = "";

    internal JobSystem System { get; init; }

    /// <summary>Names and values that the host sets for the job: <c>System.StageName</c>.</summary>
    internal ImmutableDictionary<string, string> Known { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The steps that have a name, by name: their keys.</summary>
    internal IReadOnlyDictionary<string, string> Steps { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Names that a script somewhere in the pipeline sets.</summary>
    internal IReadOnlySet<string> Written { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Contexts besides <c>variables</c>: the results and outputs of other jobs.</summary>
    internal ContextLookup? Others { get; init; }

    /// <summary>Evaluates a condition or run-time expression.</summary>
    internal Value Evaluate(string expression, Evaluation evaluation) => AzureEvaluator.Evaluate(expression, Contexts, evaluation);

    /// <summary>The text with each macro replaced that names a variable; all others stay.</summary>
    internal MappedText Substitute(MappedText text, Evaluation evaluation)
    {
        var at = text.Content.IndexOf("$(", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var (builder, copied) = (new MappedText.Builder(text.Place), 0);
        for (; at >= 0; at = text.Content.IndexOf("$(", at, StringComparison.Ordinal))
        {
            var end = text.Content.IndexOf(')', at);
            if (end < 0)
            {
                break;
            }

            var name = text.Content.AsSpan(at + 2, end - at - 2);
            if (name.Length is 0 or > 200 || !IsName(name) || Find(name.ToString(), evaluation) is not { } value)
            {
                at += 2;
                continue;
            }

            builder.Add(text, copied, at).Paste(AzureText.ToText(value), text.PlaceOf(at, end + 1).Span);
            at = copied = end + 1;
        }

        return copied == 0 ? text : builder.Add(text, copied, text.Content.Length).Build();
    }

    /// <summary>The value of a variable; null when nothing declares it.</summary>
    internal Value? Find(string name, Evaluation evaluation)
    {
        if (Job.Length > 0 && evaluation.Run.Variable(Job, name) is { } set)
        {
            return set;
        }

        if (evaluation.IsBeforeRun && Written.Contains(name))
        {
            return Produced(name);
        }

        if (_declared.TryGetValue(name, out var declared))
        {
            return Declared(name, declared, evaluation);
        }

        return Known.TryGetValue(name, out var known) ? new StringValue(known) : PredefinedVariables.Find(name, System) ?? Output(name, evaluation) ?? Elsewhere(name);
    }

    /// <summary>The variables that a step finds in its environment: all that are not secret.</summary>
    internal IEnumerable<KeyValuePair<string, Value>> Environment(Evaluation evaluation)
    {
        foreach (var folder in s_folders)
        {
            yield return folder;
        }

        foreach (var (name, value) in Known)
        {
            yield return KeyValuePair.Create<string, Value>(EnvironmentName(name), new StringValue(value));
        }

        var set = Job.Length > 0 ? evaluation.Run.Variables(Job) : ImmutableDictionary<string, Value>.Empty;
        foreach (var name in _names.Concat(set.Keys.Where(key => !_declared.ContainsKey(key)).Order(StringComparer.OrdinalIgnoreCase)))
        {
            if (Find(name, evaluation) is { IsSecret: false } value)
            {
                yield return KeyValuePair.Create<string, Value>(EnvironmentName(name), AzureText.ToText(value));
            }
        }
    }

    private static string EnvironmentName(string name) => name.Replace('.', '_').Replace(' ', '_').ToUpperInvariant();

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '.' or '-' or ' '))
            {
                return false;
            }
        }

        return true;
    }

    private Value Declared(string name, List<DeclaredVariable> declared, Evaluation evaluation)
    {
        if (evaluation.Known.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!evaluation.Active.Add(name))
        {
            return new StringValue($"$({name})");
        }

        // Those after the last certain one may each be it.
        var first = Math.Max(0, declared.FindLastIndex(variable => variable.Guard is null));
        var possible = declared.Skip(first).Select(variable => Evaluate(variable, evaluation)).ToList();
        evaluation.Active.Remove(name);
        var guard = declared[^1].Guard;
        return evaluation.Known[name] = possible is [var only]
            ? only
            : Unknowns.OneOf(new UnknownValue(UnknownReason.Condition, $"$({name})", $"it depends on the condition '{guard?.Condition}'"), possible);
    }

    private Value Evaluate(DeclaredVariable variable, Evaluation evaluation)
    {
        if (!evaluation.Enter())
        {
            return new UnknownValue(UnknownReason.Limit, variable.Name, "evaluation stopped at its limit");
        }

        var text = variable.Value.Text;
        var content = text.Content.Trim();
        var value = text.IsKnown && content.StartsWith("$[", StringComparison.Ordinal) && content.EndsWith(']')
            ? Evaluate(content[2..^1], evaluation)
            : Substitute(text, evaluation).ToValue();
        evaluation.Leave();
        return value.At(value.Origin?.Through(text.Place, $"variable '{variable.Name}'") ?? new Origin(text.Place));
    }

    // $(step.name): an output of a step of the same job.
    private Value? Output(string name, Evaluation evaluation)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Steps.TryGetValue(name[..dot], out var key) ? evaluation.Run.Output(Job, key, name[(dot + 1)..]) ?? Produced(name) : null;
    }

    private UnknownValue? Elsewhere(string name)
    {
        if (Written.Contains(name))
        {
            return Produced(name);
        }

        if (name.Contains(' ', StringComparison.Ordinal) || s_commands.Contains(name))
        {
            return null;
        }

        if (_unread is { } unread)
        {
            return new UnknownValue(unread.Reason, $"$({name})", unread.Detail) { Shape = ValueShape.Text };
        }

        return _groups.IsEmpty ? null : new UnknownValue(UnknownReason.PipelineVariable, $"$({name})", $"'{name}' may be a variable of the group {string.Join(" or ", _groups.Select(group => $"'{group}'"))}") { Shape = ValueShape.Text };
    }

    private Value? Contexts(string name, ImmutableArray<string> path, string text, Evaluation evaluation)
    {
        if (!name.Equals("variables", StringComparison.OrdinalIgnoreCase))
        {
            return Others?.Invoke(name, path, text, evaluation);
        }

        // A name that nothing declares may be set where the pipeline is set up, or by a script.
        var variable = string.Join('.', path);
        return Find(variable, evaluation) ?? new UnknownValue(UnknownReason.PipelineVariable, text, $"'{variable}' is not declared in the repository; it may be a variable of the pipeline's settings");
    }

    private static UnknownValue Produced(string name) => new(UnknownReason.RuntimeOutput, $"$({name})", $"a step sets '{name}' at run time") { Shape = ValueShape.Text };
}
