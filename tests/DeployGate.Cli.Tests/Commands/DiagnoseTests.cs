using System.Text.Json.Nodes;
using DeployGate.TestKit;

namespace DeployGate.Cli.Tests.Commands;

public sealed class DiagnoseTests
{
    private const string Prepared = "OS Provisioning for VM 'vm1' did not finish in the allotted time. The VM may still finish provisioning successfully. Please check provisioning state later.";

    [Fact]
    public void A_refused_start_is_explained_by_the_mark_and_by_the_operation_that_made_it()
    {
        var filter = "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Insights/eventtypes/management/values";
        using var azure = new LoopbackAzure()
            .With(Runs.Machine, $$"""
                {"id":"{{Runs.Machine}}","type":"Microsoft.Compute/virtualMachines","properties":{"storageProfile":{"osDisk":{"osType":"Windows"} },
                 "instanceView":{"statuses":[{"code":"ProvisioningState/succeeded"},{"code":"OSState/generalized"},{"code":"PowerState/deallocated"}] } } }
                """)
            .With(filter, """
                {"value":[{"eventTimestamp":"2026-11-19T08:30:00Z","operationName":{"value":"Microsoft.Compute/virtualMachines/generalize/action"},"status":{"value":"Succeeded"}},
                          {"eventTimestamp":"2026-11-18T08:30:00Z","operationName":{"value":"Microsoft.Compute/virtualMachines/write"},"status":{"value":"Succeeded"}}]}
                """);
        var (exit, output, error) = Runs.Run(Path.GetTempPath(), "", azure, "diagnose", Runs.Machine);
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(
            $"""
            {Runs.Machine}

            start-refused-generalized
              = what: The machine was marked generalized after it was created. Azure never starts a marked machine again, whatever its guest holds. The operation 'Microsoft.Compute/virtualMachines/generalize/action' marked it on 2026-11-19 at 08:30:00 UTC.
              = evidence: OSState/generalized (Azure: properties.instanceView.statuses[1]) (instance view)
              = evidence: Microsoft.Compute/virtualMachines/generalize/action: Succeeded (activity log:[0], 2026-11-19T08:30:00Z)
              = now: Nothing removes the mark. Capture an image and create a new machine of it. If sysprep was never run in the guest, a new machine around a copy of the OS disk (createOption Attach) starts as the old one did; if it was, that machine would stop at OOBE.
              = rule: would have been stopped by DG4001 (start-generalized-vm)

            """,
            output);
    }

