using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.Tests.Yaml;

public class ScalarPlaceTests
{
    /// <summary>Each row: a file; the value of its key <c>a</c>; a part of the value, and where in the file it stands.</summary>
    public static TheoryData<string, string, string, string> Scalars => new()
    {
        { "a: plain text # note", "plain text", "text", "text" },
        { "a: one\n  two\n\n  three", "one two\nthree", "two", "two" },
        { "a: one\n  two\n\n  three", "one two\nthree", "three", "three" },
        { "a: 'it''s'", "it's", "'", "''" },
        { "a: 'it''s'", "it's", "s", "s" },
        { "a: 'one\n  two'", "one two", "two", "two" },
        { "a: \"tab\\there\"", "tab\there", "\t", "\\t" },
        { "a: \"tab\\there\"", "tab\there", "here", "here" },
        { "a: \"\\x41\\u0042\\U00000043d\"", "ABCd", "C", "\\U00000043" },
        { "a: \"one\\\n   two\"", "onetwo", "two", "two" },
        { "a: |\n  one\n    two\n", "one\n  two\n", "  two", "  two" },
        { "a: |\r\n  one\r\n  two\r\n", "one\ntwo\n", "two", "two" },
        { "a: |\r\n  one\r\n  two\r\n", "one\ntwo\n", "\n", "\r\n" },
        { "a: |-\n  one\n\n", "one", "one", "one" },
        { "a: |+\n  one\n\n", "one\n\n", "one", "one" },
        { "a: |2\n    one\n  two\n", "  one\ntwo\n", "  one", "  one" },
        { "a: |2-\n    one\n  two\n", "  one\ntwo", "two", "two" },
        { "a: >\n  one\n  two\n\n  three\n", "one two\nthree\n", "three", "three" },
        { "a: >-\n  one\n    more\n  two", "one\n  more\ntwo", "  more", "  more" },
        { "a: >+\n  one\n\n\n", "one\n\n\n", "one", "one" },
        { "a: &x !!str |\n  one\n", "one\n", "one", "one" },
        { "a: |\n  one\r\n\r\n  two", "one\n\ntwo", "two", "two" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Each_part_of_a_value_leads_back_to_its_characters(string file, string value, string part, string written)
    {
        var scalar = (YamlScalar)((YamlMapping)YamlDocument.Read(new SourceText("a.yml", file)).Root!)["a"]!;
        Assert.Equal(value, scalar.Value);
        Assert.Equal(value, scalar.Text.Content);

        var at = value.IndexOf(part, StringComparison.Ordinal);
        var span = scalar.Text.PlaceOf(at, at + part.Length).Span;
        Assert.Equal(written, file[span.Start..span.End]);
        var script = scalar.Text.ToScript().PlaceOf(new TextSpan(at, part.Length)).Span;
        Assert.Equal(written, file[script.Start..script.End]);
    }
}
