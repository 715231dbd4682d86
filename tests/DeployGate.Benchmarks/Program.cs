using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DeployGate.Benchmarks;

if (args is ["organisation", var folder, var repositories])
{
    Organisation.Write(folder, int.Parse(repositories, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["ratios"])
{
    Ratios.Write(Console.Out);
    return 0;
}

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: organisation FOLDER REPOSITORIES | ratios | --filter '*' (or other options of BenchmarkDotNet)");
    return 2;
}

// Short runs within this process: a class and its floor are compared with one another, and all is over in minutes.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
return BenchmarkSwitcher.FromAssembly(typeof(Organisation).Assembly).Run(args, config).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
