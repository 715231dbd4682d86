using DeployGate.Cli.Tests.Documentation;
using DeployGate.Cli.Tests.Waivers;

namespace DeployGate.Cli.Tests.Sharding;

/// <summary>Parts that were judged by different options make no whole; how an option was said does not matter.</summary>
public sealed class MergeOptionTests : IDisposable
{
    private const string Strict = "version: 1\nrules: { DG2004: warning, DG2001: error }\n";

    private readonly TemporaryFolder _folder = new();

    public MergeOptionTests()
    {
        _folder.Write("a.bicep", SpecializedImage.Bicep("a"));
        _folder.Write("b.bicep", SpecializedImage.Bicep("b"));
        _folder.Write("b.json", """{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {} }""");
        _folder.Write("strict.yml", Strict);
        _folder.Write("waived.yml", "version: 1\nwaivers:\n  - { rule: DG2004, file: a.bicep, reason: lab }\n");
        _folder.Write("unwaivable.yml", "version: 1\nnoWaivers: [DG2004]\n");
        _folder.Write("deployed.yml", "version: 1\ndeployments:\n  - { template: b.bicep, location: westeurope }\n");
        _folder.Write("facts.json", File.ReadAllText(Path.Combine(Repository.Root, "examples/golden-image/facts/vm-build.json")));
        _folder.Write("one.yml", Policy("CONTOSO001"));
        _folder.Write("two.yml", Policy("CONTOSO002"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--on-unknown=fail")]
    [InlineData("--location=westeurope")]
    [InlineData("--subscription=11111111-1111-1111-1111-111111111111")]
    [InlineData("--resource-group=rg")]
    [InlineData("--config=strict.yml")]
    [InlineData("--config=waived.yml")]
    [InlineData("--config=unwaivable.yml")]
    [InlineData("--config=deployed.yml")]
    [InlineData("--parameters=b.bicep=b.json")]
    [InlineData("--state=facts.json")]
    [InlineData("--max-age=7d")]
    [InlineData("--policy=one.yml")]
    [InlineData("--allow-env=REGION")]
    [InlineData("--disk=https://contoso.blob.core.windows.net/vhds/a.vhd=facts.json")]
    public void An_option_of_one_part_alone_is_refused(string option)
    {
        Refused([], [option]);
        Refused([option], []);
        Accepted([option], [option]);
    }

    [Theory]
    [InlineData("--location=westeurope", "--location=northeurope")]
    [InlineData("--subscription=westeurope", "--location=westeurope")]
    [InlineData("--policy=one.yml", "--policy=two.yml")]
    [InlineData("--config=strict.yml", "--config=waived.yml")]
    public void An_option_with_another_value_is_refused(string one, string other) => Refused([one], [other]);

    [Fact]
    public void The_same_options_in_another_order_are_accepted() => Accepted(
        ["--policy=one.yml", "--policy=two.yml", "--location=westeurope", "--on-unknown=fail", "--allow-env=A", "--allow-env=B"],
        ["--allow-env=B", "--allow-env=A", "--on-unknown=fail", "--location=westeurope", "--policy=two.yml", "--policy=one.yml"]);

    [Fact]
    public void Severities_in_another_order_and_another_file_are_accepted()
    {
        _folder.Write("other.yml", "version: 1\nquiet: true\nrules:\n  dg2001: error\n  dg2004: warning\n");
        Accepted(["--config=strict.yml"], ["--config=other.yml"]);
    }

    [Fact]
    public void What_is_said_in_the_configuration_or_on_the_command_line_is_the_same()
    {
        _folder.Write("said.yml", "version: 1\nonUnknown: fail\ncontext: { location: westeurope }\n");
        Accepted(["--config=said.yml"], ["--on-unknown=fail", "--location=westeurope"]);
        Accepted([], ["--on-unknown=warn"]);
    }

    [Fact]
    public void The_same_facts_in_another_file_are_accepted_and_others_are_refused()
    {
        _folder.Write("there/copy.json", _folder.Read("facts.json"));
        Accepted(["--state=facts.json"], ["--state=there/copy.json"]);
        _folder.Write("facts.json", _folder.Read("facts.json") + "\n");
        Refused(["--state=facts.json"], ["--state=there/copy.json"]);
    }

    [Fact]
    public void Facts_in_another_order_are_others_because_the_first_answer_wins()
    {
        _folder.Write("more.json", "[]");
        Refused(["--state=facts.json", "--state=more.json"], ["--state=more.json", "--state=facts.json"]);
        Refused(["--state=facts.json", "--state=azure", "--offline"], ["--state=azure", "--state=facts.json", "--offline"]);
    }

    private void Refused(string[] first, string[] second)
    {
        var (exit, output, error) = Merge(first, second);
        Assert.Equal((3, ""), (exit, output));
        Assert.Equal("deploygate: the reports were not merged: the reports are parts of runs over different files, or with different options, configuration, facts or policies: 'part-1.report' and 'part-2.report'; run all parts on one commit, in the same folder and with the same options\n", error);
    }

    private void Accepted(string[] first, string[] second)
    {
        var (exit, output, error) = Merge(first, second);
        Assert.Equal("", error);
        Assert.InRange(exit, 0, 3);
        Assert.Contains("checked: 2 templates", output, StringComparison.Ordinal);
    }

    private (int Exit, string Output, string Error) Merge(string[] first, string[] second)
    {
        Part("1/2", first);
        Part("2/2", second);
        return Repository.Run(_folder.Path, "merge", "part-1.report", "part-2.report");
    }

    private void Part(string shard, string[] options)
    {
        var (exit, _, error) = Repository.Run(_folder.Path, ["check", "a.bicep", "b.bicep", "--shard", shard, "--report", $"json=part-{shard[0]}.report", .. options]);
        Assert.True(exit is 0 or 1 or 3, error);
    }

    private static string Policy(string id) => $$"""
        version: 1
        policies:
          - id: {{id}}
            name: latest-version-{{id[^1]}}
            description: The version of an image is written.
            mode: uses
            if: { field: image.version, equals: latest }
            then: { effect: audit }
        """;
}
