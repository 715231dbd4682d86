using DeployGate.TestKit;

namespace DeployGate.Cli.Tests.Commands;

public sealed class LiveStateTests
{
    private const string Subscription = "11111111-1111-1111-1111-111111111111";

    private static readonly string s_machine = $$"""
        {"id":"{{Runs.Machine}}","type":"Microsoft.Compute/virtualMachines","properties":{"storageProfile":{"osDisk":{"osType":"Windows"} },
         "instanceView":{"statuses":[{"code":"ProvisioningState/succeeded"},{"code":"PowerState/running"}]} } }
        """;

    [Fact]
    public void Azure_answers_what_files_leave_open()
    {
        using var folder = FolderWithImage();
        folder.Write("facts.json", $$"""{"schema":"deploygate-facts/v1","recordedAt":"2026-11-20T10:00:00Z","resources":[{{s_machine}}]}""");
        using var azure = new LoopbackAzure();
        Assert.Equal(1, Check(folder, azure, "--state", "facts.json", "--state", "azure").Exit);
        Assert.Equal(0, azure.Count(Runs.Machine));
        Assert.Equal(1, azure.Count($"/subscriptions/{Subscription}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/contoso/images/win"));
    }

    [Fact]
    public void Files_answer_what_Azure_leaves_open()
    {
        using var folder = FolderWithImage();
        folder.Write("facts.json", $$"""{"schema":"deploygate-facts/v1","recordedAt":"2026-11-20T10:00:00Z","resources":[{{s_machine}}]}""");
        using var azure = new LoopbackAzure().With(Runs.Machine, LoopbackAnswer.Error(403, "AuthorizationFailed"));
        var (exit, output, _) = Check(folder, azure, "--state", "azure", "--state", "facts.json");
        Assert.Equal((1, true), (exit, output.Contains("facts.json: instance view of 'vm-build'", StringComparison.Ordinal)));
        Assert.Equal(1, azure.Count(Runs.Machine));
    }

    [Fact]
    public void A_missing_permission_is_in_the_report()
    {
        using var folder = FolderWithImage();
        using var azure = new LoopbackAzure().With(Runs.Machine, LoopbackAnswer.Error(403, "AuthorizationFailed"));
        var (exit, output, _) = Check(folder, azure, "--state", "azure", "--on-unknown", "fail");
        Assert.Equal(1, exit);
        Assert.Contains("could not be read: the login lacks the permission 'Microsoft.Compute/virtualMachines/read' (403 AuthorizationFailed); the role Reader has it", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Offline_wins_over_everything()
    {
        using var folder = FolderWithImage();
        var (exit, output, _) = Check(folder, null, "--state", "azure", "--offline");
        Assert.Equal((0, true), (exit, output.Contains("--offline forbids it", StringComparison.Ordinal)));
        Assert.Equal(2, Runs.Run(folder.Path, "", null, "record", ".", "--out", "facts.json", "--offline").Exit);
    }

    [Fact]
    public void A_run_that_needs_no_state_asks_nothing()
    {
        using var folder = new TemporaryFolderWith("""
            { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "img", "location": "westeurope",
              "properties": { "hyperVGeneration": "V2", "storageProfile": { "osDisk": { "osType": "Linux", "osState": "Specialized", "blobUri": "https://a.blob.core.windows.net/v/x.vhd" } } } }
            """);
        using var azure = new LoopbackAzure();
        Assert.Equal(1, Runs.Run(folder.Path, "", azure, "check", ".", "--state", "azure").Exit);
        Assert.Empty(azure.Requests);
    }

    [Theory]
    [InlineData("--max-age", "7d", "2026-01-01T00:00:00Z", "the facts are stale: they were recorded")]
    [InlineData("--max-age", "7d", "", "the facts do not say when they were recorded")]
    public void Old_facts_are_said_to_be_stale(string option, string age, string recordedAt, string expected)
    {
        using var folder = FolderWithImage();
        folder.Write("facts.json", $$"""{"schema":"deploygate-facts/v1"{{(recordedAt.Length == 0 ? "" : $",\"recordedAt\":\"{recordedAt}\"")}},"resources":[]}""");
        Assert.Contains(expected, Check(folder, null, "--state", "facts.json", option, age).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(expected, Check(folder, null, "--state", "facts.json").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout", "0")]
    [InlineData("--timeout", "4000")]
    [InlineData("--cloud", "Elsewhere")]
    [InlineData("--max-age", "soon")]
    [InlineData("--max-age", "")]
    public void A_wrong_option_is_wrong_usage(string option, string value)
    {
        using var folder = FolderWithImage();
        Assert.Equal(2, Check(folder, null, option, value).Exit);
    }

    [Fact]
    public void Record_says_what_it_could_not_read()
    {
        using var folder = FolderWithImage();
        using var azure = new LoopbackAzure().With(Runs.Machine, LoopbackAnswer.Error(403, "AuthorizationFailed"));
        var (exit, output, error) = Runs.Run(folder.Path, "", azure, "record", ".", "--out", "facts.json", "--subscription", Subscription, "--resource-group", "rg-images");
        Assert.Equal(3, exit);
        Assert.EndsWith(" 1 not readable: facts.json\n", output, StringComparison.Ordinal);
        Assert.Contains($"deploygate: not read: {Runs.Machine}: the login lacks the permission", error, StringComparison.Ordinal);
        Assert.Equal(2, Runs.Run(folder.Path, "", azure, "record", ".", "--out", "no-such-folder/facts.json").Exit);
    }

    private static (int Exit, string Output, string Error) Check(TemporaryFolderWith folder, LoopbackAzure? azure, params string[] arguments) =>
        Runs.Run(folder.Path, "", azure, ["check", ".", "--subscription", Subscription, "--resource-group", "rg-images", .. arguments]);

    private static TemporaryFolderWith FolderWithImage() => new("""
        { "type": "Microsoft.Compute/galleries/images", "apiVersion": "2024-03-03", "name": "contoso/win", "location": "westeurope",
          "properties": { "osType": "Windows", "osState": "Generalized" } },
        { "type": "Microsoft.Compute/galleries/images/versions", "apiVersion": "2024-03-03", "name": "contoso/win/1.0.0", "location": "westeurope",
          "properties": { "storageProfile": { "source": { "virtualMachineId": "[resourceId('Microsoft.Compute/virtualMachines', 'vm-build')]" } } } }
        """);

    private sealed class TemporaryFolderWith : IDisposable
    {
        private readonly Documentation.TemporaryFolder _folder = new();

        internal TemporaryFolderWith(string resources) => Write(
            "main.json",
            $$"""{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [ {{resources}} ] }""");

        internal string Path => _folder.Path;

        internal void Write(string name, string content) => _folder.Write(name, content);

        public void Dispose() => _folder.Dispose();
    }
}
