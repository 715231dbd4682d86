using DeployGate.Cli.Output;
using DeployGate.TestKit;

namespace DeployGate.Cli.Tests.Commands;

/// <summary>One command line against a loopback Azure.</summary>
internal static class Runs
{
    internal const string Machine = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-images/providers/Microsoft.Compute/virtualMachines/vm-build";

    internal static (int Exit, string Output, string Error) Run(string folder, string input, LoopbackAzure? azure, params string[] arguments) =>
        Run(folder, input, azure, address => address, arguments);

    internal static (int Exit, string Output, string Error) Run(string folder, string input, LoopbackAzure? azure, Func<Uri, Uri> disks, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings
        {
            Input = new StringReader(input),
            Output = output,
            Error = error,
            WorkingFolder = folder,
            Environment = _ => null,
            OpenAzure = options => azure is null ? throw new InvalidOperationException("this run asks Azure") : azure.Open(options),
            RouteDisk = disks,
        };
        var exit = new Application(surroundings).Run(arguments);
        Assert.DoesNotContain(LoopbackAzure.Token, output.ToString() + error, StringComparison.Ordinal);
        return (exit, output.ToString(), error.ToString());
    }
}
