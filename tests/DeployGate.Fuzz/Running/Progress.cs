using System.IO.MemoryMappedFiles;

namespace DeployGate.Fuzz.Running;

/// <summary>
/// How far a target is, in a mapped file: a stack overflow ends the process at once, and the number of the execution that did it still
/// stands there. Also the figures so far, so that the next process goes on with them.
/// </summary>
internal sealed class Progress : IDisposable
{
    private const int Slots = 16;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    internal Progress(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Slots * sizeof(long));
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The number of the execution that runs, or that comes next.</summary>
    internal long Current { get => Get(0); set => Set(0, value); }

    /// <summary>True while an execution runs: what ends the process then was caused by its input.</summary>
    internal bool IsInside { get => Get(1) != 0; set => Set(1, value ? 1 : 0); }

    /// <summary>Executions so far.</summary>
    internal long Executions { get => Get(2); set => Set(2, value); }

    /// <summary>Processor time of the slowest execution, in microseconds.</summary>
    internal long Slowest { get => Get(3); set => Set(3, value); }

    /// <summary>Its number.</summary>
    internal long SlowestIndex { get => Get(4); set => Set(4, value); }

    /// <summary>The most bytes that an execution allocated.</summary>
    internal long Highest { get => Get(5); set => Set(5, value); }

    /// <summary>Its number.</summary>
    internal long HighestIndex { get => Get(6); set => Set(6, value); }

    /// <summary>Findings so far.</summary>
    internal long Findings { get => Get(7); set => Set(7, value); }

    /// <summary>Time that the executions took, making the inputs included, in microseconds of the wall clock.</summary>
    internal long Elapsed { get => Get(8); set => Set(8, value); }

    private long Get(int slot) => _view.ReadInt64(slot * sizeof(long));

    private void Set(int slot, long value) => _view.Write(slot * sizeof(long), value);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
