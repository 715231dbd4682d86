using DeployGate.Core.Assessment;

namespace DeployGate.Disks.Sources;

/// <summary>
/// The way out of the depth of a binary reader to the nearest public operation, which gives it as <see cref="Lookup{T}.Unreadable"/>
/// (<see cref="Fault.Catch{T}"/>). It never leaves this project (ADR 0028).
/// </summary>
public sealed class DiskFaultException : Exception
{
    /// <summary>Creates the fault.</summary>
    public DiskFaultException(ReadFailure failure)
        : base(failure.Message) => Failure = failure;

    /// <summary>What could not be read, and why.</summary>
    public ReadFailure Failure { get; }
}

/// <summary>Raises and catches <see cref="DiskFaultException"/>.</summary>
public static class Fault
{
    /// <summary>The fault that says what stands at a place instead of what should.</summary>
    public static DiskFaultException At(string place, long? offset, string expected, string actual) => new(new ReadFailure(place, offset, expected, actual));

    /// <summary>Runs a reader; its fault becomes a value.</summary>
    public static Lookup<T> Catch<T>(Func<Lookup<T>> read)
    {
        try
        {
            return read();
        }
        catch (DiskFaultException fault)
        {
            return new Lookup<T>.Unreadable(fault.Failure);
        }
    }
}
