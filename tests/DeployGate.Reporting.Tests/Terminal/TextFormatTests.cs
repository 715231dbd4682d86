using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.Tests.Terminal;

public sealed class TextFormatTests
{
    private const string Error = """
        error[DG1002]: osState is 'Generalized', but the source 'win2022.vhd' was not left generalized
          --> infra/image.bicep:11:14
           |
        11 |     osState: 'Generalized'
           |              ^^^^^^^^^^^^^ declared here
           = at: infra/image.bicep:1:23: the source is named here
           = lineage: gallery image version 'contoso/win2022/1.0.0' [Generalized declared]
                      <- (imported) VHD 'https://contoso.blob.core.windows.net/vhds/win2022.vhd' [Specialized]
           = evidence: ImageState is 'IMAGE_STATE_COMPLETE' (hive SOFTWARE, partition 2, read 2026-08-22T09:14:05Z)
           = evidence: the disk was attached to vm-build (facts.json)
           = why: Windows Setup requires sysprep /generalize before such an image is deployed to another machine
           = azure: OSProvisioningClientError
           = fix: run sysprep /generalize /oobe /shutdown in the source VM and export it again, or declare 'Specialized'
           = with: infra/prod.bicepparam, infra/test.bicepparam
           = help: policies/rules/DG1002.md

        """;

    private const string Others = """

        warning[DG9001]: the state of 'lab' is not known, because no facts were given
         --> infra/vm.json:2:11
          |
        2 |     "image":    "lab",
          |                 ^^^^^ used here
          = why: nothing was read about the image
          = fix: run deploygate record, or pass --state azure
          = help: policies/rules/DG9001.md

        note[DG7001]: the version is 'latest'
         --> infra/vm.json:3:13
          |
        3 |     "version": "latest"
          |                ^^^^^^^^
          = why: two deployments may get two images
          = fix: name a version
          = help: policies/rules/DG7001.md

        """;

    private const string Unreadable = """

        error: infra/broken.bicep:3:7: expected '}', found the end of the file
          = fix: close the object that begins at 1:1

        """;

    private const string Remark = """

        warning: facts.json: the facts are 91 days old
          = fix: run deploygate record again

        """;

    private const string Uses = """

        uses:
          blocked   infra/image.bicep:11:14: upload 'win2022.vhd', declared Generalized, actual Specialized
          undecided infra/vm.json:2:11: deploy 'managed image 'lab'', declared Unknown, actual Unknown
          allowed   infra/vm.json:3:13: deploy 'Canonical:ubuntu:24_04:latest', declared Generalized, actual Generalized

        """;

    private const string Gate = """

        gate: CLOSED - 1 error, 1 warning, 1 note, 1 unreadable input

        """;

    private const string Checked = """
        checked: 3 templates, 0 pipelines, 3 uses: 1 blocked, 0 warned, 1 allowed, 1 undecided

        """;

