using System.Text.Json;
using System.Text.Json.Nodes;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Cli.Tests.Waivers;

namespace DeployGate.Cli.Tests.Configuration;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("version: 1\nwavers: []\n", "deploygate.yml:2:1: there is no key 'wavers'; did you mean 'waivers'?")]
    [InlineData("version: 2\n", "deploygate.yml:1:10: the configuration needs 'version: 1'")]
    [InlineData("state: [azure]\n", "deploygate.yml:1:1: the configuration needs 'version: 1'")]
    [InlineData("version: 1\nrules: { DG2O04: off }\n", "deploygate.yml:2:10: there is no rule 'DG2O04'; did you mean 'DG2004'?")]
    [InlineData("version: 1\nrules: { DG2004: of }\n", "deploygate.yml:2:18: 'DG2004' is one of off, note, warning, error, not 'of'; did you mean 'off'?")]
    [InlineData("version: 1\nonUnknown: failed\n", "deploygate.yml:2:12: 'onUnknown' is one of pass, warn, fail, not 'failed'; did you mean 'fail'?")]
    [InlineData("version: 1\noffline: yes\n", "deploygate.yml:2:10: 'offline' must be true or false")]
    [InlineData("version: 1\ncontext: westeurope\n", "deploygate.yml:2:10: 'context' must be a map")]
    [InlineData("version: 1\nwaivers:\n  - { rule: DG2004 }\n", "deploygate.yml:3:5: a waiver needs 'reason'")]
    [InlineData("version: 1\nwaivers:\n  - { rule: DG2004, reason: '' }\n", "deploygate.yml:3:29: 'reason' is empty")]
    [InlineData("version: 1\nwaivers:\n  - { rule: DG2004, reason: why, expires: soon }\n", "deploygate.yml:3:43: 'expires' must be a day, such as 2027-01-31")]
    [InlineData("version: 1\nwaivers:\n  - { rule: DG2004, reason: why, file: a/../b.bicep }\n", "deploygate.yml:3:40: 'a/../b.bicep' is no pattern: '..' stands at its beginning or nowhere")]
    [InlineData("version: 1\ndeployments:\n  - { template: gone.bicep }\n", "deploygate.yml:3:17: there is no file 'gone.bicep'")]
    [InlineData("version: 1\nstate: ../facts.json\n", "deploygate.yml:2:8: '../facts.json' lies outside of the repository; give it on the command line")]
    [InlineData("version: 1\nreports: [sarif=/tmp/x.sarif]\n", "deploygate.yml:2:11: '/tmp/x.sarif' lies outside of the repository; give it on the command line")]
    [InlineData("version: 1\nversion: 1\n", "deploygate.yml:2:1: the key 'version' is written twice")]
    [InlineData("version: [\n", "deploygate.yml:2:1: ")]
    [InlineData("- version: 1\n", "deploygate.yml:1:1: the configuration must be a map")]
    [InlineData("version: 1\nallowHosts: [localhost]\n", "deploygate.yml:2:1: there is no key 'allowHosts'; here are baseline, changedSince, ")]
    public void A_mistake_is_told_with_its_place_and_nothing_is_checked(string configuration, string message)
    {
        using var folder = Folder(configuration);
        var (exit, output, error) = Repository.Run(folder.Path, "check");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var folder = Folder("version: 1\nwavers: []\nofline: true\n");
        Assert.Equal(2, Repository.Run(folder.Path, "check").Error.Split("did you mean").Length - 1);
    }

    [Fact]
    public void The_nearest_file_upward_counts_and_none_above_the_repository()
    {
        using var folder = Folder("version: 1\nrules: { DG2004: error }\n");
        folder.Write("repo/.git/HEAD", "ref: refs/heads/main");
        folder.Write("repo/infra/image.bicep", SpecializedImage.Bicep());
        var below = Path.Combine(folder.Path, "repo", "infra");
        Assert.Equal(1, Repository.Run(below, "check").Exit);

        folder.Write("repo/deploygate.yml", "version: 1\nrules: { DG2004: off }\n");
        Assert.Equal(0, Repository.Run(below, "check").Exit);

        folder.Write("repo/infra/deploygate.yml", "version: 1\nrules: { DG2004: warning }\n");
        Assert.Contains("warning[DG2004]", Repository.Run(below, "check").Output, StringComparison.Ordinal);
        Assert.Contains("error[DG2004]", Repository.Run(below, "check", "--config", "../../deploygate.yml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_named_and_missing_is_an_error()
    {
        using var folder = Folder("version: 1\n");
        Assert.Equal((2, "deploygate: --config other.yml: there is no such file\n"), Rest(Repository.Run(folder.Path, "check", "--config", "other.yml")));
    }

    [Fact]
    public void The_command_line_wins()
    {
        using var folder = Folder("version: 1\nonUnknown: fail\nreports: [json]\nrules: { DG9001: error }\n");
        folder.Write("image.json", """
            { "resources": [ { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "win2022",
              "properties": { "hyperVGeneration": "V2", "sourceVirtualMachine": { "id": "[resourceId('Microsoft.Compute/virtualMachines', 'vm')]" } } } ] }
            """);
        var (exit, output, _) = Repository.Run(folder.Path, "check", "image.json");
        Assert.Equal(1, exit);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
        (exit, output, _) = Repository.Run(folder.Path, "check", "image.json", "--on-unknown", "warn", "--report", "text");
        Assert.Equal(0, exit);
        Assert.StartsWith("warning[DG9001]", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_context_and_deployments_are_taken_from_the_configuration()
    {
        using var folder = Folder("""
            version: 1
            context: { subscription: 00000000-0000-0000-0000-000000000001, resourceGroup: rg, location: westeurope }
            state: [facts]
            deployments:
              - { template: infra/image.bicep, parameters: [infra/state.json] }

            """);
        folder.Write("infra/image.bicep", SpecializedImage.Bicep().Replace("'Specialized'", "state", StringComparison.Ordinal) + "param state string\n");
        folder.Write("infra/state.json", """{ "parameters": { "state": { "value": "Generalized" } } }""");
        folder.Write("facts/lab.json", """{ "schema": "deploygate-inspection/v1", "disk": "https://contoso.blob.core.windows.net/vhds/lab.vhd", "os": { "type": "Linux" }, "state": "Generalized" }""");
        var (exit, output, error) = Repository.Run(folder.Path, "check", "infra", "--verbose");
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("allowed   infra/state.json:1:39: upload", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_that_the_guide_shows_is_read_without_a_mistake()
    {
        var block = Markdown.BlocksOf(Repository.Read("docs/configuration.md")).First(block => block.Language == "yaml");
        using var folder = Folder(block.Content);
        folder.Write("infra/main.bicep", SpecializedImage.Bicep());
        folder.Write("infra/prod.bicepparam", "using 'main.bicep'\n");
        Assert.Equal((1, ""), Rest(Repository.Run(folder.Path, "check", "--offline")));
    }

    [Fact]
    public void Schema_for_editors_knows_the_keys_that_are_read_and_no_others()
    {
        var schema = JsonNode.Parse(Repository.Read("policies/deploygate.schema.json"))!;
        Assert.Equal(KeysOf("version: 1\nx: 1\n"), Names(schema["properties"]!));
        Assert.Equal(KeysOf("version: 1\ncontext: { x: 1 }\n"), Names(schema["$defs"]!["context"]!["properties"]!));
        Assert.Equal(KeysOf("version: 1\ndeployments: [ { template: deploygate.yml, x: 1 } ]\n"), Names(schema["properties"]!["deployments"]!["items"]!["properties"]!));
        Assert.Equal(KeysOf("version: 1\nwaivers: [ { rule: DG2004, reason: y, x: 1 } ]\n"), Names(schema["properties"]!["waivers"]!["items"]!["properties"]!));
        Assert.Equal(JsonValueKind.False, schema["additionalProperties"]!.GetValueKind());
    }

    // The message about a key that is not there lists those that are.
    private static string KeysOf(string configuration)
    {
        using var folder = Folder(configuration);
        return Repository.Run(folder.Path, "check").Error.Split("here are ")[1].TrimEnd();
    }

    private static string Names(JsonNode properties) => string.Join(", ", properties.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));

    private static (int, string) Rest((int Exit, string Output, string Error) run) => (run.Exit, run.Error);

    private static TemporaryFolder Folder(string configuration)
    {
        var folder = new TemporaryFolder();
        folder.Write("deploygate.yml", configuration);
        return folder;
    }
}
