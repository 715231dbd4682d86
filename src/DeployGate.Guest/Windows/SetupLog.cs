using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Guest.Windows;

/// <summary>Reads the end of a log of Windows Setup.</summary>
internal static class SetupLog
{
    private const int Tail = 8 * 1024;
    private const int MaxLine = 300;

    /// <summary>The last line that tells of an error; Absent when there is none.</summary>
    internal static Lookup<string> LastError(IByteSource log) => Fault.Catch<string>(() =>
    {
        var bytes = new byte[Math.Min(Tail, log.Length)];
        log.Read(log.Length - bytes.Length, bytes);
        var line = StateIni.Decode(bytes).Split('\n').Select(text => text.Trim()).LastOrDefault(text => text.Contains("error", StringComparison.OrdinalIgnoreCase));
        return line is null ? new Lookup<string>.Absent(log.Name) : new Lookup<string>.Found(line.Length > MaxLine ? $"{line[..MaxLine]}…" : line);
    });
}
