using System.Collections.Immutable;
using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
using DeployGate.Cli.Output;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Reporting;
using DeployGate.Reporting.Json;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate resolve</c>: print what templates would deploy.</summary>
internal static class ResolveCommand
{
    internal static Command Create(Surroundings surroundings)
    {
        var options = new Options();
        var format = new Option<string?>("--format") { Description = "json (default) or text." };
        var locations = new Option<bool>("--locations") { Description = "Add where a person wrote each value." };
        var summary = new Option<bool>("--summary") { Description = "On standard error: how many resources, how many unknown values, and why." };
        var command = new Command("resolve", "Print the concrete resources that templates and pipelines would deploy, as JSON.");
        options.AddContextTo(command);
        command.Add(format);
        command.Add(locations);
        command.Add(summary);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(format) is { } name and not ("json" or "text"))
            {
                return surroundings.WrongUsage($"--format {name}: write json or text");
            }

            var (read, error) = options.Read(parsed, surroundings);
            return read is null ? surroundings.WrongUsage(error!) : Run(read, new Shown(parsed.GetValue(format) == "text", parsed.GetValue(locations)), parsed.GetValue(summary), surroundings);
        });
        return command;
    }

    /// <summary>How a document is shown: as a table or as JSON, that with or without places.</summary>
    private sealed record Shown(bool IsTable, bool HasLocations);

    /// <summary>What was resolved, what could not be, and a usage error where nothing was tried.</summary>
    private sealed record Outcome(ImmutableArray<ResolvedTemplate> Resolved, IReadOnlyList<InputError> Errors, string? UsageError);

    private static int Run(CheckOptions options, Shown shown, bool hasSummary, Surroundings surroundings)
    {
        var (resolved, found, usageError) = ProgressLine.Around(surroundings, activity => Resolve(options, activity, surroundings));
        if (usageError is not null)
        {
            return surroundings.WrongUsage(usageError);
        }

        var isOne = options.Paths.Length == 1 && !Directory.Exists(Path.GetFullPath(options.Paths[0], surroundings.WorkingFolder));
        var errors = found.ToList();
        foreach (var template in resolved)
        {
            var own = Evaluator.ErrorsOf([template]).ToList();
            Write(template, own, shown, isOne, surroundings);
            errors.AddRange(own);
        }

        foreach (var error in errors.Where(error => error.IsUnreadable))
        {
            var position = error.Position is { } at ? $":{at.Line}:{at.Column}" : "";
            surroundings.Error.WriteLine($"error: {SafeText.Line(error.File)}{position}: {SafeText.Line(error.Message)}\n  = fix: {SafeText.Line(error.Fix)}");
        }

        if (hasSummary)
        {
            WriteSummary(resolved, surroundings.Error);
        }

        return ExitCodeOf(resolved, errors, surroundings);
    }

    private static Outcome Resolve(CheckOptions options, Activity activity, Surroundings surroundings)
    {
        activity.Begin("finding templates and pipelines");
        var inputs = new InputFinder(surroundings.WorkingFolder, surroundings.Input).Find(options.Paths);
        var evaluator = new Evaluator(surroundings.WorkingFolder, ModuleCache.Of(options.ModuleCache, surroundings.WorkingFolder), activity: activity);
        var plan = evaluator.Plan(inputs, options, isOverlay: true);
        if (plan.UsageError is not null)
        {
            return new Outcome([], [], plan.UsageError);
        }

        var scripts = new ScriptFollower(surroundings.WorkingFolder).Follow(inputs.Scripts);
        var resolved = evaluator.Run(plan, options.Target).AddRange(scripts.Runs.Select(one => WholeOf(one, evaluator, options, surroundings)));
        return new Outcome(resolved, [.. inputs.Errors, .. plan.Errors, .. scripts.Errors], null);
    }

    private static void Write(ResolvedTemplate template, IReadOnlyList<InputError> errors, Shown shown, bool isOne, Surroundings surroundings)
    {
        if (shown.IsTable)
        {
            ResourcesText.Write(surroundings.Output, template, surroundings.Width);
        }
        else
        {
            ResourcesDocument.Write(template, errors, surroundings.Output, shown.HasLocations, isIndented: isOne);
        }

        surroundings.Output.Write('\n');
    }

    // What the commands of a pipeline make, and what the templates deploy that it deploys.
    private static ResolvedTemplate WholeOf(FollowedRun followed, Evaluator evaluator, CheckOptions options, Surroundings surroundings)
    {
        var deployments = new PipelineDeployments(surroundings.WorkingFolder, options.Target);
        deployments.Add(followed);
        var plan = deployments.Join(new EvaluationPlan([], [], null));
        var templates = evaluator.Run(plan, options.Target);
        return new ResolvedTemplate(
            followed.File.Source.Path,
            [],
            [.. followed.Run.Operations.Select(operation => operation.Resource), .. templates.SelectMany(template => template.Resources)],
            ObjectValue.Empty,
            [.. templates.SelectMany(template => template.Unresolved)],
            [.. templates.SelectMany(template => template.Problems)]);
    }

    private static int ExitCodeOf(IReadOnlyCollection<ResolvedTemplate> resolved, List<InputError> errors, Surroundings surroundings)
    {
        if (errors.Exists(error => error.IsUnreadable))
        {
            return ExitCodes.Unreadable;
        }

        if (resolved.Count == 0)
        {
            surroundings.Error.WriteLine("deploygate: no template was found");
            return ExitCodes.NothingToCheck;
        }

        return ExitCodes.Open;
    }

    private static void WriteSummary(IReadOnlyCollection<ResolvedTemplate> resolved, TextWriter output)
    {
        var reasons = resolved.SelectMany(template => template.Unresolved).GroupBy(one => Generic(one.Value)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        output.WriteLine($"templates: {resolved.Count}, resources: {resolved.Sum(template => template.Resources.Length)}, unknown values: {resolved.Sum(template => template.Unresolved.Length)}");
        foreach (var group in reasons.Take(10))
        {
            output.WriteLine($"{group.Count(),8}  {group.Key}");
        }
    }

    // The reason without the names that differ from template to template.
    private static string Generic(UnknownValue value)
    {
        var call = value.Expression.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? value.Expression[..at] + "(…)" : "";
        return value.Reason is UnknownReason.DeploymentContext ? $"{value.Reason}: {value.Expression}" : $"{value.Reason}: {call}";
    }
}
