using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Modules;

/// <summary>
/// What a compiled template exports to Bicep files that import it: its functions, and the variables that its metadata names.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-import"/>
internal static class ArmExports
{
    private const string ExportedVariables = "__bicep_exported_variables!";

    internal static Dictionary<string, BicepSymbol> Of(TemplateModel template)
    {
        var exports = new Dictionary<string, BicepSymbol>(StringComparer.Ordinal);
        foreach (var (name, function) in template.Functions)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            exports[name[(dot + 1)..]] = new BicepSymbol.ImportedFunction(template, new FunctionSlot(() => Calling(function, name[..dot], name[(dot + 1)..])));
        }

        foreach (var variable in (template.Header.Get("metadata", ExportedVariables) as ArrayValue)?.Items ?? [])
        {
            if ((variable as ObjectValue)?.GetText("name") is { } name && template.Variables.ContainsKey(name))
            {
                exports[name] = new BicepSymbol.ImportedVariable(template, name);
            }
        }

        return exports;
    }

    // The function's body sees its parameters the way ARM does; so the importing file calls it where it belongs.
    private static UserFunction Calling(UserFunction function, string space, string name) => function with
    {
        Body = new CallExpression(function.Place, space, name, [.. function.Parameters.Select(parameter => new LocalExpression(function.Place, parameter))]),
    };
}
