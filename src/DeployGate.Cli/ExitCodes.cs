namespace DeployGate.Cli;

/// <summary>The exit codes: the same for every command and output format.</summary>
internal static class ExitCodes
{
    /// <summary>The gate is open.</summary>
    internal const int Open = 0;

    /// <summary>At least one finding at severity error.</summary>
    internal const int Closed = 1;

    /// <summary>The command line is wrong.</summary>
    internal const int WrongUsage = 2;

    /// <summary>Some input could not be read; all else was checked and reported.</summary>
    internal const int Unreadable = 3;

    /// <summary>No template, pipeline or image use was found.</summary>
    internal const int NothingToCheck = 4;

    /// <summary>Ctrl-C (SIGINT): 128 and the signal's number, as shells say it.</summary>
    internal const int Interrupted = 130;

    /// <summary>The process was asked to end (SIGTERM): 128 and the signal's number.</summary>
    internal const int Terminated = 143;

    /// <summary>A defect of the tool.</summary>
    internal const int Defect = 70;
}
