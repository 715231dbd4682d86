using System.Text.Json;
using DeployGate.TestKit;

namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>Ctrl-C and termination while a server does not answer: the run ends soon, as the signal says, and ends what it began.</summary>
public class StoppedTests
{
    private const string Disk = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/disks/os";

    public static TheoryData<string, int> Signals => new() { { "INT", 130 }, { "TERM", 143 } };

    [Theory]
    [MemberData(nameof(Signals))]
    public void An_inspection_prints_its_document(string signal, int exit)
    {
        using var server = new SilentAzure();
        using var work = new Workspace();
        var run = Stop(work, server, signal, $"inspect http://127.0.0.1:{server.Port}/disk.vhd?sig=TopSecretSignature --allow-host 127.0.0.1 --format json");
        Assert.True(run.ExitCode == exit, $"{run.ExitCode}: {run.Output}{run.Error}");
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(("Unknown", "the disk was not read: it was stopped"), (document.RootElement.GetProperty("state").GetString(), document.RootElement.GetProperty("reason").GetString()));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_check_that_reads_a_disk_gives_no_verdict(string signal, int exit)
    {
        using var server = new SilentAzure();
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        var run = Stop(work, server, signal, $"check main.bicep --disk https://a.blob.core.windows.net/v/b.vhd=http://127.0.0.1:{server.Port}/disk.vhd --allow-host 127.0.0.1 --report json=out.json --report text");
        Assert.Equal((exit, "", ""), (run.ExitCode, run.Output, run.Error));
        Assert.False(File.Exists(Path.Combine(work.Folder, "out.json")));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_check_that_asks_Azure_ends_at_once(string signal, int exit)
    {
        using var server = new SilentAzure();
        using var work = new Workspace().With("main.json", """
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
              { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "img", "location": "westeurope", "properties": { "sourceVirtualMachine": { "id": "[resourceId('Microsoft.Compute/virtualMachines', 'vm')]" } } } ] }
            """);
        // The login is what does not answer: a managed identity, whose address the environment names.
        var run = Stop(work, server, signal, "check main.json --state azure --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg --report json=out.json", $"IDENTITY_ENDPOINT=http://127.0.0.1:{server.Port}/disk.vhd IDENTITY_HEADER=x");
        Assert.Equal((exit, ""), (run.ExitCode, run.Output));
        Assert.False(File.Exists(Path.Combine(work.Folder, "out.json")));
        FaultRun.AssertClean(run, work.Folder);
    }

    [Theory]
    [InlineData("INT", 130, "inspect " + Disk)]
    [InlineData("TERM", 143, "inspect " + Disk)]
    [InlineData("INT", 130, "check main.bicep --disk " + Disk + "=" + Disk)]
    [InlineData("TERM", 143, "check main.bicep --disk " + Disk + "=" + Disk)]
    [InlineData("TERM", 143, "record main.bicep --out facts.json --disk " + Disk + "=" + Disk)]
    public void A_read_access_that_was_begun_is_ended(string signal, int exit, string command)
    {
        using var server = new SilentAzure();
        using var work = new Workspace().With("main.bicep", MendableMachine.Template);
        File.WriteAllText(Path.Combine(work.Folder, "ca.pem"), server.CertificatePem);
        var environment = $"IDENTITY_ENDPOINT=http://127.0.0.1:{server.Port}/token IDENTITY_HEADER=x HTTPS_PROXY=http://127.0.0.1:{server.Port} NO_PROXY=127.0.0.1 SSL_CERT_FILE=$PWD/ca.pem";
        var run = Stop(work, server, signal, command + " --allow-disk-access", environment);
        Assert.True(run.ExitCode == exit, $"{run.ExitCode}: {run.Output}{run.Error}\n{string.Join('\n', server.Requests)}");
        Assert.Equal(["beginGetAccess", "endGetAccess"], server.Requests.Where(request => request.StartsWith("POST", StringComparison.Ordinal)).Select(request => request.Split('/')[^1].Split('?')[0]));
        Assert.DoesNotContain("TopSecretSignature", run.Output + run.Error, StringComparison.Ordinal);
        FaultRun.AssertClean(run, work.Folder);
    }

    // The signal comes when the request has arrived that is never answered; the test's own limit is against hanging alone.
    private static ToolRun Stop(Workspace work, SilentAzure server, string signal, string command, string environment = "")
    {
        var marker = Path.Combine(work.Folder, "asked");
        server.OnSilence = () => File.WriteAllText(marker, "");
        return FaultRun.Shell(work.Folder, $$"""
            set -m
            {{environment}} $dg {{command}} &
            for ((i = 0; i < 1000; i++)); do [ -e asked ] && break; kill -0 $! 2> /dev/null || break; sleep 0.1; done
            kill -{{signal}} $!
            wait $! 2> /dev/null
            """);
    }
}
