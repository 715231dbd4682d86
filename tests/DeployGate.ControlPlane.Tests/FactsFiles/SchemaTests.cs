using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

/// <summary>What the schemas allow is read without an error, and what is an error they do not allow.</summary>
public class SchemaTests
{
    private const string FactsSchema = "deploygate-facts.v1.schema.json";
    private const string InspectionSchema = "deploygate-inspection.v1.schema.json";

    [Theory]
    [InlineData("""{"schema": "deploygate-facts/v1"}""", true)]
    [InlineData("""{"schema": "deploygate-facts/v1", "recordedAt": "2026-11-20T10:00:00Z", "resources": [{"id": "/subscriptions/s", "properties": {}}], "absent": ["/subscriptions/t"], "disks": [{"of": "https://a/x.vhd", "inspection": {"schema": "deploygate-inspection/v1", "state": "Unknown"}}]}""", true)]
    [InlineData("""{"schema": "deploygate-facts/v2"}""", false)]
    [InlineData("""{"resources": []}""", false)]
    [InlineData("""{"schema": "deploygate-facts/v1", "recordedAt": "yesterday"}""", false)]
    [InlineData("""{"schema": "deploygate-facts/v1", "resources": {}}""", false)]
    [InlineData("""{"schema": "deploygate-facts/v1", "resources": [{"name": "x"}]}""", false)]
    [InlineData("""{"schema": "deploygate-facts/v1", "resources": [{"id": "/subscriptions/s", "properties": []}]}""", false)]
    [InlineData("""{"schema": "deploygate-facts/v1", "absent": [""]}""", false)]
    [InlineData("""{"schema": "deploygate-facts/v1", "disks": [{"inspection": {"state": "Unknown"}}]}""", false)]
    [InlineData("""{"schema": "deploygate-facts/v1", "disks": [{"of": "/d", "inspection": {}}]}""", false)]
    public void The_schema_of_facts_and_the_reader_agree(string document, bool isValid)
    {
        Assert.Equal(isValid, JsonSchemaCheck.Errors(FactsSchema, document).Count == 0);
        Assert.Equal(isValid, Reading.Of(document).Errors.IsEmpty);
    }

    [Theory]
    [InlineData("""{"schema": "deploygate-inspection/v1", "disk": "/d", "state": "Generalized", "reason": "", "evidence": []}""", true)]
    [InlineData("""{"schema": "deploygate-inspection/v1", "disk": "/d", "readAt": "2026-11-20T10:00:00Z", "container": "vhdx", "partitions": [{"index": 1, "type": "esp", "fileSystem": null, "offset": 1, "length": 2}], "os": {"type": "Windows", "product": null}, "state": "Unknown", "reason": "torn", "evidence": [{"place": "p", "value": 1, "says": "s", "weight": 2}], "contradictions": ["c", {"place": "p"}], "read": {"bytes": 1, "requests": 1}}""", true)]
    [InlineData("""{"schema": "deploygate-inspection/v2", "disk": "/d", "state": "Generalized", "reason": "", "evidence": []}""", false)]
    [InlineData("""{"schema": "deploygate-inspection/v1", "state": "Generalized", "reason": "", "evidence": []}""", false)]
    [InlineData("""{"schema": "deploygate-inspection/v1", "disk": "/d", "state": "Generalized", "reason": "", "evidence": [7]}""", false)]
    [InlineData("""{"schema": "deploygate-inspection/v1", "disk": "/d", "readAt": 7, "state": "Generalized", "reason": "", "evidence": []}""", false)]
    public void The_schema_of_inspections_and_the_reader_agree(string document, bool isValid)
    {
        Assert.Equal(isValid, JsonSchemaCheck.Errors(InspectionSchema, document).Count == 0);
        Assert.Equal(isValid, Reading.Of(document).Errors.IsEmpty);
    }

    [Fact]
    public void A_state_that_is_not_in_the_schema_is_refused_by_it_and_unclear_to_the_reader() =>
        Assert.Equal(
            ["/state: is none of [\"Generalized\", \"Specialized\", \"Undeployable\", \"Unknown\"]"],
            JsonSchemaCheck.Errors(InspectionSchema, """{"schema": "deploygate-inspection/v1", "disk": "/d", "state": "Sealed", "reason": "", "evidence": []}"""));
}
