using System.Collections.Immutable;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Files;
using DeployGate.Cli.Output;
using DeployGate.Cli.Sharding;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Threads;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>One template with one set of parameter files.</summary>
internal sealed record Evaluation(InputFile Template, ImmutableArray<InputFile> Parameters)
{
    /// <summary>Where a pipeline deploys it; null for the target of the whole run.</summary>
    internal DeploymentTarget? Target { get; init; }

    /// <summary>The step of a pipeline that deploys it; null where none does.</summary>
    internal StepDeployment? DeployedBy { get; init; }
}

/// <summary>Which templates are evaluated with which parameter files; a usage error when that cannot be told.</summary>
internal sealed record EvaluationPlan(ImmutableArray<Evaluation> Evaluations, ImmutableArray<InputError> Errors, string? UsageError)
{
    /// <summary>Full paths of the templates whose deployments the configuration names: pipelines add none.</summary>
    internal IReadOnlySet<string> Settled { get; init; } = new HashSet<string>();
}

/// <summary>Plans and runs the evaluations of a command.</summary>
internal sealed class Evaluator(string workingFolder, ISourceFiles moduleCache, EditedFiles? edited = null, Activity? activity = null)
{
    private readonly DiskRoots _roots = new(workingFolder, edited);

    /// <summary>
    /// Named parameter files go before those found by name, each an evaluation of its own. With <paramref name="isOverlay"/>
    /// only named files count, and all of one template are one evaluation, later over earlier.
    /// </summary>
    internal EvaluationPlan Plan(Inputs inputs, CheckOptions options, bool isOverlay)
    {
        var errors = new List<InputError>();
        var settled = new HashSet<string>();
        var named = new List<NamedParameters>();
        foreach (var argument in options.Parameters)
        {
            var (template, usageError) = TemplateOf(argument, inputs, out var path);
            if (usageError is not null)
            {
                return new EvaluationPlan([], [], usageError);
            }

            if (template is not null && ReadParameters(path, errors) is { } file)
            {
                named.Add(new NamedParameters(template, file));
            }
        }

        // A parameter file that was itself named as a path belongs to the one template there is.
        var loose = inputs.Templates.Length == 1 ? inputs.Parameters.Where(file => options.Paths.Any(path => DiskFiles.Full(path, workingFolder) == file.FullPath)).ToList() : [];
        var pairs = new ParameterPairs(inputs.Parameters);
        var evaluations = inputs.Templates.SelectMany(template =>
        {
            ImmutableArray<InputFile> own = [.. named.Where(pair => pair.Template == template).Select(pair => pair.Parameters), .. loose];
            if (isOverlay)
            {
                return [new Evaluation(template, own)];
            }

            if (own.IsEmpty && Configured(template, options, errors) is { Count: > 0 } deployments)
            {
                settled.Add(template.FullPath);
                return deployments;
            }

            ImmutableArray<InputFile> files = own.IsEmpty ? pairs.Of(template) : own;
            return files.Length == 0 ? [new Evaluation(template, [])] : files.Select(file => new Evaluation(template, [file]));
        });
        ImmutableArray<Evaluation> all = [.. evaluations];
        return new EvaluationPlan(all, [.. errors], null) { Settled = settled };
    }

    // The deployments of a template that the configuration names.
    private List<Evaluation> Configured(InputFile template, CheckOptions options, List<InputError> errors)
    {
        var evaluations = new List<Evaluation>();
        foreach (var one in options.Configuration.Deployments.Where(one => one.Template == template.FullPath))
        {
            var files = one.Parameters.Select(path => ReadParameters(path, errors)).ToList();
            if (!files.Contains(null))
            {
                evaluations.Add(new Evaluation(template, [.. files.OfType<InputFile>()]) { Target = TargetOf(one.Context, options.Target) });
            }
        }

        return evaluations;
    }

    private static DeploymentTarget TargetOf(ConfiguredContext context, DeploymentTarget target) => target with
    {
        Subscription = context.Subscription ?? target.Subscription,
        ResourceGroup = context.ResourceGroup ?? target.ResourceGroup,
        Location = context.Location ?? target.Location,
    };

