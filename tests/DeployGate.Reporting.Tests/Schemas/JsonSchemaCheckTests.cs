using System.Text.Json;

namespace DeployGate.Reporting.Tests.Schemas;

public sealed class JsonSchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "1", ": is not of type string")]
    [InlineData("""{"type":["integer","null"]}""", "1.5", """: is not of type ["integer","null"]""")]
    [InlineData("""{"required":["a"]}""", "{}", ": lacks 'a'")]
    [InlineData("""{"properties":{"a":{"const":1}}}""", """{"a":2}""", "/a: is not 1")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"b":2}""", "/b: nothing may stand here")]
    [InlineData("""{"items":{"enum":["x"]}}""", """["x","y"]""", """/1: is none of ["x"]""")]
    [InlineData("""{"items":{"$ref":"#/$defs/n"},"$defs":{"n":{"minimum":1}}}""", "[0]", "/0: is beyond the minimum 1")]
    [InlineData("""{"minItems":1}""", "[]", ": has fewer than 1 items")]
    [InlineData("""{"uniqueItems":true}""", "[1,1]", ": has equal items")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", ": matches no option of anyOf")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1", ": does not match one option of oneOf")]
    [InlineData("""{"pattern":"^a$"}""", "\"b\"", ": does not have the pattern ^a$")]
    [InlineData("""{"format":"uri"}""", "\"infra/a b\"", ": does not have the format uri")]
    [InlineData("""{"format":"uri-reference"}""", "\"infra/a b\"", ": does not have the format uri-reference")]
    public void What_is_wrong_is_found(string schema, string document, string expected) =>
        Assert.Equal([expected], JsonSchemaCheck.Errors(Parse(schema), document));

    [Fact]
    public void A_keyword_that_is_not_known_is_not_passed_over() =>
        Assert.Throws<NotSupportedException>(() => JsonSchemaCheck.Errors(Parse("""{"maxLength":3}"""), "\"abcd\""));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
