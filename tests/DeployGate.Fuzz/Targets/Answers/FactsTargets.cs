using System.Text;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.ControlPlane.Failures;
using DeployGate.ControlPlane.Live;
using DeployGate.Core.Diagnosis;
using DeployGate.Core.Images;
using DeployGate.Core.Text;
using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.Reporting.Diagnoses;
using DeployGate.Templates;

namespace DeployGate.Fuzz.Targets.Answers;

/// <summary>Readers of what Azure answered, recorded or live, and of what failed.</summary>
internal static class FactsTargets
{
    private static readonly string[] s_words =
    [
        "instanceView", "statuses", "\"OSState/generalized\"", "\"OSState/specialized\"", "\"PowerState/running\"", "osState", "hyperVGeneration", "storageProfile", "osDisk", "managedDisk", "properties", "absent", "disks", "inspection", "schema", "\"deploygate-facts/v1\"", "\"deploygate-inspection/v1\"", "recordedAt", "value", "nextLink", "error", "details", "innererror", "message", "code",
        "\"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm\"", "\"Microsoft.Compute/virtualMachines\"",
    ];

    private const string Vm = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-build";

    private static readonly string[] s_facts =
    [
        $$$$$"""{"schema":"deploygate-facts/v1","recordedAt":"2026-11-20T10:00:00Z","resources":[{"id":"{{{{{Vm}}}}}","type":"Microsoft.Compute/virtualMachines","properties":{"storageProfile":{"osDisk":{"osType":"Windows"}},"instanceView":{"statuses":[{"code":"OSState/generalized"}]}}}],"absent":["{{{{{Vm}}}}}-gone"],"disks":[{"of":"{{{{{Vm}}}}}","inspection":{"schema":"deploygate-inspection/v1","disk":"a.vhd","container":"raw","partitions":[],"os":{"type":"Windows"},"state":"Generalized","reason":"x","evidence":[],"contradictions":[],"read":{"bytes":1,"requests":1}}}]}""",
        $$$$$"""[{"id":"{{{{{Vm}}}}}","name":"vm-build","resourceGroup":"rg","instanceView":{"statuses":[{"code":"PowerState/deallocated","time":"2026-11-20T10:00:00+00:00"}]},"storageProfile":{"osDisk":{"osType":"Linux"}}}]""",
    ];

    private static readonly string[] s_failures =
    [
        """{"status":"Failed","error":{"code":"DeploymentFailed","message":"At least one resource deployment operation failed.","details":[{"code":"Conflict","message":"{\"error\":{\"code\":\"OSProvisioningTimedOut\",\"message\":\"OS Provisioning for VM 'vm' did not finish in the allotted time.\"}}"}]}}""",
        """{"computerName":"vm","statuses":[{"code":"ProvisioningState/failed/OSProvisioningInternalError","level":"Error","displayStatus":"Provisioning failed","message":"[ProvisionedFileNotFound] Deploying OS image failed."},{"code":"OSState/generalized"}],"vmAgent":{"statuses":[{"code":"ProvisioningState/Unavailable","message":"x","time":"2026-11-20T10:00:00+00:00"}]}}""",
    ];

    private static readonly ResolvedState s_declared = ResolvedState.Make();

    internal static IEnumerable<FuzzTarget> All { get; } =
    [
        new TextTarget("facts", FactsFiles, (text, isThorough) => Read(text, isThorough)) { Dictionary = s_words },
        new TextTarget("inspection-document", FactsFiles, (text, _) => FactsReader.Read([], [new GivenInspection(Vm, new SourceText("disk.json", text))])) { Dictionary = s_words },
        new TextTarget("failure", Failures, Diagnose) { Dictionary = s_words },
        new TextTarget("azure-answer", Answers, (text, _) => Answer(text)) { Dictionary = s_words },
    ];