    /// <summary>Evaluates all, in parallel; results in the order of the plan.</summary>
    internal ImmutableArray<ResolvedTemplate> Run(EvaluationPlan plan, DeploymentTarget target)
    {
        activity?.Begin("evaluating templates", plan.Evaluations.Length);
        var readers = new TreeReaders(plan.Evaluations);
        return [.. Each.Of(plan.Evaluations, one => Resolve(one, target, readers))];
    }

    /// <summary>Evaluates what a division needs, in parallel; results in the order of the plan.</summary>
    /// <param name="plan">What to evaluate.</param>
    /// <param name="target">Where deployments go that say nothing else.</param>
    /// <param name="division">Which part of the run this is.</param>
    /// <param name="keepsAll">True when more is asked of resources than the rules do.</param>
    internal ImmutableArray<EvaluatedTemplate> Run(EvaluationPlan plan, DeploymentTarget target, Division division, bool keepsAll)
    {
        var isNeeded = new bool[plan.Evaluations.Length];
        var needed = 0;
        for (var i = 0; i < isNeeded.Length; i++)
        {
            isNeeded[i] = division.Needs(plan.Evaluations[i], i);
            needed += isNeeded[i] ? 1 : 0;
        }

        activity?.Begin("evaluating templates", needed);
        var readers = new TreeReaders([.. plan.Evaluations.Where((_, index) => isNeeded[index])]);
        return [.. Each.Of(plan.Evaluations, (one, index) => new EvaluatedTemplate(
            one.Template.Template.Source.Path,
            isNeeded[index] ? Kept(Resolve(one, target, readers)) : null,
            !one.Parameters.IsEmpty,
            division.HasEvaluation(index)))];

        ResolvedTemplate Kept(ResolvedTemplate resolved) => keepsAll || !LargeRun.Is(needed) ? resolved : KeptTemplate.Of(resolved);
    }

    private ResolvedTemplate Resolve(Evaluation one, DeploymentTarget target, TreeReaders readers)
    {
        var resolved = new TemplateResolver(_roots.Of(one.Template.Root), moduleCache).Resolve(one.Template.Template, [.. one.Parameters.Select(file => file.Template)], one.Target ?? target);
        readers.Leave(one);
        activity?.Step();
        return resolved with { DeployedBy = one.DeployedBy };
    }

    /// <summary>What is wrong in the templates, once each.</summary>
    internal static IEnumerable<InputError> ErrorsOf(IEnumerable<ResolvedTemplate> resolved) => resolved
        .SelectMany(template => template.Problems)
        .Select(problem => new InputError(problem.At.Source.Path, problem.At.Start, problem.Message, problem.Fix, problem.IsFatal))
        .Distinct();

    private (InputFile? Template, string? UsageError) TemplateOf(string argument, Inputs inputs, out string path)
    {
        // A path may itself contain '='; it names a template only when one is there.
        foreach (var template in inputs.Templates)
        {
            var at = argument.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && template.FullPath == DiskFiles.Full(argument[..at], workingFolder))
            {
                path = argument[(at + 1)..];
                return (template, null);
            }
        }

        path = argument;
        return inputs.Templates switch
        {
            [] => (null, null),
            [var only] => (only, null),
            _ => (null, $"--parameters {argument}: there are {inputs.Templates.Length} templates; say which one it belongs to: --parameters TEMPLATE=FILE"),
        };
    }

    private InputFile? ReadParameters(string path, List<InputError> errors)
    {
        var full = DiskFiles.Full(path, workingFolder);
        var shown = DiskFiles.Shown(full, workingFolder);
        switch (DiskFiles.ReadNamed(full, workingFolder, DiskFiles.MaxTemplateBytes, edited))
        {
            case FileRead.Found found:
                var file = TemplateFile.Read(found.Source);
                if (file.Problems.FirstOrDefault(problem => problem.IsFatal) is { } problem)
                {
                    errors.Add(new InputError(shown, problem.At.Start, problem.Message, problem.Fix));
                    return null;
                }

                return new InputFile(full, Path.GetDirectoryName(full)!, file);
            case FileRead.Refused refused:
                errors.Add(new InputError(shown, null, $"the parameter file was not read: {refused.Reason}", refused.Fix));
                return null;
            default:
                errors.Add(new InputError(shown, null, "there is no such parameter file", "Correct the path given with --parameters."));
                return null;
        }
    }

    private sealed record NamedParameters(InputFile Template, InputFile Parameters);
}
