using DeployGate.Core.Text;

namespace DeployGate.Reporting.Tests.GitHub;

public sealed class GitHubFormatTests
{
    [Fact]
    public void Each_finding_is_an_annotation() => Assert.Equal(
        """
        ::error file=infra/image.bicep,line=11,endLine=11,col=14,endColumn=27,title=DG1002 upload-specialized-as-generalized::osState is 'Generalized', but the source 'win2022.vhd' was not left generalized%0Awhy: Windows Setup requires sysprep /generalize before such an image is deployed to another machine%0Afix: run sysprep /generalize /oobe /shutdown in the source VM and export it again, or declare 'Specialized'%0Aazure: OSProvisioningClientError
        ::error file=infra/broken.bicep,line=3,col=7,title=Input could not be read::expected '}', found the end of the file%0Afix: close the object that begins at 1:1
        ::warning file=infra/vm.json,line=2,endLine=2,col=11,endColumn=16,title=DG9001 actual-state-unknown::the state of 'lab' is not known, because no facts were given%0Awhy: nothing was read about the image%0Afix: run deploygate record, or pass --state azure
        ::warning file=facts.json,title=Remark on the input::the facts are 91 days old%0Afix: run deploygate record again
        ::notice file=infra/vm.json,line=3,endLine=3,col=13,endColumn=21,title=DG7001 unpinned-image-version::the version is 'latest'%0Awhy: two deployments may get two images%0Afix: name a version

        """,
        Sample.Write("github", Sample.Report));

    [Fact]
    public void A_range_over_several_lines_has_no_end_column()
    {
        var finding = Sample.Wrong with { Location = new Place(new SourceText("a,b:c.bicep", "x\r\ny"), new TextSpan(0, 4)) };

        Assert.StartsWith(
            "::error file=a%2Cb%3Ac.bicep,line=1,endLine=2,col=1,title=DG1002",
            Sample.Write("github", Sample.Report with { Findings = [finding] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(11, 10, "::error title=DeployGate::2 more like these are in the full report")]
    [InlineData(25, 10, "::error title=DeployGate::16 more like these are in the full report")]
    public void The_tenth_of_too_many_says_how_many_are_left(int findings, int lines, string? last)
    {
        var report = Sample.Report with { Findings = [.. Enumerable.Repeat(Sample.Wrong, findings)], Errors = [] };
        var written = Sample.Write("github", report).Split('\n')[..^1];

        Assert.Equal(lines, written.Length);
        if (last is not null)
            Assert.Equal(last, written[^1]);
    }
}
