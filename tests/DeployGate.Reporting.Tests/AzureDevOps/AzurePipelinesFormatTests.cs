using DeployGate.Core.Text;

namespace DeployGate.Reporting.Tests.AzureDevOps;

public sealed class AzurePipelinesFormatTests
{
    [Fact]
    public void Each_finding_is_an_issue() => Assert.Equal(
        """
        ##vso[task.logissue type=error;sourcepath=infra/image.bicep;linenumber=11;columnnumber=14;code=DG1002;]osState is 'Generalized', but the source 'win2022.vhd' was not left generalized%0Awhy: Windows Setup requires sysprep /generalize before such an image is deployed to another machine%0Afix: run sysprep /generalize /oobe /shutdown in the source VM and export it again, or declare 'Specialized'%0Aazure: OSProvisioningClientError
        ##vso[task.logissue type=error;sourcepath=infra/broken.bicep;linenumber=3;columnnumber=7;]expected '}', found the end of the file%0Afix: close the object that begins at 1:1
        ##vso[task.logissue type=warning;sourcepath=infra/vm.json;linenumber=2;columnnumber=11;code=DG9001;]the state of 'lab' is not known, because no facts were given%0Awhy: nothing was read about the image%0Afix: run deploygate record, or pass --state azure
        ##vso[task.logissue type=warning;sourcepath=facts.json;]the facts are 91 days old%0Afix: run deploygate record again
        note DG7001 infra/vm.json:3:13: the version is 'latest'

        """,
        Sample.Write("azure-pipelines", Sample.Report));

    [Fact]
    public void Values_are_escaped_as_the_agent_decodes_them()
    {
        var finding = Sample.Wrong with { Location = new Place(new SourceText("a;b]c%0A.bicep", "x"), new TextSpan(0, 1)), Message = "100%;]" };

        Assert.StartsWith(
            "##vso[task.logissue type=error;sourcepath=a%3Bb%5Dc%AZP250A.bicep;linenumber=1;columnnumber=1;code=DG1002;]100%AZP25;]%0Awhy: ",
            Sample.Write("azure-pipelines", Sample.Report with { Findings = [finding] }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tenth_of_too_many_says_how_many_are_left()
    {
        var report = Sample.Report with { Findings = [.. Enumerable.Repeat(Sample.Wrong, 12)], Errors = [] };
        var written = Sample.Write("azure-pipelines", report).Split('\n')[..^1];

        Assert.Equal(10, written.Length);
        Assert.Equal("##vso[task.logissue type=error;]3 more like these are in the full report", written[^1]);
    }
}
