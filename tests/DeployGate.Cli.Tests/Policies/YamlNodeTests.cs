using DeployGate.Cli.Policies;

namespace DeployGate.Cli.Tests.Policies;

public class YamlNodeTests
{
    [Theory]
    [InlineData("a: 1\nb: two words\n", "{a:1,b:two words}")]
    [InlineData("rows:\n  - id: x\n    stage: [upload, capture]\n  - id: y\nend: 1\n", "{rows:[{id:x,stage:[upload,capture]},{id:y}],end:1}")]
    [InlineData("rows:\n- id: x\n- id: y\nend: 1\n", "{rows:[{id:x},{id:y}],end:1}")]
    [InlineData("# comment\n---\nmap: { a: 'it''s', b: \"x: y\" } # more\nempty: []\n", "{map:{a:it's,b:x: y},empty:[]}")]
    public void Maps_lists_and_scalars_keep_their_order_and_nesting(string yaml, string expected) =>
        Assert.Equal(expected, Print(YamlNode.Read(new StringReader(yaml))));

    [Fact]
    public void A_broken_file_of_the_tool_is_a_defect_and_not_an_empty_table() =>
        Assert.ThrowsAny<Exception>(() => YamlNode.Read(new StringReader("rows: [a, b")));

    private static string Print(YamlNode node)
    {
        if (node.Items is { } items)
        {
            return $"[{string.Join(',', items.Select(Print))}]";
        }

        return node.IsMap ? "{" + string.Join(',', node.Names.Select(name => $"{name}:{Print(node.Get(name)!)}")) + "}" : node.Text;
    }
}
