using System.Diagnostics;
using System.Globalization;
using System.Text;
using DeployGate.Cli;
using DeployGate.Cli.Output;
using DeployGate.ControlPlane.Live;
using DeployGate.TestKit;

namespace DeployGate.LiveCost;

/// <summary>
/// Measures live lookups: many references to few images, against a loopback Azure that takes its time. Prints the questions
/// asked, the wall time of the lookups and of the whole check, and the ratio to what the latency alone would take.
/// </summary>
internal static class Program
{
    private const int References = 1000;
    private const int Images = 200;
    private const int Concurrency = 16;
    private const double Goal = 1.5;
    private const string Subscription = "11111111-1111-1111-1111-111111111111";
    private const string Group = $"/subscriptions/{Subscription}/resourceGroups/rg-images/providers/Microsoft.Compute";

    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(20);

    private static LiveFacts? s_last;

    private static int Main()
    {
        var folder = Directory.CreateTempSubdirectory("deploygate-cost-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "main.json"), Template());
            using var azure = Azure();
            Console.WriteLine($"{References} references to {Images} images, {s_latency.TotalMilliseconds} ms latency, at most {Concurrency} requests at once");
            foreach (var name in (string[])["first run", "second run", "third run"])
            {
                Measure(name, folder.FullName, azure);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(string name, string folder, LoopbackAzure azure)
    {
        var before = azure.Requests.Count;
        var watch = Stopwatch.StartNew();
        var exit = Run(folder, azure, "check", ".", "--state", "azure", "--report", "json", "--timeout", "300");
        var live = watch.Elapsed;
        var requests = azure.Requests.Skip(before).ToList();
        var lookups = s_last!.Elapsed;
        Run(folder, azure, "record", ".", "--out", "facts.json", "--timeout", "300");
        watch.Restart();
        Run(folder, azure, "check", ".", "--state", "facts.json", "--offline", "--report", "json");
        var recorded = watch.Elapsed;
        File.Delete(Path.Combine(folder, "facts.json"));

        var ideal = TimeSpan.FromTicks(s_latency.Ticks * requests.Count / Concurrency);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: exit {exit}; {requests.Count} requests, {requests.Distinct().Count()} distinct, at most {azure.MostAtOnce} at once; check {live.TotalMilliseconds:0} ms, with recorded facts {recorded.TotalMilliseconds:0} ms; lookups {lookups.TotalMilliseconds:0} ms; ideal {ideal.TotalMilliseconds:0} ms; ratio {lookups / ideal:0.00} (goal: at most {Goal:0.0}), of the whole check {live / ideal:0.00}"));
    }

    private static int Run(string folder, LoopbackAzure azure, params string[] arguments)
    {
        var surroundings = new Surroundings
        {
            Input = TextReader.Null,
            Output = TextWriter.Null,
            Error = Console.Error,
            WorkingFolder = folder,
            Environment = _ => null,
            OpenAzure = options => s_last = azure.Open(options with { Concurrency = Concurrency }),
        };
        return new Application(surroundings).Run(arguments);
    }

    private static string Template()
    {
        var resources = Enumerable.Range(0, References).Select(i => $$$"""
            { "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm{{{i}}}", "location": "westeurope",
              "properties": { "osProfile": { "computerName": "vm{{{i}}}" }, "storageProfile": { "imageReference": { "id": "{{{Group}}}/galleries/contoso/images/win{{{i % Images}}}/versions/1.0.0" } } } }
            """);
        return $$"""{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [ {{string.Join(',', resources)}} ] }""";
    }

    private static LoopbackAzure Azure()
    {
        var azure = new LoopbackAzure(s_latency);
        for (var i = 0; i < Images; i++)
        {
            var definition = $"{Group}/galleries/contoso/images/win{i}";
            var machine = $"{Group}/virtualMachines/build{i}";
            azure.With(definition, $$$"""{"id":"{{{definition}}}","properties":{"osType":"Windows","osState":"Generalized"} }""")
                .With($"{definition}/versions/1.0.0", $$$"""{"id":"{{{definition}}}/versions/1.0.0","properties":{"storageProfile":{"source":{"virtualMachineId":"{{{machine}}}"} } } }""")
                .With(machine, new StringBuilder($$$"""{"id":"{{{machine}}}","properties":{"storageProfile":{"osDisk":{"osType":"Windows"} },""")
                    .Append("""
                        "instanceView":{"statuses":[{"code":"ProvisioningState/succeeded"},{"code":"OSState/generalized"},{"code":"PowerState/deallocated"}]}}}
                        """).ToString());
        }

        return azure;
    }
}
