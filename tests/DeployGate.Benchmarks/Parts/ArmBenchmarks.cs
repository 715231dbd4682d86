using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Templates;
using DeployGate.Templates.Json;

namespace DeployGate.Benchmarks.Parts;

/// <summary>ARM JSON: resolving a template with its parameters, beside tokenising the same bytes.</summary>
[MemoryDiagnoser]
public class ArmBenchmarks
{
    private readonly MemoryFiles _files = new();
    private readonly SourceText _template;
    private readonly SourceText _parameters;
    private readonly byte[][] _bytes;

    public ArmBenchmarks()
    {
        (_template, _parameters) = (_files["infra/machines.json"], _files["infra/machines.parameters.json"]);
        _bytes = [Encoding.UTF8.GetBytes(_template.Content), Encoding.UTF8.GetBytes(_parameters.Content)];
    }

    [Benchmark(Baseline = true)]
    public int Tokenise() => _bytes.Sum(Tokens);

    [Benchmark]
    public (object, object) ReadValues() => (JsonReader.Read(_template), JsonReader.Read(_parameters));

    [Benchmark]
    public ResolvedTemplate Resolve() =>
        new TemplateResolver(_files).Resolve(TemplateFile.Read(_template), [TemplateFile.Read(_parameters)], new DeploymentTarget());

    internal static int Tokens(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var count = 0;
        while (reader.Read())
        {
            count++;
        }

        return count;
    }
}
