using BenchmarkDotNet.Attributes;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Templates;
using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Benchmarks.Parts;

/// <summary>Bicep: resolving a file with its module, beside cutting both into tokens.</summary>
[MemoryDiagnoser]
public class BicepBenchmarks
{
    private readonly MemoryFiles _files = new();
    private readonly SourceText _template;
    private readonly SourceText _module;

    public BicepBenchmarks() => (_template, _module) = (_files["infra/image.bicep"], _files["infra/modules/network.bicep"]);

    [Benchmark(Baseline = true)]
    public (object, object) Tokenise() => (BicepLexer.Lex(_template), BicepLexer.Lex(_module));

    [Benchmark]
    public (object, object) Parse() => (BicepParser.Parse(_template), BicepParser.Parse(_module));

    [Benchmark]
    public ResolvedTemplate Resolve() => new TemplateResolver(_files).Resolve(TemplateFile.Read(_template), [], new DeploymentTarget());
}