    [Fact]
    public void Each_finding_is_explained_under_its_line() =>
        Assert.Equal(Error + Others + Unreadable + Remark + Gate + Checked, Sample.Write("text", Sample.Report));

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(2_500)]
    public void Findings_that_several_threads_write_stand_in_their_order(int count)
    {
        var report = Sample.Report with { Findings = [.. Enumerable.Range(0, count).Select(number => Sample.Wrong with { Message = $"number {number}" })], Errors = [] };
        var expected = string.Join("\n", Enumerable.Range(0, count).Select(number => Error.Replace(Sample.Wrong.Message, $"number {number}", StringComparison.Ordinal)));

        Assert.StartsWith(expected + "\ngate: CLOSED", Sample.Write("text", report), StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_leaves_errors_and_the_gate() =>
        Assert.Equal(Error + Unreadable + Gate, Sample.Write("text", Sample.Report, new ReportStyle(IsQuiet: true, IsVerbose: true)));

    [Fact]
    public void Verbose_lists_every_use() => Assert.Equal(
        Error + Others + Unreadable + Remark + Uses + Gate + Checked,
        Sample.Write("text", Sample.Report, new ReportStyle(IsVerbose: true)));

    [Fact]
    public void Verbose_says_what_of_pipelines_was_not_read_and_stops_at_a_hundred()
    {
        var text = Sample.Write("text", Sample.WithRemarks(103), new ReportStyle(IsVerbose: true));
        Assert.StartsWith("not read in pipelines and scripts:\n  ci.yml:1:1: terraform is not read\n", text, StringComparison.Ordinal);
        Assert.Contains("  ci.yml:100:1: terraform is not read\n  and 3 more\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not read", Sample.Write("text", Sample.WithRemarks(103)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_gate_says_so_first() => Assert.Equal(
        """
        gate: OPEN - 0 errors, 0 warnings
        checked: 1 template, 2 pipelines, 0 uses: 0 blocked, 0 warned, 0 allowed, 0 undecided

        """,
        Sample.Write("text", new GateReport("0.1.0", [], [], [], Templates: 1, Pipelines: 2), new ReportStyle(IsVerbose: true)));

    [Fact]
    public void Colour_changes_nothing_but_colour()
    {
        var colored = Sample.Write("text", Sample.Report, new ReportStyle(UseColor: true));

        Assert.StartsWith("\u001b[1;31merror[DG1002]\u001b[0m: \u001b[1mosState is", colored, StringComparison.Ordinal);
        Assert.Contains("gate: \u001b[1;31mCLOSED\u001b[0m - 1 error", colored, StringComparison.Ordinal);
        Assert.Equal(
            Sample.Write("text", Sample.Report),
            System.Text.RegularExpressions.Regex.Replace(colored, "\u001b\\[[0-9;]*m", ""));
    }

    [Fact]
    public void A_short_lineage_stands_on_one_line()
    {
        var finding = Sample.Wrong with
        {
            Lineage = [new LineageStep("managed image", "/x/providers/Microsoft.Compute/images/lab", "unknown", null), new LineageStep("VM", "build", "Generalized", null)],
        };

        Assert.Contains(
            "   = lineage: managed image 'lab' [unknown] <- VM 'build' [Generalized]\n",
            Sample.Write("text", Sample.Report with { Findings = [finding] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_over_several_lines_says_where_it_ends()
    {
        var source = new SourceText("a.bicep", "x: {\r\n  y: 1\r\n}\r\n");
        var finding = Sample.Wrong with { Severity = Severity.Warning, Location = Sample.At(source, "{\r\n  y: 1\r\n}") };

        Assert.Contains(
            "1 | x: {\n  |    ^ declared here (ends at 3:2)\n",
            Sample.Write("text", Sample.Report with { Findings = [finding] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_is_never_shown()
    {
        var finding = Sample.Wrong with
        {
            Location = new Place(new SourceText("a.bicep", "uri: 'https://a.blob.core.windows.net/c/d.vhd?sv=1&sig=aB%2Bc%3D&se=2'"), new TextSpan(0, 3)),
            Message = "'https://a/d.vhd?SIG=aB%2Bc%3D' is not generalized",
        };
        var report = Sample.Report with { Findings = [finding] };

        Assert.All(ReportFormats.All, format => Assert.DoesNotContain("aB%2Bc", Sample.Write(format.Name, report), StringComparison.Ordinal));
        Assert.Contains("?sv=1&sig=*********&se=2'\n", Sample.Write("text", report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.04, " (in less than 0.1 s)")]
    [InlineData(1.24, " (in 1.2 s)")]
    [InlineData(83.5, " (in 1 min 23 s)")]
    [InlineData(null, "")]
    public void The_last_line_says_how_long_it_took_where_that_is_known(double? seconds, string expected)
    {
        var written = Sample.Write("text", Sample.Report, new ReportStyle { Elapsed = seconds is { } known ? TimeSpan.FromSeconds(known) : null });

        Assert.EndsWith($"checked: 3 templates, 0 pipelines, 3 uses: 1 blocked, 0 warned, 1 allowed, 1 undecided{expected}\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void Quoted_code_keeps_to_the_width(int width)
    {
        var place = new Place(new SourceText("a.json", new string(' ', 40) + new string('x', 900)), new TextSpan(300, 5));
        var written = Sample.Write("text", Sample.Report with { Findings = [Sample.Wrong with { Location = place }] }, new ReportStyle(Width: width));

        Assert.All(written.Split('\n').Where(line => line.StartsWith("1 | ", StringComparison.Ordinal)), line => Assert.InRange(line.Length, width - 2, width));
    }
}
