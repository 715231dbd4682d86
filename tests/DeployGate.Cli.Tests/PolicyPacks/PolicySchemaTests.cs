using System.Text.Json;
using DeployGate.Cli.PolicyPacks;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.PolicyPacks;

/// <summary>The schema that editors use names the keys that the reader reads, no more and no fewer.</summary>
public sealed class PolicySchemaTests
{
    private static readonly JsonElement s_schema = JsonDocument.Parse(Repository.Read("policies/schemas/deploygate-policy.v1.schema.json")).RootElement;

    [Fact]
    public void Keys_are_those_of_the_reader()
    {
        Assert.Equal(Sorted(PolicyKeys.File), Keys(s_schema));
        Assert.Equal(Sorted(PolicyKeys.Policy), Keys(Definition("policy")));
        Assert.Equal(Sorted(PolicyKeys.Then), Keys(Definition("policy").GetProperty("properties").GetProperty("then")));
        Assert.Equal(Sorted(PolicyKeys.Condition), Keys(Definition("condition")));
        Assert.Equal(Sorted(PolicyKeys.Count), Keys(Definition("count")));
        Assert.Equal(Sorted(PolicyKeys.Case), Keys(Definition("case")));
    }

    [Fact]
    public void Words_are_those_of_the_reader()
    {
        var policy = Definition("policy").GetProperty("properties");
        Assert.Equal(PolicyKeys.Modes, Words(policy.GetProperty("mode")));
        Assert.Equal(PolicyKeys.Effects, Words(policy.GetProperty("then").GetProperty("properties").GetProperty("effect")));
        Assert.Equal(PolicyKeys.Expectations, Words(Definition("case").GetProperty("properties").GetProperty("expect")));
    }

    [Fact]
    public void The_guide_names_every_key_condition_and_field()
    {
        var guide = Repository.Read("docs/policies.md");
        string[] words = [.. PolicyKeys.Policy, .. PolicyKeys.Condition, .. PolicyKeys.Count, .. PolicyKeys.Case, .. PolicyKeys.Effects, .. PolicyKeys.Expectations, .. PolicyKeys.UseFields, .. PolicyKeys.ResourceFields];
        Assert.All(words, word => Assert.True(guide.Contains($"`{word}", StringComparison.Ordinal), $"docs/policies.md does not name `{word}`"));
    }

    private static JsonElement Definition(string name) => s_schema.GetProperty("$defs").GetProperty(name);

    private static IEnumerable<string> Keys(JsonElement schema) => Sorted(schema.GetProperty("properties").EnumerateObject().Select(member => member.Name));

    private static IEnumerable<string> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(item => item.GetString()!);

    private static IEnumerable<string> Sorted(IEnumerable<string> words) => words.Order(StringComparer.Ordinal);
}
