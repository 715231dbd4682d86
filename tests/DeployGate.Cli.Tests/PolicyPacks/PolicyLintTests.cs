using DeployGate.Cli.PolicyPacks;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Core.Text;

namespace DeployGate.Cli.Tests.PolicyPacks;

/// <summary>What is told of mistakes, word for word, and that nothing in a policy file can do harm.</summary>
public sealed class PolicyLintTests
{
    private const string Head = """
        version: 1
        policies:
          - id: CONTOSO001
            name: a-rule
            description: What should be.
            mode: uses
            then: { effect: deny }
            cases: [{ name: a, use: { stage: deploy }, expect: deny }]
            if:
        """;

    [Theory]
    [InlineData("{ fild: stage, equals: deploy }", "9:11: a condition has no key 'fild'. Did you mean 'field'?", "9:11: the condition has none of allOf, anyOf, not, field, value, count. Say what is compared: '{ field: stage, equals: deploy }'.")]
    [InlineData("{ field: stagee, equals: deploy }", "9:18: a use has no field 'stagee'. Did you mean 'stage'?")]
    [InlineData("{ field: properties.osState, exists: true }", "9:18: a use has no field 'properties.osState'. Did you mean 'resource.properties.osState'?")]
    [InlineData("{ field: image..kind, exists: true }", "9:24: 'image..kind' is not the name of a field: a name is expected here. Write members with dots: properties.storageProfile.osDisk.osType.")]
    [InlineData("{ field: stage, equal: deploy }", "9:11: the condition compares with nothing. Add one of equals, notEquals, like, notLike, match, notMatch, matchInsensitively, notMatchInsensitively, contains, notContains, in, notIn, containsKey, notContainsKey, less, lessOrEquals, greater, greaterOrEquals, exists.", "9:25: a condition has no key 'equal'. Did you mean 'equals'?")]
    [InlineData("{ field: stage, equals: deploy, like: d* }", "9:41: 'equals' and 'like' stand in one map: these are two conditions. Write each as an item of allOf or anyOf.")]
    [InlineData("{ field: stage, in: deploy }", "9:29: 'in' compares with a list of values. Write a list of values.")]
    [InlineData("{ field: stage, exists: maybe }", "9:33: 'exists' compares with true or false. Write true or false.")]
    [InlineData("{ field: stage, like: [a] }", "9:31: 'like' compares with a text. Write a text.")]
    [InlineData("{ allOf: [], not: { field: stage, exists: true } }", "9:22: 'allOf' and 'not' stand in one map: these are two conditions. Write each as an item of allOf or anyOf.")]
    [InlineData("{ allOf: { field: stage, exists: true } }", "9:18: 'allOf' must be a list of conditions. Write each condition below it with '- '.")]
    [InlineData("{ count: { field: lineage }, less: 2 }", "9:27: a use has no field 'lineage'. Did you mean 'lineage[*]'?")]
    [InlineData("{ count: { value: [a], field: 'lineage[*]' }, less: 2 }", "9:18: 'count' has one of 'field' and 'value'. Name what is counted: 'field: lineage[*]', or 'value: [a, b]'.")]
    [InlineData("{ field: origin, exists: true, count: { value: [a] }, less: 2 }", "9:40: 'field' and 'count' stand in one map: these are two conditions. Write each as an item of allOf or anyOf.")]
    [InlineData("{ value: \"[concat('a', ]\", equals: x }", "9:31: not a valid expression: the expression ends where a value is expected. Correct the expression; a literal text that begins with '[' is written '[['.")]
    [InlineData("{ value: \"[concta('a')]\", equals: x }", "9:18: there is no function 'concta'. Did you mean 'concat'?")]
    [InlineData("{ value: \"[parameters('a')]\", equals: x }", "9:18: parameters() asks the template or the deployment, and stands outside of both. Take the value from a field: field('…').")]
    [InlineData("{ value: \"[field('stag')]\", equals: x }", "9:18: a use has no field 'stag'. Did you mean 'stage'?")]
    [InlineData("{ value: \"[current('a', 'b')]\", equals: x }", "9:18: current() takes 0 to 1 argument(s), not 2. Correct the call.")]
    [InlineData("{ field: origin.readAt, less: \"[utcNow('R')]\" }", "9:39: times in this form are compared as texts, and their order is not that of time: 'Sat, 28 Feb 2026 10:00:00 GMT'. Leave the format out, or write 'yyyy-MM-ddTHH:mm:ssZ'.")]
    [InlineData("{ value: \"[dateTimeAdd(utcNow(), 'P1D', 'd')]\", greater: x }", "9:18: times in this form are compared as texts, and their order is not that of time: '03/01/2026'. Leave the format out, or write 'yyyy-MM-ddTHH:mm:ssZ'.")]
    [InlineData("{ field: origin.readAt, less: \"[utcNow()]\" }")]
    [InlineData("{ field: origin.readAt, less: \"[dateTimeAdd(utcNow(), '-P30D')]\" }")]
    [InlineData("{ field: origin.readAt, less: \"[dateTimeAdd(field('origin.readAt'), 'P1D', 'R')]\" }")]
    [InlineData("{ field: resource.tags.made, less: \"[utcNow('yyyyMMdd')]\" }")]
    [InlineData("{ field: resource.tags.made, equals: \"[utcNow('R')]\" }")]
    [InlineData("!!str x", "9:9: tags and anchors are not read in policies. Remove it.", "9:9: a condition is a map. Write it like '{ field: stage, equals: deploy }'.")]
    [InlineData("&a { field: stage, equals: deploy }", "9:9: tags and anchors are not read in policies. Remove it.")]
    [InlineData("{ field: stage, equals: deploy ", "10:1: the file is not valid YAML: while parsing a flow mapping, did not find expected ',' or '}'. Correct the line; quote text that holds ': ', ' #' or begins with a special character.")]
    public void A_mistake_in_a_condition_is_explained(string condition, params string[] expected) => Assert.Equal(expected, Mistakes($"{Head} {condition}\n"));

