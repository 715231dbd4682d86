using DeployGate.ControlPlane.Live;
using DeployGate.Core.Assessment;
using DeployGate.TestKit;

namespace DeployGate.ControlPlane.Tests.Live;

/// <summary>One lookup against a loopback server, and what came of it.</summary>
internal static class Lookups
{
    internal const string Group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-images/providers/Microsoft.Compute";

    internal const string Machine = $"{Group}/virtualMachines/vm-build";

    internal static LiveOptions Options { get; } = new()
    {
        Cloud = AzureCloud.Find(null, null)!,
        Environment = _ => null,
        Clock = TimeProvider.System,
        Timeout = TimeSpan.FromSeconds(20),
    };

    internal static WantedFact Wanted(string id, string type = "Microsoft.Compute/virtualMachines") => new(type, id);

    /// <summary>What a server says of a machine's path; a lookup that does not end in time fails the test.</summary>
    internal static async Task<Facts> Ask(LoopbackAzure azure, LiveOptions options, params WantedFact[] wanted)
    {
        using var live = azure.Open(options);
        return await live.Read(wanted).WaitAsync(TimeSpan.FromSeconds(30));
    }

    internal static async Task<string> ReasonOf(LoopbackAzure azure, LiveOptions? options = null)
    {
        var facts = await Ask(azure, options ?? Options, Wanted(Machine));
        var one = Assert.Single(facts.Unreadable);
        Assert.Equal((Machine, 0, 0), (one.Id, facts.Resources.Length, facts.Absent.Length));
        Assert.DoesNotContain(LoopbackAzure.Token, one.Reason, StringComparison.Ordinal);
        return one.Reason;
    }

    internal static string MachineJson(string statuses = """{"code":"ProvisioningState/succeeded"},{"code":"OSState/generalized"},{"code":"PowerState/deallocated"}""", string id = Machine) =>
        $$"""
        {"id":"{{id}}","name":"vm-build","type":"Microsoft.Compute/virtualMachines","location":"westeurope","tags":{"owner":"nobody"},
         "properties":{"vmId":"5b1a7d55-9a0e-4a3c-8b47-2d1f0a3f0c11","osProfile":{"computerName":"vm-build","adminUsername":"azureuser","adminPassword":"hunter2","customData":"c2VjcmV0"},
          "storageProfile":{"osDisk":{"osType":"Windows","createOption":"FromImage","managedDisk":{"id":"{{Group}}/disks/vm-build-os"} } },
          "diagnosticsProfile":{"bootDiagnostics":{"storageUri":"https://diag.blob.core.windows.net/?sig=leak"} },
          "instanceView":{"computerName":"vm-build","bootDiagnostics":{"serialConsoleLogBlobUri":"https://diag.blob.core.windows.net/x?sv=1&sig=leak"},"statuses":[{{statuses}}] } } }
        """;
}