    private static IEnumerable<string> FactsFiles(SeedFiles files) => [.. s_facts, .. files.Texts([".json"], text => text.Contains("/subscriptions/", StringComparison.Ordinal) && !text.Contains("deploymentTemplate", StringComparison.Ordinal) && !text.Contains("deploygate-report", StringComparison.Ordinal))];

    private static IEnumerable<string> Failures(SeedFiles files) => [.. s_failures, .. files.Texts([".json"], text => text.Contains("\"statuses\"", StringComparison.Ordinal) || text.Contains("\"error\"", StringComparison.Ordinal))];

    private static IEnumerable<string> Answers(SeedFiles files) => [.. s_failures, """{"error":{"code":"AuthorizationFailed","message":"The client 'a' does not have authorization to perform action 'Microsoft.Compute/images/read' over scope '/x'."}}""", .. FactsFiles(files).Take(100)];

    private static void Read(string text, bool isThorough)
    {
        var read = FactsReader.Read([new SourceText("facts.json", text)], []);
        Properties.Holds(read.Errors.All(error => error.Message.Length > 0 && error.Fix.Length > 0), "an error without words");
        if (!isThorough)
        {
            return;
        }

        var written = FactsWriter.Write(read.Facts, [], DateTimeOffset.UnixEpoch);
        Properties.Json(written);
        var again = FactsReader.Read([new SourceText("facts.json", written)], []);
        Properties.Holds(!again.Errors.Any(error => error.IsUnreadable), "facts that were written cannot be read");
        var ids = again.Facts.Resources.Select(fact => fact.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Properties.Holds(read.Facts.Resources.All(fact => ids.Contains(fact.Id)), "facts that were written lack a resource");
        Whole.Judge([], gate => gate.Judge(s_declared.Template, new SharedArtifacts(s_declared.Template.Resources, read.Facts)), isThorough);
    }

    private static void Diagnose(string text, bool isThorough)
    {
        var read = FailureDocument.Read(new SourceText("failure.json", text));
        var explained = read.Records.Select(record => new Diagnosis(record.Subject, Physician.Explain(record), record.Inspections)).ToList();
        if (isThorough)
        {
            using var json = new StringWriter();
            DiagnosisJson.Write(json, explained, _ => "name");
            Properties.Json(json.ToString());
            explained.ForEach(one => DiagnosisText.Write(TextWriter.Null, one, _ => "name"));
        }
    }

    private static void Answer(string text)
    {
        foreach (var status in (ReadOnlySpan<int>)[200, 302, 401, 403, 404, 409, 429, 500])
        {
            using var response = new RecordedResponse(status, Encoding.UTF8.GetBytes(text));
            _ = status == 200 ? (object?)ArmReader.Parse(response) : ArmRefusal.Of(response, "Microsoft.Compute/images/read", DateTimeOffset.UnixEpoch);
        }
    }

    /// <summary>A template that uses the machine of the facts, so that they are judged and not only read.</summary>
    private sealed record ResolvedState(Core.Resources.ResolvedTemplate Template)
    {
        private const string Text = $$"""
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "resources": [
                { "type": "Microsoft.Compute/galleries/images", "apiVersion": "2023-07-03", "name": "g/d", "location": "westeurope", "properties": { "osType": "Windows", "osState": "Generalized", "identifier": { "publisher": "p", "offer": "o", "sku": "s" } } },
                { "type": "Microsoft.Compute/galleries/images/versions", "apiVersion": "2023-07-03", "name": "g/d/1.0.0", "location": "westeurope", "properties": { "storageProfile": { "source": { "virtualMachineId": "{{Vm}}" } } } },
                { "type": "Microsoft.Compute/images", "apiVersion": "2024-03-01", "name": "i", "location": "westeurope", "properties": { "sourceVirtualMachine": { "id": "{{Vm}}" } } } ] }
            """;

        internal static ResolvedState Make() => new(new TemplateResolver(MemoryFiles.Instance).Resolve(TemplateFile.Read(new SourceText("main.json", Text)), [], new DeploymentTarget()));
    }
}
