using DeployGate.Fuzz.Running;

namespace DeployGate.Fuzz.Tests;

/// <summary>The progress of a run that a test makes; its file goes away with it.</summary>
internal sealed class TemporaryProgress : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    internal TemporaryProgress() => Progress = new Progress(_path);

    internal Progress Progress { get; }

    public void Dispose()
    {
        Progress.Dispose();
        File.Delete(_path);
    }
}
