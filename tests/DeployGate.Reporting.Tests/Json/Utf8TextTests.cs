using System.Text;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Tests.Json;

public sealed class Utf8TextTests
{
    // One, two, three and four bytes.
    private const string Text = "aß漢😀";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(40_000)]
    public void A_character_that_is_cut_between_two_pieces_is_whole_again(int piece)
    {
        var text = string.Concat(Enumerable.Repeat(Text, 10_000));
        var written = new StringWriter();
        var utf8 = new Utf8Text(written);

        foreach (var bytes in Encoding.UTF8.GetBytes(text).Chunk(piece))
        {
            bytes.CopyTo(utf8.GetSpan(bytes.Length));
            utf8.Advance(bytes.Length);
        }

        Assert.Equal(text, written.ToString());
    }

    [Fact]
    public void A_report_of_many_pieces_reads_back_as_it_was()
    {
        var findings = Enumerable.Range(0, 2_000).Select(number => Sample.Wrong with { Message = $"{number}: {string.Concat(Enumerable.Repeat(Text, number))}" });
        using var report = System.Text.Json.JsonDocument.Parse(Sample.Write("json", Sample.Report with { Findings = [.. findings] }));

        Assert.Equal(findings.Select(finding => finding.Message), report.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("message").GetString()));
    }
}
