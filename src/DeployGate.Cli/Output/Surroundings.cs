using DeployGate.ControlPlane.Live;
using DeployGate.Reporting;

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

    /// <summary>Notes that a file holds the report, so that the verdict is known whatever becomes of standard output.</summary>
    public Delivery Delivery { get; init; } = new();

    /// <summary>The time since a timestamp of <see cref="Clock"/>; none where the clock went back, as clocks of virtual machines have been seen to do.</summary>
    internal TimeSpan ElapsedSince(long started) => Clock.GetElapsedTime(started) is var elapsed && elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero;

    /// <summary>Says what is wrong with the command line, on a line each; the exit code for it. Words of files and variables may stand in it.</summary>
    internal int WrongUsage(params IEnumerable<string> messages)
    {
        // Several messages may come as one text. That a value forges such a beginning gains nobody anything.
        foreach (var message in messages.SelectMany(message => message.Split("\ndeploygate: ")))
        {
            Error.WriteLine($"deploygate: {SafeText.Line(message)}");
        }

        return ExitCodes.WrongUsage;
    }
}

/// <summary>Where the report of a run has arrived.</summary>
internal sealed class Delivery
{
    /// <summary>True once a file holds the whole report.</summary>
    internal bool IsInFile { get; set; }
}
