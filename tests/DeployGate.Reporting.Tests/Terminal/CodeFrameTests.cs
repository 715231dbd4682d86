using DeployGate.Core.Text;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.Tests.Terminal;

public sealed class CodeFrameTests
{
    [Theory]
    [InlineData("a: 'b'\r\nc\r\n", 3, 3, "a: 'b'", "   ^^^")] // CRLF
    [InlineData("a: 'b'\r\nc\r\n", 3, 5, "a: 'b'", "   ^^^")] // up to and over the line end
    [InlineData("\ta:\t1", 4, 1, "    a:  1", "        ^")] // tabs before the range
    [InlineData("a\tb", 1, 1, "a   b", " ^^^")] // the tab is the range
    [InlineData("abc", 1, 0, "abc", " ^")] // empty
    [InlineData("abc", 3, 0, "abc", "   ^")] // at the end of the file
    [InlineData("abc\n", 4, 0, "", "^")] // after the last line end
    [InlineData("abc", 90, 9, "abc", "   ^")] // past the end
    [InlineData("", 0, 0, "", "^")]
    [InlineData("a: {\n b\n}", 3, 6, "a: {", "   ^")] // several lines
    [InlineData("// \u65E5\u672C\na: '\u65E5' 'x'", 13, 3, "a: '\u65E5' 'x'", "        ^^^")] // wide letters
    [InlineData("'e\u0301' 'x'", 5, 3, "'e\u0301' 'x'", "    ^^^")] // a combining mark takes no column
    [InlineData("\u001b[31m 'x'", 6, 3, "\\u{1b}[31m 'x'", "           ^^^")]
    [InlineData("##vso[a] 'x'", 9, 3, "##vso\\[a] 'x'", "          ^^^")]
    public void The_range_is_marked(string content, int start, int length, string code, string marks)
    {
        var frame = CodeFrame.Of(new Place(new SourceText("f", content), new TextSpan(start, length)), 100);

        Assert.Equal(code, frame.Code);
        Assert.Equal(marks, new string(' ', frame.MarkColumn) + new string('^', frame.MarkWidth));
    }

    [Theory]
    [InlineData(0, "MARK" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" + "…", 0)]
    [InlineData(100_000, "…" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" + "MARK", 35)]
    [InlineData(50_000, "…" + "aaaaaaaaaaaaaaaaa" + "MARK" + "aaaaaaaaaaaaaaaaa" + "…", 18)]
    [InlineData(10, "aaaaaaaaaa" + "MARK" + "aaaaaaaaaaaaaaaaaaaaaaaa" + "…", 10)]
    public void A_long_line_is_cut_around_the_range(int at, string code, int column)
    {
        var content = new string('a', at) + "MARK" + new string('a', 100_000 - at);
        var frame = CodeFrame.Of(new Place(new SourceText("f", content), new TextSpan(at, 4)), 40);

        Assert.InRange(frame.Code.Length, 30, 40);
        Assert.Equal("MARK", frame.Code.Substring(frame.MarkColumn, frame.MarkWidth));
        Assert.Equal((code, column), (frame.Code, frame.MarkColumn));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\t")]
    [InlineData("\u65E5")]
    [InlineData("\u001b")]
    [InlineData("\U0001F600")]
    public void A_long_range_never_exceeds_the_width(string filler)
    {
        var content = string.Concat(Enumerable.Repeat(filler, 10_000));
        for (var start = 0; start < content.Length; start += 997)
        {
            var frame = CodeFrame.Of(new Place(new SourceText("f", content), new TextSpan(start, content.Length - start)), 60);

            Assert.InRange(frame.Code.Length, 1, 60);
            Assert.InRange(frame.MarkColumn + frame.MarkWidth, 1, 60);
        }
    }

    [Fact]
    public void No_line_of_code_exceeds_two_hundred_columns()
    {
        var source = new SourceText("min.json", new string('x', 100_000));
        var report = Sample.Report with { Findings = [Sample.Wrong with { Location = new Place(source, new TextSpan(70_000, 20_000)), Label = "" }] };

        var lines = Sample.Write("text", report, new ReportStyle(Width: 5000)).Split('\n');

        Assert.Equal(200, lines[3].Length);
        Assert.InRange(lines[4].Length, 100, 200);
    }
}
