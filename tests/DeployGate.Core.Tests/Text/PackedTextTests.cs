using DeployGate.Core.Text;

namespace DeployGate.Core.Tests.Text;

public class PackedTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("param a string\nparam b int\r\n\rresource c 'd'\n")]
    [InlineData("naïve façade: £ ÿ\nsecond\n")]
    [InlineData("a dash – and a smile 🙂\nsecond\r\n")]
    [InlineData("a lone surrogate \ud83d and a NUL \0\nend")]
    public void A_packed_text_answers_as_it_did_before(string content)
    {
        var (plain, packed) = (new SourceText("f", content), new SourceText("f", content));
        packed.Pack();
        Assert.Equal(plain.Length, packed.Length);
        for (var offset = 0; offset <= content.Length + 1; offset++)
        {
            Assert.Equal(plain.PositionOf(offset), packed.PositionOf(offset));
            var length = Math.Min(7, content.Length - Math.Min(offset, content.Length));
            Assert.Equal(content.Substring(Math.Min(offset, content.Length), length), packed.Slice(Math.Min(offset, content.Length), length));
            Assert.Equal(plain.FirstLineOf(Math.Min(offset, content.Length), length), packed.FirstLineOf(Math.Min(offset, content.Length), length));
        }

        for (var line = 0; line < 6; line++)
        {
            Assert.Equal((plain.Line(line), plain.StartOf(line), plain.Exists(line)), (packed.Line(line), packed.StartOf(line), packed.Exists(line)));
        }

        Assert.Equal((content.Contains("second", StringComparison.Ordinal), false), (packed.Contains("second"), packed.Contains("SECOND")));
        Assert.Equal(content, packed.Content);
        packed.Pack();
        Assert.Equal(content, packed.Content);
    }

    [Fact]
    public void Threads_that_read_while_others_pack_see_the_whole_text()
    {
        var content = string.Join('\n', Enumerable.Range(0, 400).Select(number => $"line {number}"));
        var source = new SourceText("f", content);
        Parallel.For(0, 4_000, i =>
        {
            if (i % 2 == 0)
            {
                source.Pack();
            }

            Assert.Equal(content, source.Content);
            Assert.Equal($"line {i % 400}", source.Line((i % 400) + 1));
        });
    }
}
