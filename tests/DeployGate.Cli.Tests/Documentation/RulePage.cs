using System.Text.Json.Nodes;

namespace DeployGate.Cli.Tests.Documentation;

/// <summary>
/// The example of a rule's page, as files. A JSON block with <c>resources</c> is a template; one with a <c>schema</c> or an
/// <c>id</c> is a recorded fact; any other is a resource. The blocks below "Fix" change the example: a template replaces the
/// template, facts replace the facts, and a resource replaces the one of its type and name. A YAML block is a workflow.
/// </summary>
internal sealed class RulePage
{
    private readonly IReadOnlyList<FencedBlock> _blocks;

    internal RulePage(string id) => _blocks = Markdown.BlocksOf(Repository.Read($"policies/rules/{id}.md"));

    /// <summary>The findings of the example, or of the example as the fix changes it.</summary>
    internal JsonArray Findings(bool isFixed)
    {
        using var folder = new TemporaryFolder();
        if (WorkflowOf(isFixed ? "Fix" : "Example") is { } workflow)
        {
            folder.Write(".github/workflows/image.yml", workflow);
            return FindingsOf(folder, ["check", "."], 4);
        }

        var example = NodesOf("Example");
        var fix = isFixed ? NodesOf("Fix") : [];
        var template = fix.LastOrDefault(IsTemplate) ?? example.First(IsTemplate);
        foreach (var resource in fix.Where(node => !IsTemplate(node) && !IsFact(node)))
        {
            Replace((JsonArray)template["resources"]!, resource);
        }

        folder.Write("template.json", template.ToJsonString());
        var facts = (fix.Any(IsFact) ? fix : example).Where(IsFact).ToList();
        folder.Write("facts.json", new JsonArray([.. facts.Select(fact => fact.DeepClone())]).ToJsonString());
        string[] state = facts.Count == 0 ? [] : ["--state", "facts.json"];
        return FindingsOf(folder, ["check", "template.json", .. state]);
    }

    /// <summary>True when the example itself holds a word.</summary>
    internal bool ExampleNames(string word) => _blocks.Any(block => block.Section == "Example" && block.Content.Contains(word, StringComparison.Ordinal));

    // A workflow that only starts a machine uses no image, which has an exit code of its own.
    private static JsonArray FindingsOf(TemporaryFolder folder, string[] arguments, int alsoFine = 0)
    {
        var (exit, output, error) = Repository.Run(folder.Path, [.. arguments, "--report", "json"]);
        Assert.True(exit is 0 or 1 || exit == alsoFine, error);
        var report = JsonNode.Parse(output)!;
        Assert.Empty((JsonArray)report["errors"]!);
        return (JsonArray)report["findings"]!;
    }

    private string? WorkflowOf(string section) => _blocks.FirstOrDefault(block => block.Language == "yaml" && block.Section == section)?.Content;

    private List<JsonObject> NodesOf(string section) =>
    [
        .. _blocks.Where(block => block.Language == "json" && block.Section == section).Select(block => JsonNode.Parse(block.Content)!.AsObject()),
    ];

    private static bool IsFact(JsonObject node) => node.ContainsKey("schema") || node.ContainsKey("id");

    private static bool IsTemplate(JsonObject node) => !IsFact(node) && node.ContainsKey("resources");

    private static void Replace(JsonArray resources, JsonObject resource)
    {
        var old = resources.FirstOrDefault(one => Same(one, resource, "type") && Same(one, resource, "name"));
        if (old is not null)
        {
            resources.Remove(old);
        }

        resources.Add(resource.DeepClone());
    }

    private static bool Same(JsonNode? one, JsonObject other, string member) => one?[member]?.GetValue<string>() == other[member]?.GetValue<string>();
}
