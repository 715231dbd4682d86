using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Security;

/// <summary>Small inputs that would grow without bound. Each ends at a limit on steps or size, with a bounded memory, and is never a pass.</summary>
public sealed class BombTests
{
    private const string Head = "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\", ";
    private const string Image = "\"resources\": [ { \"type\": \"Microsoft.Compute/images\", \"apiVersion\": \"2024-07-01\", \"name\": \"i\", \"properties\": { \"storageProfile\": { \"osDisk\": { \"osType\": \"Linux\", \"osState\": \"[variables('v')]\", \"blobUri\": \"https://a/b.vhd\" } } } } ] }";
    private const string BicepImage = "\nresource i 'Microsoft.Compute/images@2024-07-01' = { name: 'i', properties: { storageProfile: { osDisk: { osType: 'Linux', osState: v, blobUri: 'https://a/b.vhd' } } } }\n";

    public static TheoryData<string, string, string> Bombs => new()
    {
        { "4 MB of [", "a.json", Head + "\"resources\": " + new string('[', 4_000_000) },
        { "4 MB of [ in YAML", "azure-pipelines.yml", "steps: " + new string('[', 4_000_000) },
        { "4 MB of ( in an expression", "a.json", Head + "\"variables\": { \"v\": \"[" + new string('(', 4_000_000) + "\" }, " + Image },
        { "4 MB of ! in Bicep", "a.bicep", "var v = " + new string('!', 4_000_000) + "true" + BicepImage },
        { "a huge number", "a.json", Head + "\"variables\": { \"v\": 1" + new string('0', 1_000_000) + " }, " + Image },
        { "a number with a huge exponent", "a.json", Head + "\"variables\": { \"v\": 1e999999999 }, " + Image },
        { "a long text", "a.json", Head + "\"variables\": { \"v\": \"" + new string('x', 4_000_000) + "\" }, " + Image },
        { "keys written twice", "a.json", Head + "\"variables\": { " + string.Join(", ", Enumerable.Repeat("\"v\": 1", 100_000)) + " }, " + Image },
        { "doubling by concat", "a.json", Head + "\"variables\": { \"v0\": \"xxxxxxxxxx\", " + Doubling("[concat(variables('v{0}'), variables('v{0}'))]") + "\"v\": \"[variables('v60')]\" }, " + Image },
        { "doubling by format", "a.json", Head + "\"variables\": { \"v0\": \"xxxxxxxxxx\", " + Doubling("[format('{{0}}{{0}}', variables('v{0}'))]") + "\"v\": \"[variables('v60')]\" }, " + Image },
        { "doubling by replace", "a.json", Head + "\"variables\": { \"v0\": \"xxxxxxxxxx\", " + Doubling("[replace(variables('v{0}'), 'x', 'xx')]") + "\"v\": \"[variables('v60')]\" }, " + Image },
        { "doubling in Bicep", "a.bicep", "var v0 = 'xxxxxxxxxx'\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"var v{i} = '${{v{i - 1}}}${{v{i - 1}}}'\n")) + "var v = v60" + BicepImage },
        { "range of 2^31", "a.json", Head + "\"variables\": { \"v\": \"[string(range(0, 2147483647))]\" }, " + Image },
        { "a copy of copies", "a.json", Head + "\"variables\": { \"copy\": [ { \"name\": \"a\", \"count\": 800, \"input\": \"[range(0, 10000)]\" }, { \"name\": \"b\", \"count\": 800, \"input\": \"[variables('a')]\" } ], \"v\": \"[string(variables('b'))]\" }, " + Image },
        { "a function that calls itself", "a.bicep", "func f(x string) string => f('${x}${x}')\nvar v = f('x')" + BicepImage },
        { "a module that is itself", "a.bicep", "param v string = 'x'\nmodule m 'a.bicep' = [for i in range(0, 800): { name: 'm${i}', params: { v: '${v}${v}' } }]" + BicepImage },
        { "loops in loops", "a.bicep", "var v = string(map(range(0, 10000), a => map(range(0, 10000), b => map(range(0, 10000), c => a))))" + BicepImage },
        { "YAML aliases", "azure-pipelines.yml", "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n")) + "steps: *a40\n" },
        { "YAML aliases in the configuration", "deploygate.yml", "version: 1\na0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n")) },
        { "4 MB of [ in the configuration", "deploygate.yml", "version: " + new string('[', 900_000) },
        { "deep facts", "facts/a.json", "{ \"id\": " + new string('[', 4_000_000) },
        { "a script of $((", "a.sh", "az vm start -n $" + string.Concat(Enumerable.Repeat("((", 200_000)) },
        { "a script of backticks", "a.ps1", string.Concat(Enumerable.Repeat("$(", 200_000)) },
        { "doubling in a script", "a.sh", "a=xxxxxxxxxx\n" + string.Concat(Enumerable.Repeat("a=$a$a\n", 60)) + "az vm start -g rg -n $a\n" },
    };

    // The limit of ten minutes is against hanging alone: how long a run takes says nothing here, what it allocates does.
    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Bombs))]
    public Task It_ends(string what, string file, string content) => Task.Run(() => Run(what, file, content), TestContext.Current.CancellationToken);

    private static void Run(string what, string file, string content)
    {
        using var folder = new TemporaryFolder();
        folder.Write(file, content);
        var paths = file.EndsWith(".sh", StringComparison.Ordinal) || file.EndsWith(".ps1", StringComparison.Ordinal) ? file : ".";
        var before = GC.GetTotalAllocatedBytes();
        var (exit, output, error) = Repository.Run(folder.Path, ["check", paths, .. file.StartsWith("facts", StringComparison.Ordinal) ? (string[])["--state", "facts"] : []]);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 8L << 30);
        Assert.True(exit is 1 or 2 or 3 or 4 || output.Contains("undecided", StringComparison.Ordinal), $"{what}: exit {exit}");
        Assert.InRange(output.Length + error.Length, 1, 200_000);
    }

    private static string Doubling(string expression) =>
        string.Concat(Enumerable.Range(1, 60).Select(i => $"\"v{i}\": \"{expression.Replace("{0}", $"{i - 1}", StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)}\", "));
}
