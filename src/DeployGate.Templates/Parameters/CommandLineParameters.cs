using System.Globalization;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Evaluation;
using DeployGate.Templates.Json;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Parameters;

/// <summary>Parameters of a command line: <c>--parameters name=value</c>, <c>-name value</c>, overrides of a task.</summary>
/// <seealso href="https://learn.microsoft.com/cli/azure/deployment/group#az-deployment-group-create"/>
internal static class CommandLineParameters
{
    /// <summary>Adds the values, each converted to the type its parameter has.</summary>
    internal static void AddTo(Dictionary<string, Value> values, ObjectValue given, TemplateModel model, EvaluationRun run)
    {
        foreach (var entry in given.Members)
        {
            if (!model.Parameters.TryGetValue(entry.Name, out var parameter))
            {
                var place = entry.NamePlace ?? entry.Value.Origin?.Place ?? model.Place;
                run.Report(new Problem(place, $"the template '{model.Place.Source.Path}' has no parameter '{entry.Name}'", "Remove the value, or declare the parameter: Azure refuses the deployment.", IsFatal: false));
                continue;
            }

            values[entry.Name] = Converted(entry.Value, parameter.Kind);
        }
    }

    private static Value Converted(Value value, ParameterKind kind)
    {
        if (value is not StringValue text)
        {
            return value;
        }

        switch (kind)
        {
            case ParameterKind.Number when long.TryParse(text.Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return Of(new IntValue(number), value);
            case ParameterKind.Truth when bool.TryParse(text.Text.Trim(), out var truth):
                return Of(new BoolValue(truth), value);
            case ParameterKind.List or ParameterKind.Map:
                // The text is data, its places are those of the text as a whole.
                return JsonReader.Read(new SourceText("<command line>", text.Text)).Root is { } root ? Of(WithoutPlaces(root), value) : value;
            default:
                return value;
        }
    }

    private static Value Of(Value converted, Value written) => written.IsSecret ? converted.At(written.Origin).AsSecret() : converted.At(written.Origin);

    private static Value WithoutPlaces(Value value) => value switch
    {
        ArrayValue list => new ArrayValue([.. list.Items.Select(WithoutPlaces)]),
        ObjectValue map => ObjectValue.From(map.Members.Select(member => new Member(member.Name, WithoutPlaces(member.Value)))),
        _ => value with { Origin = null },
    };
}
