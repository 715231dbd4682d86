using System.Text.Json.Nodes;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Output;
using DeployGate.Templates;
using DeployGate.TestKit;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Commands;

/// <summary>Disks by their id: Azure on loopback gives the signed address, a server on loopback the bytes.</summary>
public sealed class DiskAccessTests
{
    private const string Disk = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-images/providers/Microsoft.Compute/disks/vm-build-os";
    private const string Signature = "TopSecretSignature";

    [Fact]
    public void A_disk_is_read_by_its_id_and_its_access_is_ended()
    {
        using var azure = Azure("Unattached");
        using var server = new RangeServer(SmallDisk.InUse);
        var (exit, output, error) = Inspect(azure, server, "--allow-disk-access", "--format", "json");
        var inspection = JsonNode.Parse(output)!;
        Assert.Equal((0, "", Disk, "Specialized"), (exit, error, (string?)inspection["disk"], (string?)inspection["state"]));
        Assert.Equal((1, 1), (azure.Count($"{Disk}/beginGetAccess"), azure.Count($"{Disk}/endGetAccess")));
    }

    [Fact]
    public void Without_consent_nothing_is_asked_and_the_permission_is_named()
    {
        using var azure = Azure("Unattached");
        using var server = new RangeServer(SmallDisk.InUse);
        var (exit, output, _) = Inspect(azure, server);
        Assert.Equal((3, 0, 0), (exit, azure.Requests.Count, server.Requests));
        Assert.Contains("--allow-disk-access", output, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Compute/disks/beginGetAccess/action", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_access_is_ended_when_the_bytes_cannot_be_read()
    {
        using var azure = Azure("Unattached");
        using var server = new RangeServer(SmallDisk.InUse, (_, _, _) => new RangeAnswer(403, "", []));
        var (exit, output, _) = Inspect(azure, server, "--allow-disk-access");
        Assert.Equal((3, 1), (exit, azure.Count($"{Disk}/endGetAccess")));
        Assert.Contains("status 403", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_access_is_ended_when_the_run_is_stopped()
    {
        using var azure = Azure("Unattached");
        using var stop = new CancellationTokenSource();
        using var server = new RangeServer(SmallDisk.InUse, (request, _, _) =>
        {
            if (request == 2)
            {
                stop.Cancel();
            }

            return null;
        });
        var inspection = new DiskInspector(Path.GetTempPath(), Consent(azure, server), TimeProvider.System).Inspect(Disk, stop.Token);
        Assert.Equal((false, 1), (inspection.IsReadable, azure.Count($"{Disk}/endGetAccess")));
        Assert.DoesNotContain(Signature, inspection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_without_tls_is_refused_although_the_host_is_allowed()
    {
        using var server = new RangeServer(SmallDisk.InUse);
        using var azure = Azure("Unattached", server.Address.AbsoluteUri);
        var (exit, output, _) = Inspect(azure, server, "--allow-disk-access");
        Assert.Equal((3, 0, 1), (exit, server.Requests, azure.Count($"{Disk}/endGetAccess")));
        Assert.Contains("Azure's answer holds no address of the disk", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_of_a_running_machine_is_refused_before_any_access()
    {
        using var azure = Azure("Attached");
        using var server = new RangeServer(SmallDisk.InUse);
        var (exit, output, _) = Inspect(azure, server, "--allow-disk-access");
        Assert.Equal((3, 0), (exit, azure.Count($"{Disk}/beginGetAccess")));
        Assert.Contains("take a snapshot of it", output, StringComparison.Ordinal);
    }

    private static (int Exit, string Output, string Error) Inspect(LoopbackAzure azure, RangeServer server, params string[] options)
    {
        var answer = Runs.Run(Path.GetTempPath(), "", azure, _ => server.Address, ["inspect", Disk, "--allow-host", "127.0.0.1", .. options]);
        Assert.DoesNotContain(Signature, answer.Output + answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", answer.Output + answer.Error, StringComparison.Ordinal);
        return answer;
    }

    private static InspectionConsent Consent(LoopbackAzure azure, RangeServer server)
    {
        var surroundings = new Surroundings
        {
            Input = TextReader.Null,
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            WorkingFolder = Path.GetTempPath(),
            Environment = _ => null,
            OpenAzure = options => azure.Open(options),
            RouteDisk = _ => server.Address,
        };
        return new InspectionConsent(["127.0.0.1"], true, false, LiveAccess.Parse(null, null, new DeploymentTarget(), surroundings).Access);
    }

    private static LoopbackAzure Azure(string state, string address = $"https://md-x.blob.storage.azure.net/abcd/abcd?sv=1&sig={Signature}") => new LoopbackAzure()
        .With(Disk, $$"""{"id":"{{Disk}}",{{(state == "Unattached" ? "" : $"\"managedBy\":\"{Runs.Machine}\",")}}"properties":{"diskState":"{{state}}"} }""")
        .With($"POST {Disk}/beginGetAccess", $$"""{"accessSAS":"{{address}}"}""")
        .With($"POST {Disk}/endGetAccess", new LoopbackAnswer(200, ""));
}
