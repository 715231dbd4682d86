using BenchmarkDotNet.Attributes;
using DeployGate.Core.Reports;
using DeployGate.Reporting;

namespace DeployGate.Benchmarks.Parts;

/// <summary>Each report of 1,000 findings, beside writing the same characters that are made already.</summary>
[MemoryDiagnoser]
public class ReportBenchmarks
{
    private readonly GateReport _report;
    private string _made = "";
    private IReportFormat _format = ReportFormats.All[0];

    public ReportBenchmarks()
    {
        var template = ThousandImages.Resolve();
        var result = ThousandImages.Judge(template, ThousandImages.Share(template));
        _report = new GateReport("0.1.0", result.Findings, result.Uses, [], Templates: 1, Pipelines: 0);
        if (result.Findings.Length < ThousandImages.Count)
        {
            throw new InvalidOperationException("the template does not give the findings that are to be reported");
        }
    }

    public static IEnumerable<string> Formats => ReportFormats.All.Select(format => format.Name);

    [ParamsSource(nameof(Formats))]
    public string Format { get; set; } = "text";

    [GlobalSetup]
    public void Make()
    {
        _format = ReportFormats.All.First(format => format.Name == Format);
        _made = Write();
    }

    [Benchmark(Baseline = true)]
    public string WriteMade()
    {
        using var writer = new StringWriter();
        writer.Write(_made);
        return writer.ToString();
    }

    [Benchmark]
    public string Write()
    {
        using var writer = new StringWriter();
        _format.Write(_report, writer, new ReportStyle());
        return writer.ToString();
    }
}
