using System.Globalization;
using DeployGate.Benchmarks;

switch (args)
{
    case ["organisation", var folder, var repositories]:
        Organisation.Write(folder, int.Parse(repositories, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("usage: organisation FOLDER REPOSITORIES");
        return 2;
}