    [Fact]
    public void Mistakes_of_a_policy_are_told_each_at_its_place() => Assert.Equal(
        [
            "1:1: a policy file has no key 'polices'. Did you mean 'policies'?",
            "1:1: the version of the file is not 1. Write 'version: 1'.",
            "1:1: 'policies' must be a list of policies. Write 'policies:', and each policy below it with '- id: …'.",
        ],
        Mistakes("polices: []\n"));

    [Fact]
    public void Words_ids_and_cases_are_checked() => Assert.Equal(
        [
            "3:9: the id 'DG1' is not letters and then digits: ids that begin with DG are the tool's own. Write an id of your own: CONTOSO001.",
            "4:11: the name 'A Rule' has other characters than lower-case letters, digits and hyphens. Write it like 'images-from-our-gallery'.",
            "6:11: 'mode' must be one of uses, resources. Did you mean 'uses'?",
            "7:21: 'effect' must be one of deny, audit, disabled. Did you mean 'deny'?",
            "8:19: an expression is never closed: ']' is missing. Close it, or write '[[' for a bracket.",
            "11:19: 'expect' must be one of deny, audit, pass, unknown. Did you mean 'deny'?",
            "12:39: the case has two inputs: 'template' and 'resource'. Give it one of template, resource and use.",
            "13:18: a use has no key 'stge'. Did you mean 'stage'?",
        ],
        Mistakes("""
            version: 1
            policies:
              - id: DG1
                name: A Rule
                description: What should be.
                mode: use
                then: { effect: denny }
                message: text [field('stage')
                if: { field: stage, equals: deploy }
                cases:
                  - { expect: dney, name: a, use: { stage: deploy } }
                  - { expect: deny, template: "", resource: {}, name: b }
                  - { use: { stge: deploy }, expect: deny, name: c }
            """));

    [Fact]
    public void A_policy_without_cases_is_a_warning()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yml", $"{Head} {{ field: stage, equals: deploy }}\n".Replace("    cases: [{ name: a, use: { stage: deploy }, expect: deny }]\n", "", StringComparison.Ordinal));
        Assert.Equal(
            (0, "a.yml:3:5: warning: the policy has no cases: nothing shows that it does what it says\n  fix: Add 'cases:' with an input that it refuses, and one that it lets pass.\n1 file, 1 policy without mistakes: 0 errors, 1 warning\n", ""),
            Repository.Run(folder.Path, "policy", "lint", "a.yml"));
    }

    [Fact]
    public void Aliases_are_refused_and_cannot_grow() =>
        Assert.Equal(["2:9: aliases are not read in policies. Write what is meant."], Mistakes("a: &a [x, x]\nb: &b [ *a, *a ]\nc: [ *b, *b ]\n"));

    [Fact]
    public void A_condition_nests_only_so_deep()
    {
        var mistakes = Mistakes($"{Head} {string.Concat(Enumerable.Repeat("{ not: ", 60))}{{ field: stage, exists: true }}{new string('}', 60)}\n");
        Assert.Contains("conditions nest deeper than 24 levels", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    // Every example with bytes taken out, doubled, or exchanged for others that mean something to a reader.
    [Fact(Timeout = 600_000)]
    public Task Whatever_stands_in_a_file_is_read_or_explained() => Task.Run(ReadMutated, TestContext.Current.CancellationToken);

    private static void ReadMutated()
    {
        var random = new Random(20261121);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "policies/examples"), "*.yml").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            for (var i = 0; i < 150; i++)
            {
                var document = PolicyReader.Read(new SourceText("a.yml", Mutated(text, random)));
                Assert.True(document.IsBroken || !document.Policies.IsEmpty);
                foreach (var tested in document.IsBroken ? [] : document.Policies)
                {
                    Assert.All(tested.Cases, one => Assert.NotEmpty(PolicyCaseRun.Run(tested.Policy, one, DateTimeOffset.UnixEpoch).Actual));
                }
            }
        }
    }

    private static string Mutated(string text, Random random)
    {
        const string Meaning = "[]{}':\"*&!#|>-,.?\n\t \u0000\ud800";
        var changed = new System.Text.StringBuilder(text);
        for (var i = random.Next(1, 4); i > 0 && changed.Length > 1; i--)
        {
            var at = random.Next(changed.Length - 1);
            switch (random.Next(3))
            {
                case 0:
                    changed.Remove(at, Math.Min(random.Next(1, 12), changed.Length - at));
                    break;
                case 1:
                    changed.Insert(at, changed.ToString(at, Math.Min(random.Next(1, 200), changed.Length - at)));
                    break;
                default:
                    changed[at] = Meaning[random.Next(Meaning.Length)];
                    break;
            }
        }

        return changed.ToString();
    }

    private static string[] Mistakes(string text) =>
        [.. PolicyReader.Read(new SourceText("a.yml", text)).Mistakes.Select(mistake => $"{mistake.Place.Start.Line}:{mistake.Place.Start.Column}: {mistake.Message}. {mistake.Fix}")];
}
