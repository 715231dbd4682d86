using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Text;

namespace DeployGate.Benchmarks.Parts;

/// <summary>A facts file of 1,000 machines: reading it, beside tokenising the same bytes.</summary>
[MemoryDiagnoser]
public class FactsBenchmarks
{
    private readonly SourceText _facts;
    private readonly byte[] _bytes;

    public FactsBenchmarks()
    {
        var machines = string.Join(",\n", Enumerable.Range(0, 1000).Select(Machine));
        _facts = new SourceText("facts.json", $"{{ \"schema\": \"deploygate-facts/v1\", \"recordedAt\": \"2026-11-20T10:00:00Z\", \"resources\": [\n{machines}\n] }}");
        _bytes = Encoding.UTF8.GetBytes(_facts.Content);
    }

    [Benchmark(Baseline = true)]
    public int Tokenise() => ArmBenchmarks.Tokens(_bytes);

    [Benchmark]
    public FactsRead Read() => FactsReader.Read([_facts], []);

    private static string Machine(int number)
    {
        var n = number.ToString(CultureInfo.InvariantCulture);
        return $$"""
            { "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-{{n}}/providers/Microsoft.Compute/virtualMachines/vm-{{n}}",
              "type": "Microsoft.Compute/virtualMachines",
              "properties": { "storageProfile": { "osDisk": { "osType": "Linux" } },
                "instanceView": { "statuses": [ { "code": "OSState/generalized" }, { "code": "PowerState/deallocated" } ] } } }
            """;
    }
}
