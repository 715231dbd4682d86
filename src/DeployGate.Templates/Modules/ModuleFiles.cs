using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.BicepFiles;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Evaluation;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Json;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Modules;

/// <summary>The modules and imported files of one evaluation: each read once, local ones from the repository, others from the module cache.</summary>
internal sealed class ModuleFiles(ISourceFiles files, ISourceFiles? cache)
{
    /// <summary>Files that import one another in a row: each takes its part of the stack.</summary>
    private const int MostImports = 100;

    private readonly Dictionary<string, BicepTemplate?> _bicep = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TemplateModel?> _arm = new(StringComparer.Ordinal);
    private readonly Dictionary<TemplateModel, DeploymentEvaluation> _foreign = new(ReferenceEqualityComparer.Instance);
    private readonly List<Problem> _problems = [];
    private int _imports;

    /// <summary>The files of the repository that were read as modules or imports.</summary>
    internal ImmutableArray<string> Paths => [.. _bicep.Keys.Concat(_arm.Keys.Where(path => !path.StartsWith("cache:", StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    /// <summary>The model of a parsed file that the user named.</summary>
    internal TemplateModel ModelOf(BicepFile file, EvaluationRun run)
    {
        var template = Read(file);
        Report(run);
        return template.Model;
    }

    /// <summary>The template a module's path or address means; else why it is not known.</summary>
    internal (TemplateModel? Model, UnknownValue? Unknown) Find(Located<string> module, EvaluationRun run)
    {
        var reference = module.Value;
        if (reference.Contains(':', StringComparison.Ordinal))
        {
            return FromRegistry(module);
        }

        var path = BicepFileFunctions.Relative(module.Place.Source.Path, reference);
        var model = reference.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase) ? Bicep(path)?.Model : Arm(path, files, path);
        Report(run);
        if (model is not null)
        {
            return (model, null);
        }

        run.Report(new Problem(module.Place, $"the module '{reference}' is not a readable file of the repository", "Correct the path.", IsFatal: true));
        return (null, new UnknownValue(UnknownReason.ModuleNotRestored, reference, "the module's file could not be read") { Origin = new Origin(module.Place) });
    }

    /// <summary>A file's variables and functions, for those that import them.</summary>
    internal DeploymentEvaluation Foreign(TemplateModel model, EvaluationRun run)
    {
        if (!_foreign.TryGetValue(model, out var evaluation))
        {
            var context = new FunctionContext { Scope = DeploymentScope.Unknown(ScopeKind.ResourceGroup) };
            evaluation = _foreign[model] = new DeploymentEvaluation(run, model, ParameterArguments.None, context, 0);
        }

        return evaluation;
    }

    private (TemplateModel?, UnknownValue?) FromRegistry(Located<string> module)
    {
        var path = cache is null ? null : ModuleAddresses.PathOf(module.Value, module.Place.Source.Path, files);
        var model = path is null ? null : Arm("cache:" + path, cache!, path);
        return model is not null
            ? (model, null)
            : (null, new UnknownValue(UnknownReason.ModuleNotRestored, module.Value, $"the module was not restored; run 'bicep restore {module.Place.Source.Path}'") { Origin = new Origin(module.Place) });
    }

    private BicepTemplate? Bicep(string path)
    {
        if (files.Read(path) is not FileRead.Found found)
        {
            return null;
        }

        return _bicep.TryGetValue(found.Source.Path, out var known) ? known : Read(BicepParser.Parse(found.Source));
    }

    private BicepTemplate Read(BicepFile file)
    {
        // While a file is being read it exports nothing: files that import one another end there.
        _bicep[file.Source.Path] = null;
        _problems.AddRange(file.Problems);
        var template = BicepTemplateReader.Read(file, files, Exports);
        _bicep[file.Source.Path] = template;
        return template;
    }

    private IReadOnlyDictionary<string, BicepSymbol>? Exports(Located<string> from)
    {
        if (from.Value.Contains(':', StringComparison.Ordinal))
        {
            return FromRegistry(from).Item1 is { } restored ? ArmExports.Of(restored) : null;
        }

        var path = BicepFileFunctions.Relative(from.Place.Source.Path, from.Value);
        return from.Value.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase)
            ? Imported(path, from.Place)?.Exports
            : Arm(path, files, path) is { } template ? ArmExports.Of(template) : null;
    }

    private BicepTemplate? Imported(string path, Place from)
    {
        if (_imports == MostImports)
        {
            _problems.Add(new Problem(from, $"more than {MostImports} files import one another in a row", "Import the file directly.", IsFatal: true));
            return null;
        }

        _imports++;
        var template = Bicep(path);
        _imports--;
        return template;
    }

    private TemplateModel? Arm(string key, ISourceFiles from, string path)
    {
        if (_arm.TryGetValue(key, out var known))
        {
            return known;
        }

        TemplateModel? model = null;
        if (from.Read(path) is FileRead.Found found)
        {
            var document = JsonReader.Read(found.Source);
            _problems.AddRange(document.Problems.Where(problem => problem.IsFatal));
            model = document.Root is ObjectValue { Origin: not null } root ? ArmTemplateReader.Read(root, root.Origin!.Place, _problems) : null;
        }

        return _arm[key] = model;
    }

    private void Report(EvaluationRun run)
    {
        _problems.ForEach(run.Report);
        _problems.Clear();
    }
}
