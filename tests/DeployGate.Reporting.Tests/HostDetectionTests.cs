namespace DeployGate.Reporting.Tests;

public sealed class HostDetectionTests
{
    [Theory]
    [InlineData(null, null, "")]
    [InlineData("true", null, "github")]
    [InlineData(null, "True", "azure-pipelines")]
    [InlineData(null, "true", "azure-pipelines")]
    [InlineData("", "False", "")]
    [InlineData("1", "yes", "")]
    [InlineData("true", "True", "github azure-pipelines")]
    public void The_host_says_who_it_is(string? gitHub, string? azure, string expected)
    {
        var names = HostDetection.ExtraFormats(name => name switch { "GITHUB_ACTIONS" => gitHub, "TF_BUILD" => azure, _ => null });

        Assert.Equal(expected, string.Join(' ', names));
        Assert.All(names, name => Assert.True(ReportFormats.TryFind(name, out _)));
    }

    [Fact]
    public void Formats_are_found_by_their_exact_name()
    {
        Assert.Equal("text json sarif github azure-pipelines", string.Join(' ', ReportFormats.All.Select(format => format.Name)));
        Assert.False(ReportFormats.TryFind("JSON", out var none));
        Assert.Null(none);
    }
}
