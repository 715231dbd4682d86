using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.Tests.Terminal;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_they_must_be_and_the_last_is_cut() => Assert.Equal(
        "id   name\n---  ----\na    b\nabc  123456789 1…\n",
        Write(["id", "name"], [["a", "b"], ["abc", "123456789 12345"]], width: 16));

    [Fact]
    public void A_value_is_a_cell_and_no_more() => Assert.Equal(
        "a     b\n----  -\n\\n::  ##vso\\[\n", Write(["a", "b"], [["\n::", "##vso["]], width: 80));

    private static string Write(string[] columns, string[][] rows, int width)
    {
        using var output = new StringWriter { NewLine = "\r\n" };
        TextTable.Write(output, columns, rows, width);
        return output.ToString();
    }
}
