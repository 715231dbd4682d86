using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Core.Text;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

/// <summary>Facts files, lists, and the order of sources.</summary>
public class SourceTests
{
    private const string FactsFile = $$"""
        {
          "schema": "deploygate-facts/v1",
          "recordedAt": "2026-11-20T10:00:00Z",
          "resources": [
            { "id": "{{Reading.Compute}}/virtualMachines/vm", "properties": { "instanceView": { "statuses": [ { "code": "OSState/generalized" } ] } } },
            { "id": "{{Reading.Compute}}/images/img", "storageProfile": { "osDisk": { "osType": "Linux" } }, "resourceGroup": "rg-images" },
          ],
          "absent": [ "subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/gone" ],
          "disks": [ { "of": "{{Reading.Compute}}/disks/os", "inspection": { "schema": "deploygate-inspection/v1", "state": "Specialized" } } ]
        }
        """;

    [Fact]
    public void A_facts_file_gives_resources_absent_ids_and_inspections_with_its_time()
    {
        var facts = Reading.Clean(FactsFile);

        var time = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
        Assert.Equal(["Microsoft.Compute/virtualMachines", "Microsoft.Compute/images"], facts.Resources.Select(resource => resource.Type));
        Assert.All(facts.Resources, resource => Assert.Equal(("state1.json", time), (resource.File, resource.ReadAt!.Value)));
        Assert.Equal(AzureMark.Generalized, InstanceView.MarkOf(facts.Resources[0].Body).Mark);
        Assert.Equal("Linux", facts.Resources[1].Body.GetText("properties", "storageProfile", "osDisk", "osType"));
        Assert.Equal(new AbsentFact("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/gone", "state1.json", time), Assert.Single(facts.Absent));
        var disk = Assert.Single(facts.Disks);
        Assert.Equal(($"{Reading.Compute}/disks/os", GuestState.Specialized, "state1.json", time), (disk.Of, disk.State, disk.File, disk.ReadAt));
    }

    [Theory]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T10:00:00.0000000+00:00")]
    [InlineData("2026-11-20T10:00:00.1234567+02:00", "2026-11-20T10:00:00.1234567+02:00")]
    [InlineData("2026-11-20T10:00", "2026-11-20T10:00:00.0000000+00:00")]
    [InlineData("2026-11-20", "2026-11-20T00:00:00.0000000+00:00")]
    public void Times_are_read_in_the_forms_of_iso_8601(string text, string expected)
    {
        var facts = Reading.Clean($$"""{"schema": "deploygate-facts/v1", "recordedAt": "{{text}}", "absent": ["/subscriptions/s"]}""");

        Assert.Equal(expected, facts.Absent[0].ReadAt!.Value.ToString("O"));
    }

    [Theory]
    [InlineData("[{0}, {1}]")]
    [InlineData("[[{0}], [{1}]]")]
    [InlineData("""{{"value": [{0}, {1}]}}""")]
    [InlineData("""{{"value": [{0}, {1}], "nextLink": ""}}""")]
    [InlineData("""{{"data": [{0}, {1}], "totalRecords": 2}}""")]
    [InlineData("""{{"schema": "deploygate-facts/v1", "resources": [{0}, {1}]}}""")]
    [InlineData("""[{{"schema": "deploygate-facts/v1", "resources": [{0}]}}, {1}]""")]
    public void Lists_of_every_form_are_read_in_order(string form)
    {
        var text = string.Format(null, form, Repository.Fixture("disk.az.json"), Repository.Fixture("snapshot.rest.json"));

        Assert.Equal([$"{Reading.Compute}/disks/vm-build-os", $"{Reading.Compute}/snapshots/snap"], Reading.Clean(text).Resources.Select(resource => resource.Id));
    }

    [Theory]
    [InlineData("nextLink")]
    [InlineData("$skipToken")]
    [InlineData("skip_token")]
    public void A_list_that_goes_on_is_read_with_a_remark(string name)
    {
        var read = Reading.Of($$"""{"value": [{"id": "/subscriptions/s"}], "{{name}}": "https://management.azure.com/next"}""");

        Assert.Single(read.Facts.Resources);
        Assert.Equal(
            $"state1.json:1:{45 + name.Length}: remark: the list goes on: it has a '{name}', and only this page was given | "
            + "Fetch the other pages too, and give each with its own --state; 'az … list -o json' fetches all of them.",
            Reading.Line(Assert.Single(read.Errors)));
    }

    [Fact]
    public void Empty_lists_say_nothing_and_are_no_error()
    {
        var facts = Reading.Clean("[]", """{"value": []}""", """{"schema": "deploygate-facts/v1"}""");

        Assert.Empty(facts.Resources);
    }

    [Fact]
    public void Several_bodies_of_one_resource_are_kept_in_the_order_of_the_sources()
    {
        var facts = Reading.Clean(Repository.Fixture("vm-running.az.json"), Repository.Fixture("vm-marked.az.json"), Repository.Fixture("vm-running.rest.json"));

        Assert.Equal(["state1.json", "state2.json", "state3.json"], facts.Resources.Select(resource => resource.File));
    }

    [Fact]
    public void The_first_source_decides_whether_a_resource_is_there()
    {
        const string id = Reading.Compute + "/disks/d";
        const string absent = $$"""{"schema": "deploygate-facts/v1", "absent": ["{{id}}"]}""";
        var present = $$"""{"id": "{{id.ToUpperInvariant()}}"}""";

        Assert.Equal((0, 1), Counts(Reading.Clean(absent, present, absent)));
        Assert.Equal((2, 0), Counts(Reading.Clean(present, absent, present)));

        static (int, int) Counts(Facts facts) => (facts.Resources.Length, facts.Absent.Length);
    }

    [Fact]
    public void Utf_16_as_windows_powershell_writes_it_is_read()
    {
        byte[] bytes = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Repository.Fixture("vm-marked.az.json").ReplaceLineEndings("\r\n"))];

        Assert.Equal(AzureMark.Generalized, InstanceView.MarkOf(Reading.OnlyResource(SourceEncoding.Decode(bytes)).Body).Mark);
    }
}
