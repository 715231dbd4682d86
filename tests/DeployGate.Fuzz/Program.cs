using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.Fuzz.Targets;

namespace DeployGate.Fuzz;

/// <summary>Runs the parsers of untrusted input on broken input. Exit code 0: nothing was found; 1: something was; 2: wrong usage.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        if (SeedFiles.Repository() is not { } repository)
        {
            return Wrong("it runs from a build inside of the repository");
        }

        if (FuzzOptions.Parse(arguments, repository, out var wrong) is not { } options)
        {
            return Wrong($"{wrong}\n{FuzzOptions.Usage}");
        }

        if (options.Targets.FirstOrDefault(name => TargetCatalog.Find(name) is null) is { } unknown)
        {
            return Wrong($"there is no target '{unknown}'; --list shows all");
        }

        if (options.IsList)
        {
            Console.WriteLine(string.Join('\n', TargetCatalog.All.Select(target => target.Name)));
            return 0;
        }

        var names = options.Targets.Count > 0 ? options.Targets : [.. TargetCatalog.All.Select(target => target.Name)];
        var replay = $"dotnet run -c Release --project tests/DeployGate.Fuzz --{(options.Corpus is null ? " --corpus none" : "")}";
        return options.IsChild || options.From is not null || options.Input is not null
            ? Inside(options, names, repository, replay)
            : new Supervisor(options, replay).Run(names) ? 0 : 1;
    }

    // In this process, where a debugger can look on. The exit code of a child says whether it came to its end, not what it found.
    private static int Inside(FuzzOptions options, IReadOnlyList<string> names, string repository, string replay)
    {
        Directory.CreateDirectory(options.Out);
        var found = false;
        foreach (var name in names)
        {
            var target = TargetCatalog.Find(name)!;
            if (target.Open(new SeedFiles(repository, options.Corpus)) is { } why)
            {
                Console.WriteLine($"SKIPPED {why}");
                continue;
            }

            var path = options.IsChild ? Supervisor.ProgressPath(options.Out, name) : Path.GetTempFileName();
            using var progress = new Progress(path);
            using var watchdog = options.IsChild ? new Watchdog(progress) : null;
            var folder = new FindingFolder(options.Out, name, $"{replay} --target {name} --seed {options.Seed}");
            var run = new TargetRun(target, options.Seed, progress, finding => folder.Take(finding, target.Save))
            {
                // Whoever looks at one input wants to know what it costs, also where that is within the bound.
                After = options.Input is null && options is not { From: not null, Count: 1 } ? null : (size, time, allocated) => Console.WriteLine(FormattableString.Invariant($"size {size}, {time / 1000} ms of processor time, {allocated >> 20} MiB allocated")),
                Before = options is { From: not null, Count: 1 } ? index => Console.WriteLine($"input: {target.Save(Path.Combine(options.Out, FormattableString.Invariant($"{name}-{index}")))}") : null,
            };
            Go(run, target, progress, options);
            found |= progress.Findings > 0;
        }

        return found && !options.IsChild ? 1 : 0;
    }

    private static void Go(TargetRun run, FuzzTarget target, Progress progress, FuzzOptions options)
    {
        if (options.Input is { } input)
        {
            if (target.Load(input) is { } size)
            {
                run.Measure(0, size);
            }

            return;
        }

        progress.Current = options.From ?? progress.Current;
        run.Run(options.Count, options.Seconds > 0 ? TimeSpan.FromSeconds(options.Seconds) : TimeSpan.MaxValue);
    }

    private static int Wrong(string message)
    {
        Console.Error.WriteLine($"DeployGate.Fuzz: {message}");
        return 2;
    }
}
