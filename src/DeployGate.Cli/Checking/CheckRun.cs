using System.Collections.Immutable;
using System.Reflection;
using DeployGate.Cli.Files;
using DeployGate.Cli.Policies;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>A finished check, or why the command line could not be carried out.</summary>
internal sealed record CheckOutcome(GateReport? Report, string? UsageError);

/// <summary>The gate from files to report: find, evaluate, join with the facts, decide.</summary>
internal sealed class CheckRun(string workingFolder, TextReader standardInput)
{
    /// <summary>The version that reports show.</summary>
    internal static string Version { get; } =
        typeof(CheckRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    internal CheckOutcome Run(CheckOptions options)
    {
        var facts = new StateFiles(workingFolder).Read(options.States, options.Disks, out var usageError);
        if (usageError is not null)
        {
            return new CheckOutcome(null, usageError);
        }

        var inputs = new InputFinder(workingFolder, standardInput).Find(options.Paths);
        var evaluator = new Evaluator(workingFolder, ModuleCache.Of(options.ModuleCache, workingFolder));
        var plan = evaluator.Plan(inputs, options, isOverlay: false);
        if (plan.UsageError is not null)
        {
            return new CheckOutcome(null, plan.UsageError);
        }

        var scripts = new ScriptFollower(workingFolder).Follow(inputs.Scripts);
        plan = WithDeployments(plan, scripts, options.Target);
        var resolved = WithoutLinked(evaluator.Run(plan, options.Target));
        var made = scripts.Runs.SelectMany(one => one.Run.Operations).Select(operation => operation.Resource);
        var shared = new SharedArtifacts(resolved.SelectMany(template => template.Resources).Concat(made), facts.Facts);
        var gate = new Gate(DecisionTableReader.ReadEmbedded(), options.OnUnknown);
        GateResult[] results = [.. Each.Of(resolved, template => gate.Judge(template, shared)), .. Each.Of(scripts.Runs, one => gate.Judge(one.Run, shared))];
        var report = new GateReport(
            Version,
            Findings.Merge(results.SelectMany(result => result.Findings)),
            [.. results.SelectMany(result => result.Uses).Distinct()],
            [.. inputs.Errors, .. facts.Errors, .. plan.Errors, .. scripts.Errors, .. Evaluator.ErrorsOf(resolved)],
            resolved.Select(template => template.Source).Distinct().Count(),
            scripts.Pipelines);
        return new CheckOutcome(report, null);
    }

    private EvaluationPlan WithDeployments(EvaluationPlan plan, FollowedScripts scripts, DeploymentTarget target)
    {
        if (scripts.Runs.IsEmpty)
        {
            return plan;
        }

        var deployments = new PipelineDeployments(workingFolder, target);
        foreach (var run in scripts.Runs)
        {
            deployments.Add(run);
        }

        return deployments.Join(plan);
    }

    // A template that another one deploys is judged there, with the parameters it is really given. Templates that only link
    // to one another in a circle have no such other one, and stay.
    private static ImmutableArray<ResolvedTemplate> WithoutLinked(ImmutableArray<ResolvedTemplate> resolved)
    {
        var linked = LinkedFrom(resolved);
        var deployed = LinkedFrom(resolved.Where(template => !linked.Contains(template.Source)));
        return [.. resolved.Where(template => !deployed.Contains(template.Source) || !template.ParameterFiles.IsEmpty)];
    }

    private static HashSet<string> LinkedFrom(IEnumerable<ResolvedTemplate> templates) =>
        templates.SelectMany(template => template.LinkedFiles.Where(file => file != template.Source)).ToHashSet(StringComparer.Ordinal);
}
