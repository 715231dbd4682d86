using System.Globalization;
using DeployGate.Cli.Policies;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Templates;

namespace DeployGate.Benchmarks.Parts;

/// <summary>A template of 1,000 managed images that are declared Specialized, which Azure refuses of each.</summary>
internal static class ThousandImages
{
    internal const int Count = 1000;

    internal static ResolvedTemplate Resolve()
    {
        var images = string.Join(",\n", Enumerable.Range(0, Count).Select(Image));
        var text = $"{{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\", \"resources\": [\n{images}\n] }}";
        return new TemplateResolver(new MemoryFiles()).Resolve(TemplateFile.Read(new SourceText("images.json", text)), [], new DeploymentTarget());
    }

    internal static GateResult Judge(ResolvedTemplate template, SharedArtifacts shared) => new Gate(DecisionTableReader.Embedded, RuleSettings.Default).Judge(template, shared);

    internal static SharedArtifacts Share(ResolvedTemplate template) => new(template.Resources, Facts.None);

    private static string Image(int number)
    {
        var n = number.ToString(CultureInfo.InvariantCulture);
        return $$"""
            { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "image-{{n}}", "location": "westeurope",
              "properties": { "storageProfile": { "osDisk": { "osType": "Windows",
                "osState": "Specialized",
                "snapshot": { "id": "[resourceId('Microsoft.Compute/snapshots', 'snap-{{n}}')]" } } } } }
            """;
    }
}
