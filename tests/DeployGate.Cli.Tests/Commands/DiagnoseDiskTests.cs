using System.Text.Json.Nodes;
using DeployGate.TestKit;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Commands;

/// <summary>Failures with the disk at hand: looking inside takes the place of attaching it to another machine.</summary>
public sealed class DiagnoseDiskTests : IDisposable
{
    private const string Disk = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-images/providers/Microsoft.Compute/disks/os";
    private const string TimedOut = """{"error":{"code":"OSProvisioningTimedOut","message":"OS Provisioning for VM 'vm1' did not finish in the allotted time."}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploygate-diagnose-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_disk_tells_that_Windows_was_not_properly_generalized()
    {
        Write("os.vhd", SmallDisk.Undeployable);
        var (exit, output, error) = Diagnose("", "os.vhd");
        var failure = JsonNode.Parse(output)!["failures"]![0]!;
        Assert.Equal((0, "", "os.vhd"), (exit, error, (string?)failure["subject"]));
        Assert.Equal(("guest-undeployable", "DG5001"), ((string?)failure["causes"]![0]!["cause"], (string?)failure["causes"]![0]!["rules"]![0]!["id"]));
        Assert.Equal("Undeployable", (string?)failure["disks"]![0]!["state"]);
    }

    [Fact]
    public void A_disk_beside_the_error_says_why_provisioning_failed()
    {
        Write("os.vhd", SmallDisk.InUse);
        var (exit, output, error) = Diagnose(TimedOut, "-", "--disk", "os.vhd");
        var causes = JsonNode.Parse(output)!["failures"]![0]!["causes"]!.AsArray();
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("provisioned-without-preparation", causes.Select(cause => (string?)cause!["cause"]));
        Assert.Contains(causes.SelectMany(cause => cause!["evidence"]!.AsArray()), item => ((string?)item!["value"])!.Contains("IMAGE_STATE_COMPLETE", StringComparison.Ordinal));
    }

    [Fact]
    public void A_disk_in_use_by_itself_is_no_failure_and_is_still_told()
    {
        Write("os.vhd", SmallDisk.InUse);
        var (exit, output, _) = Runs.Run(_folder.FullName, "", null, "diagnose", "os.vhd");
        Assert.Equal(0, exit);
        Assert.Contains("os.vhd\n  disk: Specialized", output, StringComparison.Ordinal);
        Assert.Contains("no cause found", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_inspection_does_as_well_as_the_disk()
    {
        Write("inspection.json", """{"schema":"deploygate-inspection/v1","disk":"d","os":{"type":"Windows"},"state":"Undeployable","reason":"ImageState","evidence":[{"place":"SOFTWARE","value":"IMAGE_STATE_UNDEPLOYABLE","says":"Undeployable"}]}"""u8.ToArray());
        var (exit, output, _) = Diagnose(TimedOut, "-", "--disk", "inspection.json");
        Assert.Equal((0, "guest-undeployable"), (exit, (string?)JsonNode.Parse(output)!["failures"]![0]!["causes"]![0]!["cause"]));
    }

    [Fact]
    public void A_machine_is_read_with_its_disk_when_the_user_consents()
    {
        using var azure = Azure();
        using var server = new RangeServer(SmallDisk.Undeployable);
        var (exit, output, error) = Runs.Run(_folder.FullName, "", azure, _ => server.Address, "diagnose", Runs.Machine, "--allow-disk-access", "--allow-host", "127.0.0.1", "--format", "json");
        Assert.Equal((0, 1), (exit, azure.Count($"{Disk}/endGetAccess")));
        Assert.Contains("guest-undeployable", output, StringComparison.Ordinal);
        Assert.DoesNotContain("TopSecretSignature", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_consent_a_machines_disk_is_left_alone()
    {
        using var azure = Azure();
        var (exit, output, _) = Runs.Run(_folder.FullName, "", azure, "diagnose", Runs.Machine);
        Assert.Equal((0, 0), (exit, azure.Count($"{Disk}/beginGetAccess")));
        Assert.DoesNotContain("disk:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "there is no such", "-", "--disk", "gone.vhd")]
    [InlineData(3, "--offline forbids the network", "-", "--offline", "--disk", "https://x.blob.core.windows.net/v/os.vhd?sig=TopSecretSignature")]
    [InlineData(3, "--allow-disk-access", "-", "--disk", Disk)]
    [InlineData(2, "name one disk", "os.vhd", "--disk", "os.vhd")]
    public void What_cannot_be_looked_into_is_said_and_no_signature_with_it(int expected, string words, params string[] arguments)
    {
        Write("os.vhd", [1, 2, 3]);
        var (exit, output, error) = Diagnose(TimedOut, arguments);
        Assert.Equal(expected, exit);
        Assert.Contains(words, output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("TopSecretSignature", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_beside_many_machines_belongs_to_none()
    {
        Write("os.vhd", SmallDisk.Undeployable);
        var facts = $$"""
            {"schema":"deploygate-facts/v1","recordedAt":"2026-11-20T10:00:00Z","resources":[
              {"id":"{{Runs.Machine}}","type":"Microsoft.Compute/virtualMachines","properties":{} },
              {"id":"{{Runs.Machine}}2","type":"Microsoft.Compute/virtualMachines","properties":{} }]}
            """;
        var (exit, output, error) = Diagnose(facts, "-", "--disk", "os.vhd");
        Assert.Equal((3, true), (exit, error.Contains("2 machines", StringComparison.Ordinal)));
        Assert.DoesNotContain("guest-undeployable", output, StringComparison.Ordinal);
    }

    private static LoopbackAzure Azure() => new LoopbackAzure()
        .With(Runs.Machine, $$"""
            {"id":"{{Runs.Machine}}","type":"Microsoft.Compute/virtualMachines","properties":{"storageProfile":{"osDisk":{"osType":"Windows","managedDisk":{"id":"{{Disk}}"} } },
             "instanceView":{"statuses":[{"code":"ProvisioningState/failed/OSProvisioningTimedOut","level":"Error","message":"x"},{"code":"PowerState/deallocated"}] } } }
            """)
        .With("/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Insights/eventtypes/management/values", """{"value":[]}""")
        .With(Disk, $$"""{"id":"{{Disk}}","managedBy":"{{Runs.Machine}}","properties":{"diskState":"Reserved"} }""")
        .With($"POST {Disk}/beginGetAccess", """{"accessSAS":"https://md-x.blob.storage.azure.net/abcd/abcd?sig=TopSecretSignature"}""")
        .With($"POST {Disk}/endGetAccess", new LoopbackAnswer(200, ""));

    private (int Exit, string Output, string Error) Diagnose(string input, params string[] arguments) =>
        Runs.Run(_folder.FullName, input, null, ["diagnose", .. arguments, "--format", "json"]);

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);
}
