using System.Runtime.InteropServices;

namespace DeployGate.Fuzz.Running;

/// <summary>Processor time of the calling thread: a machine that is busy with other things does not make a parser slow.</summary>
/// <seealso href="https://man7.org/linux/man-pages/man2/clock_gettime.2.html"/>
internal static class ThreadClock
{
    private const int ThreadTime = 3;

    /// <summary>Microseconds so far; where the system is not Linux, those of the whole process.</summary>
    internal static long Now => OperatingSystem.IsLinux() && Ask(ThreadTime, out var time) == 0
        ? (time.Seconds * 1_000_000) + (time.Nanoseconds / 1_000)
        : (long)Environment.CpuUsage.TotalTime.TotalMicroseconds;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ask(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
