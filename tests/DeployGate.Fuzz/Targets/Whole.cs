using DeployGate.Cli.Policies;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Reporting.Json;
using DeployGate.Templates;

namespace DeployGate.Fuzz.Targets;

/// <summary>From a text to a report, without files: what <c>check</c> does with a file it has found.</summary>
internal static class Whole
{
    private static readonly RuleSettings s_settings = RuleSettings.Default;

    /// <summary>Steps that evaluations have taken since somebody set this back; of each thread, because tests run side by side.</summary>
    [field: ThreadStatic]
    internal static long Steps { get; set; }

    /// <summary>Evaluates a template, judges it, and prints it.</summary>
    internal static void Template(TemplateFile template, IReadOnlyList<TemplateFile> parameters, bool isThorough)
    {
        var resolved = Resolve(template, parameters);
        Properties.Inside(resolved.Problems);
        foreach (var resource in resolved.Resources)
        {
            Properties.Inside(resource.Declaration);
        }

        foreach (var unresolved in resolved.Unresolved)
        {
            Properties.Inside(unresolved.At);
        }

        Judge(resolved.Problems, gate => gate.Judge(resolved, new SharedArtifacts(resolved.Resources, Facts.None)), isThorough);
        if (isThorough)
        {
            var printed = Print(resolved);
            Properties.Json(printed);
            Properties.Same(printed, Print(Resolve(template, parameters)));
        }
    }

    /// <summary>Judges a pipeline that was followed.</summary>
    internal static void Pipeline(PipelineRun run, bool isThorough)
    {
        Properties.Inside(run.Problems);
        foreach (var remark in run.Remarks)
        {
            Properties.Inside(remark.Place);
        }

        var made = run.Operations.Select(operation => operation.Resource).ToList();
        Judge(run.Problems, gate => gate.Judge(run, new SharedArtifacts(made, Facts.None)), isThorough);
    }

    /// <summary>Judges with facts.</summary>
    internal static void Judge(IEnumerable<Problem> problems, Func<Gate, GateResult> judge, bool isThorough)
    {
        var gate = new Gate(DecisionTableReader.Embedded, s_settings) { Now = DateTimeOffset.UnixEpoch };
        var result = judge(gate);
        foreach (var finding in result.Findings)
        {
            Properties.Inside(finding.Location);
            foreach (var related in finding.Related)
            {
                Properties.Inside(related.Place);
            }
        }

        if (isThorough)
        {
            var errors = problems.Select(problem => new InputError(problem.At.Source.Path, problem.At.Start, problem.Message, problem.Fix, problem.IsFatal));
            Properties.Reports(new GateReport("0", Findings.Merge(result.Findings), UseReport.Distinct(result.Uses), InputError.InOrder(errors), 1, 0));
        }
    }

    private static ResolvedTemplate Resolve(TemplateFile template, IReadOnlyList<TemplateFile> parameters)
    {
        var resolver = new TemplateResolver(MemoryFiles.Instance);
        var resolved = resolver.Resolve(template, parameters, new DeploymentTarget("00000000-0000-0000-0000-000000000001", "rg", "westeurope"));
        Steps += resolver.Spent;
        return resolved;
    }

    private static string Print(ResolvedTemplate resolved)
    {
        using var text = new StringWriter();
        ResourcesDocument.Write(resolved, [], text, hasLocations: true, isIndented: false);
        return text.ToString();
    }
}

/// <summary>The files that an input may name: a few in memory, itself among them, so that circles are met.</summary>
internal sealed class MemoryFiles : ISourceFiles
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    internal static MemoryFiles Instance { get; } = new();

    /// <summary>Puts a file there.</summary>
    internal void Set(string path, string text) => _files[path] = text;

    public FileRead Read(string path)
    {
        var name = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return _files.TryGetValue(name, out var text) ? new FileRead.Found(new SourceText(name, text)) : new FileRead.Missing(path);
    }

    public IReadOnlyList<string>? List(string folder) => [.. _files.Keys.Order(StringComparer.Ordinal)];
}
