using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
using DeployGate.Cli.Output;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Reporting.Json;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate resolve</c>: print what templates would deploy.</summary>
internal static class ResolveCommand
{
    internal static Command Create(Surroundings surroundings)
    {
        var options = new Options();
        var format = new Option<string?>("--format") { Description = "json (default)." };
        var locations = new Option<bool>("--locations") { Description = "Add where a person wrote each value." };
        var summary = new Option<bool>("--summary") { Description = "On standard error: how many resources, how many unknown values, and why." };
        var command = new Command("resolve", "Print the concrete resources that templates and pipelines would deploy, as JSON.");
        options.AddContextTo(command);
        command.Add(format);
        command.Add(locations);
        command.Add(summary);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(format) is { } name && name != "json")
            {
                return surroundings.WrongUsage($"--format {name}: json is the only format");
            }

            var (read, error) = options.Read(parsed, surroundings);
            return read is null ? surroundings.WrongUsage(error!) : Run(read, parsed.GetValue(locations), parsed.GetValue(summary), surroundings);
        });
        return command;
    }

    private static int Run(CheckOptions options, bool hasLocations, bool hasSummary, Surroundings surroundings)
    {
        var inputs = new InputFinder(surroundings.WorkingFolder, surroundings.Input).Find(options.Paths);
        var evaluator = new Evaluator(surroundings.WorkingFolder, ModuleCache.Of(options.ModuleCache, surroundings.WorkingFolder));
        var plan = evaluator.Plan(inputs, options, isOverlay: true);
        if (plan.UsageError is not null)
        {
            return surroundings.WrongUsage(plan.UsageError);
        }

        var isOne = options.Paths.Length == 1 && !Directory.Exists(Path.GetFullPath(options.Paths[0], surroundings.WorkingFolder));
        var scripts = new ScriptFollower(surroundings.WorkingFolder).Follow(inputs.Scripts);
        var resolved = evaluator.Run(plan, options.Target).AddRange(scripts.Runs.Select(one => WholeOf(one, evaluator, options, surroundings)));
        var errors = inputs.Errors.Concat(plan.Errors).Concat(scripts.Errors).ToList();
        foreach (var template in resolved)
        {
            var own = Evaluator.ErrorsOf([template]).ToList();
            ResourcesDocument.Write(template, own, surroundings.Output, hasLocations, isIndented: isOne);
            surroundings.Output.Write('\n');
            errors.AddRange(own);
        }

        foreach (var error in errors.Where(error => error.IsUnreadable))
        {
            var position = error.Position is { } at ? $":{at.Line}:{at.Column}" : "";
            surroundings.Error.WriteLine($"error: {error.File}{position}: {error.Message}\n  = fix: {error.Fix}");
        }

        if (hasSummary)
        {
            WriteSummary(resolved, surroundings.Error);
        }

        return ExitCodeOf(resolved, errors, surroundings);
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
