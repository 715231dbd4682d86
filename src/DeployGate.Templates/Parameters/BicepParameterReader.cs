using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Evaluation;
using DeployGate.Templates.Functions;

namespace DeployGate.Templates.Parameters;

/// <summary>
/// Reads <c>.bicepparam</c> files. Their parameters and variables see one another, so that the file is evaluated like the
/// variables of a template; what comes from outside (environment, vault, other tools) is unknown.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/bicep/parameter-files"/>
internal static class BicepParameterReader
{
    private const int MaxChain = 16;

    /// <summary>The entries, <c>{ "name": { "value": … } }</c>; those of the file it extends where it has none of its own.</summary>
    internal static ObjectValue Read(BicepFile file, EvaluationRun run) => Read(file, run, 0);

    private static ObjectValue Read(BicepFile file, EvaluationRun run, int depth)
    {
        var members = new List<Member>();
        if (depth < MaxChain && file.Statements.OfType<ExtendsStatement>().FirstOrDefault()?.Path.Literal is { } path
            && run.Files.Read(BicepFileFunctions.Relative(file.Source.Path, path)) is FileRead.Found found)
        {
            members.AddRange(Read(BicepParser.Parse(found.Source), run, depth + 1).Members);
        }

        // A value without a type is a variable in all but its name.
        var variables = file.Statements.Select(Statement (statement) => statement is ParameterStatement { Value: { } value } parameter
            ? new VariableStatement(parameter.Span, parameter.Name, null, value)
            : statement);
        var model = run.Modules.ModelOf(file with { Statements = [.. variables], Problems = [] }, run);
        var context = new FunctionContext { Scope = DeploymentScope.Unknown(ScopeKind.ResourceGroup) };
        var evaluation = new DeploymentEvaluation(run, model, ParameterArguments.None, context, 0);
        foreach (var parameter in file.Statements.OfType<ParameterStatement>())
        {
            var place = new Place(file.Source, parameter.Name.Span);
            var value = evaluation.Variables.Get(parameter.Name.Text, place);
            members.Add(new Member(parameter.Name.Text, new ObjectValue([new Member("value", value)]) { Origin = value.Origin }, place));
        }

        return ObjectValue.From(members);
    }
}