    [Theory]
    [InlineData("OperationNotAllowed", "Operation 'start' is not allowed on VM 'vm1' since the VM is generalized.", "start-refused-generalized", "DG4001")]
    [InlineData("OSProvisioningTimedOut", Prepared + " However, the VM guest agent was detected running. This suggests the guest OS has not been properly prepared to be used as a VM image (with CreateOption=FromImage).", "provisioned-without-preparation", "DG5002")]
    [InlineData("OSProvisioningTimedOut", Prepared + " Also, make sure the image has been properly prepared (generalized).", "suspected-without-preparation", "DG5002")]
    [InlineData("OSProvisioningTimedOut", Prepared, "provisioning-timed-out", "DG5002")]
    [InlineData("OSProvisioningClientError", "OS provisioning for VM 'vm1' failed. Error details: x. Make sure the image has been properly prepared (generalized).", "suspected-without-preparation", "DG5002")]
    [InlineData("OSProvisioningClientError", "OS Provisioning failed for VM 'vm1' because the guest OS is currently being provisioned.", "captured-during-setup", "DG5001")]
    [InlineData("OSProvisioningClientError", "SSH host key generation failed.", "host-key-failed", null)]
    [InlineData("OSProvisioningClientError", "Username specified for the VM is invalid for this Linux distribution.", "user-name-refused", null)]
    [InlineData("OSProvisioningInternalError", "OS Provisioning failed for VM 'vm1' due to an internal error.", "provisioning-failed-in-platform", null)]
    [InlineData("DeploymentFailed", "OS provisioning failure has reached terminal state and is non-recoverable for VM 'vm1'. Additional Details: ProvisioningResult:Timeout", "provisioning-timed-out", "DG5002")]
    [InlineData("VMAgentStatusCommunicationError", "VM 'vm1' has not reported status for VM agent or extensions.", "agent-silent", "DG3003")]
    [InlineData("VMExtensionProvisioningTimeout", "Provisioning of VM extension x has timed out.", "extensions-timed-out", "DG3003")]
    [InlineData("RootCause", "The guest did not get a DHCP address.", "no-address-without-preparation", "DG5002")]
    [InlineData("Setup", "ImageState is IMAGE_STATE_UNDEPLOYABLE", "guest-undeployable", "DG5001")]
    [InlineData("InvalidParameter", "Parameter 'osProfile' is not allowed.", "profile-with-specialized", "DG3001")]
    [InlineData("InvalidParameter", "Required parameter 'osProfile' is missing (null).", "profile-missing", "DG3002")]
    [InlineData("OperationNotAllowed", "The operation 'Create Image' requires the Virtual Machine 'vm1' to be Generalized.", "source-not-marked", "DG2003")]
    [InlineData("BadRequest", "The resource with id 'vm1' has a different OS state ['Specialized'] than the parent gallery image OS state ['Generalized'].", "source-not-marked", "DG2003")]
    [InlineData("OperationNotAllowed", "Operation 'generalize' is not allowed on VM 'vm1' since the VM is running.", "generalize-while-running", "DG4002")]
    public void A_deployments_error_is_explained(string code, string message, string cause, string? rule)
    {
        var document = new JsonObject
        {
            ["status"] = "Failed",
            ["error"] = new JsonObject
            {
                ["code"] = "ResourceDeploymentFailure",
                ["message"] = "The resource operation completed with terminal provisioning state 'Failed'.",
                ["details"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }),
            },
        };
        var (exit, output, error) = Runs.Run(Path.GetTempPath(), document.ToJsonString(), null, "diagnose", "-", "--format", "json");
        Assert.Equal((0, ""), (exit, error));
        var found = Assert.Single(JsonNode.Parse(output)!["failures"]![0]!["causes"]!.AsArray())!;
        Assert.Equal((cause, rule), ((string?)found["cause"], (string?)found["rules"]!.AsArray().FirstOrDefault()?["id"]));
        Assert.Equal($"{code}: {message}", (string?)found["evidence"]![0]!["value"]);
        Assert.Equal("<stdin>: error.details[0]", (string?)found["evidence"]![0]!["place"]);
    }

    [Fact]
    public void An_instance_view_is_explained_and_a_Marketplace_image_is_its_publishers_matter()
    {
        const string view = """
            {"id":"/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1","storageProfile":{"imageReference":{"publisher":"contoso","offer":"desktop","sku":"pro","version":"latest","exactVersion":"1.2.3"},"osDisk":{"osType":"Windows"}},
             "instanceView":{"statuses":[{"code":"ProvisioningState/failed/OSProvisioningTimedOut","level":"Error","displayStatus":"Provisioning failed","message":"OS Provisioning did not finish."},{"code":"PowerState/running","level":"Info"}]}}
            """;
        var (exit, output, _) = Runs.Run(Path.GetTempPath(), view, null, "diagnose", "-");
        Assert.Equal(0, exit);
        Assert.Contains("  = evidence: OSProvisioningTimedOut: OS Provisioning did not finish. (<stdin>: instanceView.statuses[0])\n", output, StringComparison.Ordinal);
        Assert.Contains("  = now: The image 'contoso:desktop:pro:1.2.3' is a Marketplace image: contact its publisher, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_activity_log_holds_its_error_as_a_string_of_JSON()
    {
        const string log = """
            [{"eventTimestamp":"2026-11-19T09:00:00Z","operationName":{"value":"Microsoft.Compute/virtualMachines/start/action"},"status":{"value":"Failed"},
              "properties":{"statusMessage":"{\"error\":{\"code\":\"OperationNotAllowed\",\"message\":\"Operation 'start' is not allowed on VM 'vm1' since the VM is generalized.\"}}"}},
             {"eventTimestamp":"2026-11-19T08:30:00Z","operationName":{"value":"Microsoft.Compute/virtualMachines/generalize/action"},"status":{"value":"Succeeded"}}]
            """;
        var (exit, output, _) = Runs.Run(Path.GetTempPath(), log, null, "diagnose", "-");
        Assert.Equal(0, exit);
        Assert.Contains("marked it on 2026-11-19 at 08:30:00 UTC.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Undeployable", "guest-undeployable")]
    [InlineData("Specialized", "provisioned-without-preparation")]
    public void A_facts_file_brings_what_the_disk_says(string state, string cause)
    {
        var facts = $$"""
            {"schema":"deploygate-facts/v1","recordedAt":"2026-11-20T10:00:00Z","resources":[{"id":"{{Runs.Machine}}","type":"Microsoft.Compute/virtualMachines","properties":{
              "storageProfile":{"osDisk":{"osType":"Windows"} },
              "instanceView":{"statuses":[{"code":"ProvisioningState/failed/OSProvisioningTimedOut","level":"Error","message":"x"},{"code":"PowerState/running"}]} } }],
             "disks":[{"of":"{{Runs.Machine}}","inspection":{"schema":"deploygate-inspection/v1","disk":"d","os":{"type":"Windows"},"state":"{{state}}","reason":"ImageState","evidence":[{"place":"SOFTWARE","value":"IMAGE_STATE","says":"{{state}}"}] } }]}
            """;
        var (exit, output, error) = Runs.Run(Path.GetTempPath(), facts, null, "diagnose", "-", "--format", "json");
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(cause, (string?)JsonNode.Parse(output)!["failures"]![0]!["causes"]![0]!["cause"]);
    }

    [Fact]
    public void What_tells_of_no_failure_has_no_cause()
    {
        var (exit, output, _) = Runs.Run(Path.GetTempPath(), """{"statuses":[{"code":"ProvisioningState/succeeded","level":"Info"},{"code":"PowerState/running"}]}""", null, "diagnose", "-");
        Assert.Equal((0, true), (exit, output.Contains("no cause found", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_cannot_be_read_is_said()
    {
        Assert.Equal(3, Runs.Run(Path.GetTempPath(), "{ torn", null, "diagnose", "-").Exit);
        Assert.Equal(3, Runs.Run(Path.GetTempPath(), "", null, "diagnose", "there-is-no-such-file.json").Exit);
        using var azure = new LoopbackAzure();
        var (exit, _, error) = Runs.Run(Path.GetTempPath(), "", azure, "diagnose", Runs.Machine);
        Assert.Equal((3, true), (exit, error.Contains("it does not exist (any more)", StringComparison.Ordinal)));
        Assert.Equal(2, Runs.Run(Path.GetTempPath(), "", null, "diagnose", Runs.Machine, "--offline").Exit);
    }

    [Fact]
    public void Words_of_Azure_do_not_command_the_host_and_carry_no_secret()
    {
        const string document = """{"error":{"code":"OSProvisioningTimedOut","message":"x\n##vso[task.setvariable variable=a]b \u001b[2J https://a.blob.core.windows.net/v.vhd?sig=leaked"}}""";
        foreach (var format in (string[])["text", "json"])
        {
            var (_, output, _) = Runs.Run(Path.GetTempPath(), document, null, "diagnose", "-", "--format", format);
            Assert.All((string[])["\n##vso[", "##vso[", "\u001b", "sig=leaked"], word => Assert.DoesNotContain(word, output, StringComparison.Ordinal));
        }
    }
}
