using System.Text;
using DeployGate.Core.Text;
using DeployGate.Templates.Json;

namespace DeployGate.Templates.Tests.Json;

public class JsonReaderTests
{
    [Theory]
    [InlineData("{\"a\":1}", "{a: 1}")]
    [InlineData("// c\n{ /* x */ \"a\" : [ 1, -2, 3.50, true, null ] } // end", "{a: [1, -2, 3.50, true, null]}")]
    [InlineData("{\"a\":\"line\r\nbreak\tand tab\"}", "{a: line\r\nbreak\tand tab}")]
    [InlineData("{\"a\":\"\\u0041\\n\\\"\\\\\\/\"}", "{a: A\n\"\\/}")]
    [InlineData("{\"a\":1,\"A\":2}", "{a: 1, A: 2}")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    public void Reads_what_Azure_reads(string text, string expected)
    {
        var document = JsonReader.Read(new SourceText("t.json", text));
        Assert.Empty(document.Problems);
        Assert.Equal(expected, document.Root.Show());
    }

    [Theory]
    [InlineData("[1,]", "1:3", "a comma before the closing bracket")]
    [InlineData("{\"a\":1,}", "1:7", "a comma before the closing bracket")]
    [InlineData("{\"a\":1,\n \"a\":2}", "2:2", "the name \"a\" is used twice in this object; the last one counts")]
    public void Accepts_and_remarks(string text, string position, string message)
    {
        var document = JsonReader.Read(new SourceText("t.json", text));
        Assert.NotNull(document.Root);
        var problem = Assert.Single(document.Problems);
        Assert.Equal((position, message, false), ($"{problem.At.Start.Line}:{problem.At.Start.Column}", problem.Message, problem.IsFatal));
    }

    [Theory]
    [InlineData("", "1:1", "the text ends where a JSON value is expected")]
    [InlineData("{\"a\":1", "1:7", "expected ',' or '}' after the member, found the end of the file")]
    [InlineData("{\"a\" 1}", "1:6", "expected ':' after the name, found '1'")]
    [InlineData("{a:1}", "1:2", "expected a name in double quotes or '}', found 'a'")]
    [InlineData("[1 2]", "1:4", "expected ',' or ']' after the item, found '2'")]
    [InlineData("[\"x]", "1:2", "a string that begins here is never closed")]
    [InlineData("[\"\\q\"]", "1:3", "an unknown escape in a string")]
    [InlineData("[1.2.3]", "1:2", "'1.2.3' is not a number")]
    [InlineData("{} {}", "1:4", "text after the end of the JSON value")]
    [InlineData("[ /* x", "1:3", "a comment that begins here is never closed")]
    [InlineData("[nul]", "1:2", "expected a JSON value, found 'n'")]
    [InlineData("{\"a\":\r\r\n x}", "3:2", "expected a JSON value, found 'x'")]
    public void Says_where_and_why_it_is_broken(string text, string position, string message)
    {
        var document = JsonReader.Read(new SourceText("t.json", text));
        Assert.Null(document.Root);
        var problem = document.Problems[^1];
        Assert.Equal((position, "not valid JSON: " + message, true), ($"{problem.At.Start.Line}:{problem.At.Start.Column}", problem.Message, problem.IsFatal));
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public void Repeated_names_are_remarked_each_and_of_no_more_names_than_there_are()
    {
        var many = string.Join(",", Enumerable.Range(0, 40).Select(i => $"\"n{i}\":{i}"));
        var document = JsonReader.Read(new SourceText("t.json", $"{{{many},\"n3\":true,\"n7\":true,\"n3\":null}}"));

        Assert.Equal(["n3", "n7", "n3"], document.Problems.Select(problem => problem.Message.Split('"')[1]));
        Assert.Equal("{n0: 0, n1: 1, n2: 2, n3: null, n4: 4", document.Root.Show()[..37]);
    }

    [Fact]
    public void Nothing_of_a_broken_text_is_left_for_the_next_one()
    {
        var broken = JsonReader.Read(new SourceText("broken.json", "{\"a\": [1, {\"b\": 2, \"c\": [3, 4"));
        var next = JsonReader.Read(new SourceText("t.json", "{\"d\": [5]}"));

        Assert.Null(broken.Root);
        Assert.Equal("{d: [5]}", next.Root.Show());
    }

    [Fact]
    public void A_text_of_many_parts_is_read_as_one_of_few()
    {
        var text = $"[{string.Join(",", Enumerable.Repeat("{\"a\":[1,2]}", 5000))}]";

        Assert.Equal([5000, 5000], new[] { 1, 2 }.Select(_ => ((DeployGate.Core.Values.ArrayValue)JsonReader.Read(new SourceText("t.json", text)).Root!).Items.Length));
    }

    [Fact]
    public void Refuses_nesting_that_would_exhaust_the_stack()
    {
        var document = JsonReader.Read(new SourceText("t.json", new string('[', 100_000)));
        Assert.Contains("more than 256 deep", Assert.Single(document.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    public void Byte_order_marks_and_encodings_do_not_move_columns(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("{\"ä\":\"€\"}")];
        var source = new SourceText("t.json", SourceEncoding.Decode(bytes));
        var document = JsonReader.Read(source);
        Assert.Equal("{ä: €}", document.Root.Show());
        Assert.Equal(new LinePosition(1, 1), document.Root!.Origin!.Place.Start);
    }

    [Fact]
    public void Each_value_knows_its_place_quotes_included()
    {
        var root = (Core.Values.ObjectValue)JsonReader.Read(new SourceText("t.json", "{\n  \"a\": [ \"xy\" ]\n}")).Root!;
        var member = root.Members[0];
        Assert.Equal("t.json:2:3", member.NamePlace!.ToString());
        var item = ((Core.Values.ArrayValue)member.Value).Items[0].Origin!.Place;
        Assert.Equal(("t.json:2:10", new LinePosition(2, 14)), (item.ToString(), item.End));
    }

    [Fact]
    public void Cut_and_scrambled_text_never_throws()
    {
        const string text = "{ // c\n \"a\": [1, 2.5e3, \"x\\u00e9\\n\", {\"b\": null, }, true], /* d */ \"a\": \"[concat('x', 'y')]\" }";
        var random = new Random(17);
        for (var i = 0; i <= text.Length; i++)
        {
            JsonReader.Read(new SourceText("t.json", text[..i]));
            var scrambled = text.ToCharArray();
            for (var n = 0; n < 4; n++)
            {
                scrambled[random.Next(text.Length)] = text[random.Next(text.Length)];
            }

            var document = JsonReader.Read(new SourceText("t.json", new string(scrambled)));
            Assert.True(document.Root is not null || document.Problems.Any(problem => problem.IsFatal));
        }
    }

    [Theory]
    [InlineData("{\"a\":1")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("{\"a\"")]
    public void What_is_missing_at_the_end_points_at_nothing_behind_the_end(string text)
    {
        var problem = Assert.Single(JsonReader.Read(new SourceText("t.json", text)).Problems);
        Assert.Equal((text.Length, 0), (problem.At.Span.Start, problem.At.Span.Length));
    }
}
