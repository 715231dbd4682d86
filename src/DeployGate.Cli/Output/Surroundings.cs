using DeployGate.ControlPlane.Live;

namespace DeployGate.Cli.Output;

/// <summary>What a run has around it: the terminal, the folder, the environment. Tests hand in their own.</summary>
internal sealed record Surroundings
{
    public required TextReader Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public required string WorkingFolder { get; init; }

    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Begins lookups in Azure; null for the real one. Tests lead them to a server of their own.</summary>
    public Func<LiveOptions, LiveFacts>? OpenAzure { get; init; }

    /// <summary>Where signed addresses of disks lead. Tests lead them to a server of their own, after Azure's address was checked.</summary>
    public Func<Uri, Uri> RouteDisk { get; init; } = address => address;

    /// <summary>True when standard output is a terminal that shows colour, and the user has not forbidden it.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True when standard error is a terminal that can redraw a line.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Columns that tables and quoted lines may take.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Says what is wrong with the command line; the exit code for it.</summary>
    internal int WrongUsage(string message)
    {
        Error.WriteLine($"deploygate: {message}");
        return ExitCodes.WrongUsage;
    }
}
