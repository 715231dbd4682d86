using DeployGate.Core.Text;
using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Templates.Tests;

/// <summary>Thousands of Bicep files are found and few are evaluated: to find one costs next to nothing.</summary>
public sealed class BicepFileReadingTests
{
    private static readonly string s_large = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"var v{i} = {{ a: 'text {i}' }}\n"));

    [Fact]
    public void A_template_is_parsed_when_somebody_asks_for_it()
    {
        var source = new SourceText("main.bicep", s_large);
        _ = TemplateFile.Read(source);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var file = TemplateFile.Read(source);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.Empty(file.Problems);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 100_000, long.MaxValue);
    }

    [Fact]
    public void What_is_wrong_is_told_however_late_it_is_asked_for()
    {
        var file = TemplateFile.Read(new SourceText("main.bicep", "param"));

        Assert.Equal("not valid Bicep: expected the parameter's name, found the end of the file", Assert.Single(file.Problems).Message);
        Assert.Equal(file.Problems, Assert.IsType<BicepFile>(file.Bicep).Problems);
    }

    [Theory]
    [InlineData("main.bicepparam", "using 'main.bicep'", "main.bicep")]
    [InlineData("main.bicepparam", "using none", null)]
    [InlineData("main.bicep", "using 'other.bicep'", null)]
    public void A_parameter_file_alone_uses_a_template(string path, string text, string? expected) =>
        Assert.Equal(expected, TemplateFile.Read(new SourceText(path, text)).Using);

    [Fact]
    public void Tokens_of_one_file_leave_their_array_to_the_next()
    {
        var source = new SourceText("main.bicep", "param a string\nvar b = [ 'x', 'y' ]\n");
        var first = BicepParser.Parse(source);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = BicepParser.Parse(source);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_600);
        Assert.Equal(first.Statements.Length, second.Statements.Length);
    }
}
