using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.Evaluation;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;
using DeployGate.Templates.Parameters;

namespace DeployGate.Templates;

/// <summary>Where a deployment goes, as far as the user says; null is unknown.</summary>
public sealed record DeploymentTarget(string? Subscription = null, string? ResourceGroup = null, string? Location = null)
{
    private static readonly Dictionary<string, string?> s_none = [];

    /// <summary>The environment variables that <c>readEnvironmentVariable</c> may read, by name; null for one that is not set.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = s_none;
}

/// <summary>Turns a template and its parameter files into the concrete resources it would deploy.</summary>
public sealed class TemplateResolver(ISourceFiles files, ISourceFiles? moduleCache = null)
{
    /// <summary>What the last evaluation spent of its budget, in steps.</summary>
    internal long Spent { get; private set; }

    /// <summary>
    /// Evaluates <paramref name="template"/> with <paramref name="parameters"/>, later files over earlier ones. Never fails: what
    /// is wrong or unknown stands in the result.
    /// </summary>
    public ResolvedTemplate Resolve(TemplateFile template, IReadOnlyList<TemplateFile> parameters, DeploymentTarget target)
    {
        var names = NamesOf(parameters);
        if (template.Root is null && template.Bicep is null)
        {
            return new ResolvedTemplate(template.Source.Path, names, [], ObjectValue.Empty, [], template.Problems);
        }

        var run = new EvaluationRun(files, moduleCache) { Environment = target.Environment };
        run.Report(template.Problems);
        foreach (var file in parameters)
        {
            run.Report(file.Problems);
        }

        var model = ModelOf(template, run);
        var scope = DeploymentScope.Unknown(model.Scope ?? ScopeKind.ResourceGroup);
        var context = new FunctionContext
        {
            Scope = scope with
            {
                Subscription = target.Subscription is null ? scope.Subscription : new StringValue(target.Subscription),
                ResourceGroup = target.ResourceGroup is null ? scope.ResourceGroup : new StringValue(target.ResourceGroup),
            },
            Location = target.Location,
            TemplateHeader = model.Header,
            TemplateLinkUri = LinkedTemplates.AddressOf(model.Place),
        };
        var deployment = new DeploymentEvaluation(run, model, ParameterFileReader.Read(parameters, model, run), context, nesting: 0);
        deployment.Parameters.CheckAll();
        var flattened = new Flattening();
        flattened.Add(deployment, Presence.Certain);
        var outputs = deployment.Outputs;
        flattened.Note(outputs);
        if (!run.HasFatal)
        {
            // A fatal problem explains what follows from it.
            foreach (var unresolved in flattened.Unresolved)
            {
                Remark(run, unresolved);
            }
        }

        Spent = run.Spent;
        return new ResolvedTemplate(template.Source.Path, names, [.. flattened.Resources], outputs, [.. flattened.Unresolved], [.. run.Problems])
        {
            LinkedFiles = run.LinkedFiles,
        };
    }

    private static ImmutableArray<string> NamesOf(IReadOnlyList<TemplateFile> parameters)
    {
        var names = new string[parameters.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = parameters[i].Source.Path;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(names);
    }

    private static TemplateModel ModelOf(TemplateFile template, EvaluationRun run)
    {
        if (template.Bicep is { } bicep)
        {
            return run.Modules.ModelOf(bicep, run);
        }

        var problems = new List<Problem>();
        var model = ArmTemplateReader.Read(template.Root!, template.Root!.Origin!.Place, problems);
        problems.ForEach(run.Report);
        return model;
    }

    // What cannot be evaluated is refused by Azure as well, or is a limit of this evaluator: both are worth a word.
    private static void Remark(EvaluationRun run, Unresolved unresolved)
    {
        if (unresolved.Value is { Reason: UnknownReason.EvaluationError or UnknownReason.Unsupported, IsSecret: false } error)
        {
            run.Report(new Problem(unresolved.At, $"'{error.Expression}' cannot be evaluated: {error.Detail}", "Correct the expression; what depends on it is undecided.", IsFatal: false));
        }
    }
}

/// <summary>Collects the resources of a deployment and of those nested in it, and every unknown in them.</summary>
internal sealed class Flattening
{
    private const int MostUnresolved = 10_000;

    // As many as are found faster one by one.
    private const int Few = 16;

    private HashSet<Unresolved>? _seen;

    internal List<ResolvedResource> Resources { get; } = [];

    internal List<Unresolved> Unresolved { get; } = [];

    internal void Add(DeploymentEvaluation deployment, Presence presence)
    {
        foreach (var instance in deployment.Resources.All)
        {
            if (instance.Presence == Presence.Never)
            {
                continue;
            }

            var resolved = instance.ToResolved();
            Resources.Add(presence == Presence.Maybe ? resolved with { Presence = Presence.Maybe } : resolved);
            Note(resolved.Name);
            Note(resolved.Body);
            if (instance.Nested is { } nested)
            {
                if (nested.Evaluation is not null)
                {
                    Add(nested.Evaluation, resolved.Presence == Presence.Maybe ? Presence.Maybe : presence);
                }
                else if (nested.Unknown is not null)
                {
                    Note(nested.Unknown.At(nested.Unknown.Origin ?? new Origin(resolved.Declaration)));
                }
            }
        }
    }

    internal void Note(Value value)
    {
        switch (value)
        {
            case ObjectValue { IsFullyKnown: false } map:
                foreach (var member in map.Members)
                {
                    Note(member.Value);
                }

                NoteRest(map.Rest, map);
                break;
            case ArrayValue { IsFullyKnown: false } list:
                foreach (var item in list.Items)
                {
                    Note(item);
                }

                NoteRest(list.Rest, list);
                break;
            case PartialString partial:
                foreach (var part in partial.Parts)
                {
                    NoteRest(part.Hole, partial);
                }

                break;
            case UnknownValue unknown:
                NoteRest(unknown, unknown);
                break;
        }
    }

    private void NoteRest(UnknownValue? unknown, Value whole)
    {
        if (unknown is null || Unresolved.Count >= MostUnresolved || (whole.WrittenAt.IsNone ? unknown.WrittenAt : whole.WrittenAt).Value is not { } place)
        {
            return;
        }

        var unresolved = new Unresolved(place, unknown);
        if (IsNew(unresolved))
        {
            Unresolved.Add(unresolved);
        }
    }

    private bool IsNew(Unresolved unresolved)
    {
        if (Unresolved.Count >= Few)
        {
            return (_seen ??= new HashSet<Unresolved>(Unresolved, SameExpression.Instance)).Add(unresolved);
        }

        foreach (var known in Unresolved)
        {
            if (SameExpression.Instance.Equals(known, unresolved))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same expression, asked for at the same place, is told once.</summary>
    private sealed class SameExpression : IEqualityComparer<Unresolved>
    {
        internal static SameExpression Instance { get; } = new();

        public bool Equals(Unresolved? one, Unresolved? other) =>
            one!.At.Span.Start == other!.At.Span.Start && one.At.Source.Path == other.At.Source.Path && one.Value.Expression == other.Value.Expression;

        public int GetHashCode(Unresolved unresolved) => (31 * unresolved.At.Span.Start) + unresolved.Value.Expression.GetHashCode(StringComparison.Ordinal);
    }
}
