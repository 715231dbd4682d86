using DeployGate.Core.Text;

namespace DeployGate.Core.Tests.Text;

public class SourceTextTests
{
    [Theory]
    [InlineData("a\nb", 2, 2, 1)]
    [InlineData("a\r\nb", 3, 2, 1)]
    [InlineData("a\rb", 2, 2, 1)]
    [InlineData("a\r\r\nb", 4, 3, 1)]
    [InlineData("abc", 3, 1, 4)]
    [InlineData("abc", 99, 1, 4)]
    [InlineData("", 0, 1, 1)]
    [InlineData("a\n", 2, 2, 1)]
    public void Counts_lines_at_every_kind_of_line_end(string text, int offset, int line, int column)
    {
        var packed = new SourceText("f", text);
        packed.Pack();

        Assert.Equal(new LinePosition(line, column), new SourceText("f", text).PositionOf(offset));
        Assert.Equal(new LinePosition(line, column), packed.PositionOf(offset));
    }

    [Theory]
    [InlineData("a\r\nbc\n", 2, "bc")]
    [InlineData("a", 1, "a")]
    [InlineData("a", 2, "")]
    [InlineData("a", 0, "")]
    public void Gives_lines_without_their_ends(string text, int line, string expected) => Assert.Equal(expected, new SourceText("f", text).Line(line));

    [Fact]
    public void A_negative_span_is_refused_by_its_constructor() => Assert.Throws<ArgumentOutOfRangeException>(() => new TextSpan(-1, 2));
}
