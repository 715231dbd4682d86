using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.BicepFiles;

/// <summary>A Bicep file as a template, and the names that other files can import from it.</summary>
internal sealed record BicepTemplate(TemplateModel Model, IReadOnlyDictionary<string, BicepSymbol> Exports);

/// <summary>Reads a parsed Bicep file into the template model that ARM JSON is read into.</summary>
internal sealed class BicepTemplateReader
{
    private static readonly Dictionary<string, UserFunction> s_noFunctions = [];

    private static readonly BicepSymbol.Parameter s_parameter = new();
    private static readonly BicepSymbol.Variable s_variable = new();

    private readonly BicepFile _file;
    private readonly BicepExpressions _expressions;
    private readonly Dictionary<string, BicepSymbol> _symbols = new(StringComparer.Ordinal);
    private readonly BicepScope _scope;

    private BicepTemplateReader(BicepFile file, ISourceFiles files, Func<Located<string>, IReadOnlyDictionary<string, BicepSymbol>?> import)
    {
        _file = file;
        _expressions = new BicepExpressions(file.Source, new BicepFileFunctions(file.Source.Path, files));
        _scope = BicepScope.Of(_symbols);
        Declare(import);
    }

    /// <summary>Reads; <paramref name="import"/> gives the files this one imports from, null where there is none.</summary>
    internal static BicepTemplate Read(BicepFile file, ISourceFiles files, Func<Located<string>, IReadOnlyDictionary<string, BicepSymbol>?> import)
    {
        var reader = new BicepTemplateReader(file, files, import);
        var model = reader.ReadModel();
        return new BicepTemplate(model, reader.Exports(model));
    }

    private void Declare(Func<Located<string>, IReadOnlyDictionary<string, BicepSymbol>?> import)
    {
        foreach (var statement in _file.Statements)
        {
            switch (statement)
            {
                case ParameterStatement parameter:
                    _symbols[parameter.Name.Text] = s_parameter;
                    break;
                case VariableStatement variable:
                    _symbols[variable.Name.Text] = s_variable;
                    break;
                case ResourceStatement resource:
                    _symbols[resource.Name.Text] = new BicepSymbol.Resource(resource.Name.Text, resource.Body is ForSyntax);
                    break;
                case ModuleStatement module:
                    _symbols[module.Name.Text] = new BicepSymbol.Resource(module.Name.Text, module.Body is ForSyntax);
                    break;
                case FunctionStatement function:
                    _symbols[function.Name.Text] = new BicepSymbol.Function(new FunctionSlot(() => ReadFunction(function)));
                    break;
                case ImportStatement { From: { Literal: { } path } from } imports:
                    Import(imports, import(new Located<string>(path, _expressions.At(from.Span))), path);
                    break;
            }
        }
    }

    private void Import(ImportStatement statement, IReadOnlyDictionary<string, BicepSymbol>? exports, string path)
    {
        if (statement.Wildcard is { } alias)
        {
            _symbols[alias.Text] = exports is null ? Missing(path) : new BicepSymbol.ImportedFile(exports);
            return;
        }

        foreach (var item in statement.Items)
        {
            var name = (item.Alias ?? item.Name).Text;
            if (exports is null)
            {
                _symbols[name] = Missing(path);
            }
            else if (exports.TryGetValue(item.Name.Text, out var symbol))
            {
                _symbols[name] = symbol;
            }
        }
    }

    private BicepSymbol.Missing Missing(string path) => new(path.Contains(':', StringComparison.Ordinal)
        ? new UnknownValue(UnknownReason.ModuleNotRestored, path, $"the module was not restored; run 'bicep restore {_file.Source.Path}'")
        : new UnknownValue(UnknownReason.EvaluationError, path, $"'{path}' could not be imported"));

    private TemplateModel ReadModel()
    {
        var place = new Place(_file.Source, new TextSpan(0, 0));
        var types = new Dictionary<string, TypeStatement>(StringComparer.Ordinal);
        foreach (var type in _file.Statements.OfType<TypeStatement>())
        {
            types[type.Name.Text] = type;
        }

        var reader = new BicepTypes(_expressions, types);
        var parameters = new Dictionary<string, ParameterDeclaration>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in _file.Statements.OfType<ParameterStatement>())
        {
            parameters[parameter.Name.Text] = reader.Read(parameter, _scope, _expressions.At(parameter.Name.Span));
        }

        var variables = new Dictionary<string, Expression>(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in _file.Statements.OfType<VariableStatement>())
        {
            variables[variable.Name.Text] = _expressions.Lower(variable.Value, _scope);
        }

        var resources = new BicepResourceReader(_expressions, _symbols);
        return new TemplateModel
        {
            Place = place,
            Scope = ScopeOf(_file.Statements.OfType<TargetScopeStatement>().FirstOrDefault()),
            IsSymbolic = true,
            Parameters = parameters,
            Variables = variables,
            Functions = s_noFunctions,
            Resources = [.. _file.Statements.Select(statement => resources.Read(statement, _scope)).OfType<ResourceDeclaration>()],
            Outputs = [.. _file.Statements.OfType<OutputStatement>().Select(ReadOutput)],
            Header = new ObjectValue([new Member("contentVersion", new StringValue("1.0.0.0"))]),
        };
    }

    private OutputDeclaration ReadOutput(OutputStatement output) => new(
        output.Name.Text, _expressions.At(output.Name.Span), null, null, _expressions.Lower(output.Value, _scope), BicepTypes.HasDecorator(output.Decorators, "secure"));

    private UserFunction ReadFunction(FunctionStatement function)
    {
        var names = function.Parameters.Select(parameter => parameter.Name.Text).ToImmutableArray();
        return new UserFunction(function.Name.Text, _expressions.At(function.Name.Span), names, _expressions.Lower(function.Body, _scope.With(names)));
    }

    private Dictionary<string, BicepSymbol> Exports(TemplateModel model)
    {
        var exports = new Dictionary<string, BicepSymbol>(StringComparer.Ordinal);
        foreach (var statement in _file.Statements)
        {
            switch (statement)
            {
                case var local when !BicepTypes.HasDecorator(local.Decorators, "export"):
                    break;
                case VariableStatement variable:
                    exports[variable.Name.Text] = new BicepSymbol.ImportedVariable(model, variable.Name.Text);
                    break;
                // A later declaration of the same name takes its place, which Bicep refuses.
                case FunctionStatement function when _symbols[function.Name.Text] is BicepSymbol.Function declared:
                    exports[function.Name.Text] = new BicepSymbol.ImportedFunction(model, declared.Declaration);
                    break;
            }
        }

        return exports;
    }

    private static ScopeKind ScopeOf(TargetScopeStatement? statement) => (statement?.Value as StringSyntax)?.Literal switch
    {
        "subscription" => ScopeKind.Subscription,
        "managementGroup" => ScopeKind.ManagementGroup,
        "tenant" => ScopeKind.Tenant,
        _ => ScopeKind.ResourceGroup,
    };
}
