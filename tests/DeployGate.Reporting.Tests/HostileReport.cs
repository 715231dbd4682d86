using DeployGate.Core.Fixes;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.Tests;

/// <summary>Reports in which one field, at a time, has a value that somebody wrote to do harm.</summary>
internal static class HostileReport
{
    internal static readonly string[] Values =
    [
        "\n::error::x", "\r\n::error::x", "::error::x", "##vso[task.setvariable variable=a]b", "##[error]x", "##v\u200bso[task.setvariable variable=a]b",
        "]", ";", "%", "%0A::error::x", "%25", "\u001b[31m", "\u009b31m", "\u202e", "\u2066", "\0", "\u2028", "\"", "'", "<script>", ",", ":", "{0}", "[a](b)",
        "\ud83d", "", "@team", "#1 GH-1 0123abcd", "https://example.com www.example.com", "![a](b)", "`", "a``` b", "\\|<b>|", "**a** _b_ ~~c~~", "&#60;b>&lt;",
        "%%{init: {}}%%", "\"]\nclick n0 href \"a\"", "</text></svg></script></style>", "]]>", "<!--", "\" onload=\"a", "javascript:a", "\ufffe",
    ];

    internal static readonly Dictionary<string, Func<string, GateReport>> Fields = new()
    {
        ["version"] = value => Sample.Report with { ToolVersion = value },
        ["rule name"] = value => Finding(finding => finding with { Rule = finding.Rule with { Name = value } }),
        ["rule id"] = value => Finding(finding => finding with { Rule = finding.Rule with { Id = value } }),
        ["rule summary"] = value => Finding(finding => finding with { Rule = finding.Rule with { Summary = value } }),
        ["actual"] = value => Finding(finding => finding with { Actual = value }),
        ["message"] = value => Finding(finding => finding with { Message = value }),
        ["path"] = value => Finding(finding => finding with { Location = Place(value, "code") }),
        ["code"] = value => Finding(finding => finding with { Location = Place("f", value) }),
        ["code before"] = value => Finding(finding => finding with { Location = new Place(new SourceText("f", value + "code"), new TextSpan(value.Length, 4)) }),
        ["label"] = value => Finding(finding => finding with { Label = value }),
        ["related path"] = value => Finding(finding => finding with { Related = [new RelatedPlace(Place(value, "code"), "m")] }),
        ["related message"] = value => Finding(finding => finding with { Related = [new RelatedPlace(finding.Location, value)] }),
        ["evidence place"] = value => Finding(finding => finding with { Evidence = [new EvidenceItem(value, "v", null)] }),
        ["evidence value"] = value => Finding(finding => finding with { Evidence = [new EvidenceItem("p", value, null)] }),
        ["lineage kind"] = value => Finding(finding => finding with { Lineage = [new LineageStep(value, "i", "s", "f"), new LineageStep(value, "i", "s", null)] }),
        ["lineage id"] = value => Finding(finding => finding with { Lineage = [new LineageStep("k", value, "s", "f"), new LineageStep("k", value, "s", null)] }),
        ["lineage state"] = value => Finding(finding => finding with { Lineage = [new LineageStep("k", "i", value, "f"), new LineageStep("k", "i", value, null)] }),
        ["lineage from"] = value => Finding(finding => finding with { Lineage = [new LineageStep("k", "i", "s", value), new LineageStep("k", "i", "s", null)] }),
        ["why"] = value => Finding(finding => finding with { Why = value }),
        ["azure"] = value => Finding(finding => finding with { AzureAnswer = value }),
        ["fix"] = value => Finding(finding => finding with { Fix = value }),
        ["fingerprint"] = value => Finding(finding => finding with { Fingerprint = value }),
        ["parameter file"] = value => Finding(finding => finding with { ParameterFiles = [value, "b"] }),
        ["use path"] = value => Use(use => use with { Location = Place(value, "code") }),
        ["use image"] = value => Use(use => use with { Image = value }),
        ["use actual"] = value => Use(use => use with { Actual = value }),
        ["use lineage kind"] = value => Use(use => use with { Lineage = [new LineageStep(value, "i", "s", "f"), new LineageStep(value, "i", "s", null)] }),
        ["use lineage id"] = value => Use(use => use with { Lineage = [new LineageStep("k", value, "s", "f"), new LineageStep("k", value, "s", null)] }),
        ["use lineage state"] = value => Use(use => use with { Lineage = [new LineageStep("k", "i", value, "f"), new LineageStep("k", "i", value, null)] }),
        ["use lineage from"] = value => Use(use => use with { Lineage = [new LineageStep("k", "i", "s", value), new LineageStep("k", "i", "s", null)] }),
        ["suppression reason"] = value => Suppressed(new Suppression(SuppressionKind.InSource, value, null, Place("f", "code"))),
        ["suppression path"] = value => Suppressed(new Suppression(SuppressionKind.InSource, "r", null, Place(value, "code"))),
        ["suppressed message"] = value => Suppressed(new Suppression(SuppressionKind.Baseline, "r", null, null), finding => finding with { Message = value }),
        ["suppressed path"] = value => Suppressed(new Suppression(SuppressionKind.Baseline, "r", null, null), finding => finding with { Location = Place(value, "code") }),
        ["remark path"] = value => Remark(new StepRemark(Place(value, "code"), "m", RemarkCodes.UnsupportedTool)),
        ["remark message"] = value => Remark(new StepRemark(Place("f", "code"), value, RemarkCodes.UnsupportedTool)),
        ["remark code"] = value => Remark(new StepRemark(Place("f", "code"), "m", value)),
        ["cure description"] = value => Finding(finding => finding with { Cure = new CodeFix(value, [new TextEdit(finding.Location, "t")]) }),
        ["cure text"] = value => Finding(finding => finding with { Cure = new CodeFix("d", [new TextEdit(finding.Location, value)]) }),
        ["cure path"] = value => Finding(finding => finding with { Cure = new CodeFix("d", [new TextEdit(Place(value, "code"), "t")]) }),
        ["error file"] = value => Error(error => error with { File = value }),
        ["error message"] = value => Error(error => error with { Message = value }),
        ["error fix"] = value => Error(error => error with { Fix = value }),
    };

    /// <summary>Each format with each field; the values are tried inside one test, to keep their number small.</summary>
    internal static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var format in ReportFormats.All)
        {
            foreach (var field in Fields.Keys)
                cases.Add(format.Name, field);
        }

        return cases;
    }

    private static Place Place(string path, string content) => new(new SourceText(path, content), new TextSpan(0, content.Length));

    private static GateReport Finding(Func<Diagnostic, Diagnostic> change) =>
        Sample.Report with { Findings = [.. Sample.Report.Findings.Select(change)] };

    private static GateReport Suppressed(Suppression by, Func<Diagnostic, Diagnostic>? change = null) =>
        Sample.Report with { Suppressed = [.. Sample.Report.Findings.Select(finding => new SuppressedFinding(change?.Invoke(finding) ?? finding, by))] };

    private static GateReport Remark(StepRemark remark) => Sample.Report with { Remarks = [remark] };

    private static GateReport Use(Func<UseReport, UseReport> change) => Sample.Report with { Uses = [.. Sample.Report.Uses.Select(change)] };

    private static GateReport Error(Func<InputError, InputError> change) => Sample.Report with { Errors = [.. Sample.Report.Errors.Select(change)] };
}
