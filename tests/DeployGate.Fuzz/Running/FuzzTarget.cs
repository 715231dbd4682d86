namespace DeployGate.Fuzz.Running;

/// <summary>What one execution may cost: a base, and so much for each of the input's bytes, or code units for texts.</summary>
/// <param name="Base">Bytes it may allocate for any input.</param>
/// <param name="Factor">Bytes it may allocate for each of the input's.</param>
/// <param name="Micros">Microseconds of processor time for each of the input's, beside the two seconds that any input may take.</param>
/// <remarks>
/// A few lines can ask an evaluation for all the work that it does for anyone. What it may cost then follows from the steps it took, the number of
/// which has a limit of its own, and not from the length of its text: 512 bytes and half a microsecond for each.
/// </remarks>
internal readonly record struct CostBound(long Base, int Factor, int Micros = 0)
{
    private const int BytesPerStep = 512;
    private const int StepsPerMicro = 2;

    private const long MostTime = 2_000_000;

    /// <summary>What a reader needs that keeps what it reads and no more: the bound of every target that does not say otherwise.</summary>
    internal static CostBound Usual { get; } = new(64L << 20, 200);

    internal long MemoryFor(long size, long steps) => Base + (Factor * size) + (BytesPerStep * steps);

    /// <summary>Microseconds.</summary>
    internal long TimeFor(long size, long steps) => MostTime + (Micros * size) + (steps / StepsPerMicro);
}

/// <summary>A parser of what others wrote. An execution makes one input and reads it; whatever is thrown is a finding.</summary>
internal abstract class FuzzTarget
{
    /// <summary>The name on the command line: lower case, words joined by hyphens.</summary>
    internal abstract string Name { get; }

    /// <summary>What one execution may cost.</summary>
    internal virtual CostBound Cost => CostBound.Usual;

    /// <summary>Prepares the seeds; why there are none, where a tool is missing, otherwise null.</summary>
    internal abstract string? Open(Seeds.SeedFiles files);

    /// <summary>Makes the input of an execution, and says how large it is in bytes or code units.</summary>
    internal abstract long Make(Dice dice);

    /// <summary>Reads the input that was made last.</summary>
    internal abstract void Read();

    /// <summary>Steps that reading the input took, where the reader counts them.</summary>
    internal virtual long Steps => 0;

    /// <summary>Writes the input that was made last, so that a person can look at it.</summary>
    /// <param name="path">The file's path without an extension.</param>
    /// <returns>The path of the written file.</returns>
    internal abstract string Save(string path);

    /// <summary>Takes an input from a file that <see cref="Save"/> wrote: how large it is, as <see cref="Make"/> says it; null where inputs cannot be taken back.</summary>
    internal virtual long? Load(string path) => null;
}

/// <summary>A property that holds for every input did not hold.</summary>
internal sealed class BrokenPropertyException(string message) : Exception(message);
