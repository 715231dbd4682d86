using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;

namespace DeployGate.Reporting.Tests;

/// <summary>A small report with one of everything; the facts in it only illustrate.</summary>
internal static class Sample
{
    internal static readonly RuleDescriptor Upload = new(
        "DG1002", "upload-specialized-as-generalized", Severity.Error, [Stage.Upload], Outcome.ProvisioningFailure,
        "The image is declared Generalized, but its source was never generalized.");

    internal static readonly RuleDescriptor UnknownState = new(
        "DG9001", "actual-state-unknown", Severity.Warning, [], Outcome.None, "The actual state of the source is not known.");

    internal static readonly RuleDescriptor Unpinned = new(
        "DG7001", "unpinned-image-version", Severity.Note, [Stage.Deploy], Outcome.None, "The version of the image is not fixed.");

    private static readonly SourceText s_bicep = new("infra/image.bicep", """
        param source string = 'win2022.vhd'

        resource definition 'Microsoft.Compute/galleries/images@2024-03-03' = {
          name: 'contoso/win2022'
          location: 'westeurope'
          properties: {
            hyperVGeneration: 'V2'
            osType: 'Windows'
            identifier: { publisher: 'contoso', offer: 'server', sku: '2022' }
            // As delivered.
            osState: 'Generalized'
          }
        }
        """);

    private static readonly SourceText s_json = new("infra/vm.json", "{\r\n\t\"image\":\t\"lab\",\r\n\t\"version\": \"latest\"\r\n}\r\n");

    internal static GateReport Report { get; } = new(
        "0.1.0",
        [Wrong, Unknown, Note],
        [
            new UseReport(At(s_bicep, "'Generalized'"), Stage.Upload, "win2022.vhd", OsState.Generalized, "Specialized", Verdict.Blocked),
            new UseReport(At(s_json, "\"lab\""), Stage.Deploy, "managed image 'lab'", null, "Unknown", Verdict.Undecided),
            new UseReport(At(s_json, "\"latest\""), Stage.Deploy, "Canonical:ubuntu:24_04:latest", OsState.Generalized, "Generalized", Verdict.Allowed),
        ],
        [
            new InputError("infra/broken.bicep", new LinePosition(3, 7), "expected '}', found the end of the file", "close the object that begins at 1:1"),
            new InputError("facts.json", null, "the facts are 91 days old", "run deploygate record again", IsUnreadable: false),
        ],
        Templates: 3,
        Pipelines: 0);

    /// <summary>The same with something accepted, and with a lineage that breaks on its way.</summary>
    internal static GateReport Full => Report with
    {
        Suppressed =
        [
            new SuppressedFinding(Wrong with { Fingerprint = "8899aabbccddeeff" }, new Suppression(SuppressionKind.Configuration, "rebuilt next month", new DateOnly(2026, 12, 31), null)),
        ],
    };

    /// <summary>A report of which so many lines of a pipeline were not read.</summary>
    internal static GateReport WithRemarks(int count)
    {
        var pipeline = new SourceText("ci.yml", string.Concat(Enumerable.Repeat("terraform apply\n", count)));
        return new GateReport("0.1.0", [], [], [], 0, 1)
        {
            Remarks = [.. Enumerable.Range(0, count).Select(i => new StepRemark(new Place(pipeline, new TextSpan(i * 16, 9)), "terraform is not read", RemarkCodes.UnsupportedTool))],
        };
    }

    internal static Diagnostic Wrong => new()
    {
        Rule = Upload,
        Severity = Severity.Error,
        Stage = Stage.Upload,
        Outcome = Outcome.ProvisioningFailure,
        OsType = OsType.Windows,
        Declared = OsState.Generalized,
        Actual = "Specialized",
        Message = "osState is 'Generalized', but the source 'win2022.vhd' was not left generalized",
        Location = At(s_bicep, "'Generalized'"),
        Label = "declared here",
        Related = [new RelatedPlace(At(s_bicep, "'win2022.vhd'"), "the source is named here")],
        Lineage =
        [
            new LineageStep(
                "gallery image version",
                "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/galleries/contoso/images/win2022/versions/1.0.0",
                "Generalized declared", "imported"),
            new LineageStep("VHD", "https://contoso.blob.core.windows.net/vhds/win2022.vhd", "Specialized", null),
        ],
        Evidence =
        [
            new EvidenceItem("hive SOFTWARE, partition 2", "ImageState is 'IMAGE_STATE_COMPLETE'", new DateTimeOffset(2026, 8, 22, 11, 14, 5, 250, TimeSpan.FromHours(2))),
            new EvidenceItem("facts.json", "the disk was attached to vm-build", null),
        ],
        Why = "Windows Setup requires sysprep /generalize before such an image is deployed to another machine",
        AzureAnswer = "OSProvisioningClientError",
        Fix = "run sysprep /generalize /oobe /shutdown in the source VM and export it again, or declare 'Specialized'",
        Fingerprint = "0123456789abcdef",
        ParameterFiles = ["infra/prod.bicepparam", "infra/test.bicepparam"],
    };

    private static Diagnostic Unknown => Wrong with
    {
        Rule = UnknownState,
        Severity = Severity.Warning,
        Stage = null,
        Outcome = Outcome.None,
        OsType = OsType.Unknown,
        Declared = null,
        Actual = "Unknown",
        Message = "the state of 'lab' is not known, because no facts were given",
        Location = At(s_json, "\"lab\""),
        Label = "used here",
        Related = [],
        Lineage = [],
        Evidence = [],
        Why = "nothing was read about the image",
        AzureAnswer = null,
        Fix = "run deploygate record, or pass --state azure",
        Fingerprint = "fedcba9876543210",
        ParameterFiles = [],
    };

    private static Diagnostic Note => Unknown with
    {
        Rule = Unpinned,
        Severity = Severity.Note,
        Stage = Stage.Deploy,
        OsType = OsType.Linux,
        Actual = "Generalized",
        Message = "the version is 'latest'",
        Location = At(s_json, "\"latest\""),
        Label = "",
        Why = "two deployments may get two images",
        Fix = "name a version",
        Fingerprint = "00112233aabbccdd",
    };

    /// <summary>The first place where <paramref name="text"/> stands.</summary>
    internal static Place At(SourceText source, string text) =>
        new(source, new TextSpan(source.Content.IndexOf(text, StringComparison.Ordinal), text.Length));

    internal static string Write(string format, GateReport report, ReportStyle? style = null)
    {
        Assert.True(ReportFormats.TryFind(format, out var found));
        using var output = new StringWriter { NewLine = "\r\n" };
        found.Write(report, output, style ?? new ReportStyle());
        return output.ToString();
    }
}
