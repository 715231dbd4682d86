using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Evaluation;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Parameters;

/// <summary>Reads parameter files: the values they supply, later files over earlier ones.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files"/>
internal static class ParameterFileReader
{
    /// <summary>The entries of a parameter file: those of its <c>parameters</c> section, or of the whole file when it has none.</summary>
    internal static ObjectValue Entries(ObjectValue root) => root.Get("parameters") as ObjectValue ?? root;

    internal static ParameterArguments Read(IReadOnlyList<TemplateFile> files, TemplateModel model, EvaluationRun run)
    {
        var values = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase);
        UnknownValue? rest = null;
        foreach (var file in files)
        {
            if (file.IsCommandLine)
            {
                CommandLineParameters.AddTo(values, file.Root!, model, run);
                rest ??= file.Root!.Rest;
                continue;
            }

            var entries = file.Bicep is { } bicep ? BicepParameterReader.Read(bicep, run) : file.Root is null ? null : Entries(file.Root);
            if (entries is null)
            {
                continue;
            }

            foreach (var entry in entries.Members)
            {
                if (entry.Name is "$schema" or "contentVersion" or "metadata")
                {
                    continue;
                }

                if (!model.Parameters.ContainsKey(entry.Name))
                {
                    run.Report(new Problem(entry.NamePlace ?? model.Place, $"the template '{model.Place.Source.Path}' has no parameter '{entry.Name}'", "Remove the entry, or declare the parameter: Azure refuses the deployment.", IsFatal: false));
                }

                values[entry.Name] = ParameterEntries.ValueOf(entry);
            }
        }

        if (files.Count > 0 && rest is null)
        {
            ReportMissing(files, model, values, run);
        }

        return new ParameterArguments(values, rest);
    }

    // Only a remark: people add values on the command line of the deployment.
    private static void ReportMissing(IReadOnlyList<TemplateFile> files, TemplateModel model, Dictionary<string, Value> values, EvaluationRun run)
    {
        foreach (var parameter in model.Parameters.Values)
        {
            if (parameter is not { Default: null, IsNullable: false } || values.ContainsKey(parameter.Name))
            {
                continue;
            }

            var (source, start) = (files[^1].Source, files[^1].Root?.Origin?.Place.Span.Start ?? 0);
            var place = new Place(source, new TextSpan(start, Math.Min(1, source.Content.Length - start)));
            run.Report(new Problem(place, $"no value is supplied for the parameter '{parameter.Name}', which has no default", $"Add it to '{source.Path}', unless the deployment supplies it in another way.", IsFatal: false));
        }
    }
}
