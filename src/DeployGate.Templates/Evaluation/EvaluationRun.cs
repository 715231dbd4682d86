using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;
using DeployGate.Templates.Modules;

namespace DeployGate.Templates.Evaluation;

/// <summary>What all deployments of one evaluation share: the files it may read, its limits, and what went wrong.</summary>
internal sealed class EvaluationRun(ISourceFiles files, ISourceFiles? moduleCache = null)
{
    /// <summary>Steps after which an evaluation stops: some hundred times what the largest real templates need.</summary>
    private const long MaxSteps = 5_000_000;

    /// <summary>Nodes of one value: shared parts make a small template describe an endless document.</summary>
    private const long MaxValueSize = 1_000_000;

    /// <summary>All deployments of one evaluation, nested ones included.</summary>
    private const int MaxDeployments = 2_000;

    /// <summary>Resources of one evaluation: Azure takes 800 in a template, and loops in loops would make as many as they like.</summary>
    private const int MaxResources = 20_000;

    private static readonly Dictionary<string, string?> s_none = [];

    private HashSet<(string, string)>? _seen;
    private LinkedTemplates? _links;
    private ModuleFiles? _modules;
    private readonly List<Problem> _problems = [];
    private long _steps;
    private int _deployments;
    private int _resources;
    private bool _isExhausted;
    private bool _isTooDeep;
    private bool _hasAllResources;

    internal ISourceFiles Files { get; } = files;

    /// <summary>The environment variables a parameter file may read; null for one that is allowed and not set.</summary>
    internal IReadOnlyDictionary<string, string?> Environment { get; init; } = s_none;

    /// <summary>Steps that the evaluation may take.</summary>
    internal long StepsLeft { get; init; } = MaxSteps;

    /// <summary>What was spent so far, for whoever measures; a resource costs as much as this many steps.</summary>
    internal long Spent => _steps + (64L * _resources);

    internal LinkedTemplates Links => _links ??= new LinkedTemplates(Files);

    internal ModuleFiles Modules => _modules ??= new ModuleFiles(Files, moduleCache);

    /// <summary>The files of the repository that were linked to, or read as modules or imports.</summary>
    internal ImmutableArray<string> LinkedFiles => _links is null && _modules is null
        ? []
        : [.. Links.Paths.Concat(Modules.Paths).Distinct(StringComparer.Ordinal)];

    internal IReadOnlyList<Problem> Problems => _problems;

    /// <summary>True when one of them means that Azure refuses the deployment.</summary>
    internal bool HasFatal { get; private set; }

    /// <summary>Counts a step of <paramref name="weight"/>; false when the evaluation has used up what it may use.</summary>
    internal bool TrySpend(long weight = 1) => (_steps += weight) <= StepsLeft;

    /// <summary>Counts a resource; false, and a problem, when there are more than any deployment has.</summary>
    internal bool TryAddResource(Place place)
    {
        if (!_hasAllResources && ++_resources <= MaxResources)
        {
            return true;
        }

        EndResources(place);
        return false;
    }

    /// <summary>Takes no further resource: there are too many, or they stand in one another too deeply.</summary>
    internal void EndResources(Place place)
    {
        _hasAllResources = true;
        TooLarge(place);
    }

    internal bool TryStartDeployment() => ++_deployments <= MaxDeployments;

    /// <summary>The value, or an error in its place when it has grown beyond what any template may hold.</summary>
    internal Value Bounded(Value value, Expression whole)
    {
        if (value.Size <= MaxValueSize && TrySpend((value.Size >> 6) + (value is StringValue text ? text.Text.Length >> 8 : 0)))
        {
            return value;
        }

        return TooLarge(whole.Place);
    }

    /// <summary>
    /// The same for a value that was put together anew out of what the template declares: one name may stand for 800 resources, and a loop may
    /// say it 800 times.
    /// </summary>
    internal Value Paid(Value made, Expression whole) => TrySpend(made.Size >> 2) ? made : TooLarge(whole.Place);

    /// <summary>
    /// The same for a text that a function has written: text of text of text, each with the quotes of the one before escaped, doubles until it is
    /// too long and begins anew. All texts of an evaluation together come to twenty times the 4 MB that Azure accepts of an expanded template.
    /// </summary>
    internal Value Written(Value made, Expression whole) => made switch
    {
        StringValue text => TrySpend(text.Text.Length >> 4) ? made : TooLarge(whole.Place),
        PartialString text => TrySpend(TextParts.KnownLength(text) >> 4) ? made : TooLarge(whole.Place),
        _ => made,
    };

    internal Value TooLarge(Place place)
    {
        if (!_isExhausted)
        {
            _isExhausted = true;
            Report(new Problem(place, "the template grows beyond what DeployGate evaluates", "Azure accepts templates of at most 4 MB: reduce loops and repeated concatenation.", IsFatal: true));
        }

        return Errors.At(place, place.FirstLine, "the evaluation was stopped here because the template grows too large");
    }

    /// <summary>Adds the first problem of too many deployments; there are as many more as there are deployments.</summary>
    internal void ReportNesting(Problem problem)
    {
        if (!_isTooDeep)
        {
            _isTooDeep = true;
            Report(problem);
        }
    }

    /// <summary>Adds each of some problems once.</summary>
    internal void Report(ImmutableArray<Problem> problems)
    {
        foreach (var problem in problems)
        {
            Report(problem);
        }
    }

    /// <summary>Adds a problem once, however often its place is evaluated.</summary>
    internal void Report(Problem problem)
    {
        if ((_seen ??= []).Add((problem.At.ToString(), problem.Message)))
        {
            _problems.Add(problem);
            HasFatal |= problem.IsFatal;
        }
    }
}

/// <summary>Values that stand for an expression Azure would refuse.</summary>
internal static class Errors
{
    private const int MaxText = 80;

    internal static UnknownValue At(Place place, string expression, string detail) =>
        new(UnknownReason.EvaluationError, Cut(expression), detail) { Origin = new Origin(place) };

    /// <summary>An expression as it is written, without the quotes and brackets around a whole one, cut to a readable length.</summary>
    internal static string Cut(string text)
    {
        var bare = text.Trim();
        bare = bare is ['"', '[', .., ']', '"'] ? bare[2..^2] : bare is ['"', '[', ..] ? bare[2..] : bare;
        return bare.Length <= MaxText ? bare : bare[..MaxText] + "…";
    }
}
