using System.Text.Json;
using System.Text.RegularExpressions;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Commands;

/// <summary>Disks through the command line: inspected, joined to a template, recorded.</summary>
public sealed class InspectTests : IDisposable
{
    private const string Blob = "https://contoso.blob.core.windows.net/vhds/win2022.vhd";

    private const string Template = $$"""
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
          "resources": [ { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "win2022", "location": "westeurope",
            "properties": { "hyperVGeneration": "V2", "storageProfile": { "osDisk": { "osType": "Windows", "osState": "Generalized", "blobUri": "{{Blob}}" } } } } ]
        }
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_disk_is_told_in_text_with_its_evidence()
    {
        Save("os.vhd", WindowsGuest.InUse);
        var (exit, output, error) = Run("inspect", "os.vhd");
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith(
            """
            os.vhd: Specialized
              = why: ImageState is IMAGE_STATE_COMPLETE: specialize and OOBE have passed, so it is bound to this machine
              = system: Windows Server 2022 Datacenter, 10.0.20348.2113, named 'VM-BUILD'
              = disk: vhd-fixed

            """.ReplaceLineEndings("\n"),
            output,
            StringComparison.Ordinal);
        Assert.Matches(@"(?m)^evidence +IMAGE_STATE_COMPLETE +Specialized +partition 3, SOFTWARE: *$", output);
        Assert.Matches(@"(?m)^partition +file system +size\n-+\n1 +\S.* MiB$", output);
    }

    [Fact]
    public void The_document_says_the_same_and_what_the_reading_cost()
    {
        Save("os.vhd", WindowsGuest.Prepared);
        using var document = JsonDocument.Parse(Run("inspect", "os.vhd", "--format", "json").Output);
        var root = document.RootElement;
        Assert.Equal(("deploygate-inspection/v1", "os.vhd", "vhd-fixed", "Generalized"), (Text(root, "schema"), Text(root, "disk"), Text(root, "container"), Text(root, "state")));
        Assert.InRange(root.GetProperty("read").GetProperty("bytes").GetInt64(), 1, 4 << 20);
    }

    [Fact]
    public void A_template_that_declares_another_state_than_its_vhd_has_closes_the_gate()
    {
        Save("os.vhd", WindowsGuest.InUse);
        File.WriteAllText(_folder.PathOf("image.json"), Template);
        var (exit, output, _) = Run("check", "image.json", "--disk", $"{Blob}=os.vhd");
        Assert.Equal(1, exit);
        Assert.Contains("error[DG1002]", output, StringComparison.Ordinal);
        Assert.Contains("IMAGE_STATE_COMPLETE (", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prepared_vhd_opens_the_gate()
    {
        Save("os.vhd", WindowsGuest.Prepared);
        File.WriteAllText(_folder.PathOf("image.json"), Template);
        Assert.Equal(0, Run("check", "image.json", "--disk", $"{Blob}=os.vhd").Exit);
    }

    [Fact]
    public void A_recorded_inspection_gives_the_same_report_as_the_disk()
    {
        Save("os.vhd", WindowsGuest.InUse);
        File.WriteAllText(_folder.PathOf("image.json"), Template);
        File.WriteAllText(_folder.PathOf("os.json"), Run("inspect", "os.vhd", "--format", "json").Output);
        var fromDisk = Run("check", "image.json", "--disk", $"{Blob}=os.vhd");
        var fromRecord = Run("check", "image.json", "--disk", $"{Blob}=os.json");
        Assert.Equal(fromDisk.Exit, fromRecord.Exit);
        Assert.Equal(Findings(fromDisk.Output), Findings(fromRecord.Output));
    }

    [Fact]
    public void A_signed_address_is_read_in_ranges_and_its_signature_is_never_shown()
    {
        using var server = new RangeServer(DiskBuilder.FixedVhd(WindowsGuest.InUse.Disk()));
        File.WriteAllText(_folder.PathOf("image.json"), Template);
        var inspected = Run("inspect", server.Address.AbsoluteUri, "--allow-host", "127.0.0.1", "--format", "json");
        var checkedRun = Run("check", "image.json", "--disk", $"{Blob}?sig=TopSecretSignature={server.Address.AbsoluteUri}", "--allow-host", "127.0.0.1", "--verbose");
        Assert.Equal((0, 1), (inspected.Exit, checkedRun.Exit));
        Assert.All((string[])[inspected.Output, inspected.Error, checkedRun.Output, checkedRun.Error], text => Assert.DoesNotContain("TopSecret", text, StringComparison.Ordinal));
        Assert.InRange(JsonDocument.Parse(inspected.Output).RootElement.GetProperty("read").GetProperty("requests").GetInt32(), 1, 40);
    }

    [Fact]
    public void Offline_asks_no_server()
    {
        using var server = new RangeServer([1, 2, 3]);
        var (exit, output, _) = Run("inspect", server.Address.AbsoluteUri, "--allow-host", "127.0.0.1", "--offline");
        Assert.Equal((3, 0), (exit, server.Requests));
        Assert.Contains("--offline forbids the network", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.vhd", "no such file")]
    [InlineData(".", "a folder")]
    [InlineData("empty.vhd", "an empty file, a pipe or a device")]
    [InlineData("short.vhd", "a file of 100 bytes")]
    [InlineData("disk.qcow2", "a qcow2 image (Azure does not take it either")]
    public void What_is_no_disk_is_told_with_exit_3_and_the_document_is_printed_all_the_same(string name, string says)
    {
        File.WriteAllBytes(_folder.PathOf("empty.vhd"), []);
        File.WriteAllBytes(_folder.PathOf("short.vhd"), new byte[100]);
        File.WriteAllBytes(_folder.PathOf("disk.qcow2"), [0x51, 0x46, 0x49, 0xFB, .. new byte[2000]]);
        var (exit, output, _) = Run("inspect", name, "--format", "json");
        Assert.Equal(3, exit);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("Unknown", Text(document.RootElement, "state"));
        Assert.Contains(says, Text(document.RootElement, "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_readable_disk_without_a_system_ends_with_0()
    {
        DiskBuilder.Gpt(16 << 20, (GptEntry.BasicData, new SparseByteSource("data", 1 << 20))).SaveAs(_folder.PathOf("data.raw"));
        var (exit, output, _) = Run("inspect", "data.raw");
        Assert.Equal(0, exit);
        Assert.StartsWith("data.raw: Unknown\n  = why: no operating system was found in 1 partitions\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_cannot_be_read_is_an_unreadable_input_of_a_check()
    {
        File.WriteAllText(_folder.PathOf("image.json"), Template);
        File.WriteAllBytes(_folder.PathOf("os.vhd"), [0x51, 0x46, 0x49, 0xFB, .. new byte[2000]]);
        var (exit, output, _) = Run("check", "image.json", "--disk", $"{Blob}=os.vhd");
        Assert.Equal(3, exit);
        Assert.Contains("os.vhd: the disk was not read", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_managed_disk_is_not_touched_without_consent()
    {
        const string Id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/disks/os";
        var (exit, output, _) = Run("inspect", Id);
        Assert.Equal(3, exit);
        Assert.Contains("needs your consent: --allow-disk-access", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check . --disk os.vhd", "--disk os.vhd: write ID_OR_URI=PATH_OR_URL")]
    [InlineData("inspect os.vhd --format yaml", "--format yaml: write text or json")]
    [InlineData("inspect os.vhd --cloud nowhere", "--cloud nowhere: write one of")]
    public void A_wrong_command_line_says_how_to_write_it(string line, string says)
    {
        var (exit, _, error) = Run(line.Split(' '));
        Assert.Equal(2, exit);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    /// <summary>The findings without the name of the file that the evidence was read from.</summary>
    // All but the file's name, when the disk was read, and how long the run took.
    private static string Findings(string text) =>
        Regex.Replace(text.Replace("os.json", "os.vhd", StringComparison.Ordinal), @", read [-0-9T:]+Z| \(in [^)]*\)", "");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private void Save(string name, WindowsGuest guest) => DiskBuilder.FixedVhd(guest.Disk()).SaveAs(_folder.PathOf(name));

    private (int Exit, string Output, string Error) Run(params string[] arguments) => Runs.Run(_folder.Location, "", null, arguments);
}
