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

    [Theory]
    [InlineData("GITHUB_ACTIONS=true GITHUB_SERVER_URL=https://github.com/ GITHUB_REPOSITORY=a/b GITHUB_SHA=0123", "https://github.com/a/b", "0123")]
    [InlineData("TF_BUILD=True BUILD_REPOSITORY_URI=https://org:token@dev.azure.com/org/p/_git/r?sig=x BUILD_SOURCEVERSION=89", "https://dev.azure.com/org/p/_git/r", "89")]
    [InlineData("TF_BUILD=True BUILD_REPOSITORY_URI=https://host/r BUILD_SOURCEVERSION=", "https://host/r", null)]
    [InlineData("TF_BUILD=True BUILD_REPOSITORY_URI=file:///srv/r", null, null)]
    [InlineData("GITHUB_ACTIONS=true", null, null)]
    [InlineData("BUILD_REPOSITORY_URI=https://host/r", null, null)]
    public void The_host_says_what_it_checked_out(string environment, string? repository, string? revision)
    {
        var variables = environment.Split(' ').Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);
        var checkout = HostDetection.CheckoutOf(variables.GetValueOrDefault);

        Assert.Equal((repository, revision), (checkout?.Repository.AbsoluteUri, checkout?.Revision));
    }

    [Fact]
    public void Formats_are_found_by_their_exact_name()
    {
        Assert.Equal("text json sarif github azure-pipelines markdown html junit", string.Join(' ', ReportFormats.All.Select(format => format.Name)));
        Assert.False(ReportFormats.TryFind("JSON", out var none));
        Assert.Null(none);
    }
}
