using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.Tests.Terminal;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_they_must_be() => Assert.Equal(
        "id   name\n---------\na    b\nabc  1234\n", Write(["id", "name"], [["a", "b"], ["abc", "1234"]], width: 80));

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void Long_values_take_several_lines_and_lose_nothing(int width)
    {
        var words = Enumerable.Range(0, 100).Select(number => $"word{number}").ToArray();
        var lines = Write(["id", "said", "where"], [["DG1001", string.Join(' ', words), new string('x', 150)]], width).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.All(lines, line => Assert.All(line, character => Assert.InRange(character, ' ', '~')));
        var shown = string.Concat(lines);
        Assert.All(words, word => Assert.Contains(word, shown, StringComparison.Ordinal));
        Assert.Equal(150, shown.Count(character => character == 'x'));
    }

    [Fact]
    public void A_value_is_a_cell_and_no_more() => Assert.Equal(
        "a     b\n-------------\n\\n::  ##vso\\[\n", Write(["a", "b"], [["\n::", "##vso["]], width: 80));

    private static string Write(string[] columns, string[][] rows, int width)
    {
        using var output = new StringWriter { NewLine = "\r\n" };
        TextTable.Write(output, columns, rows, width);
        return output.ToString();
    }
}
