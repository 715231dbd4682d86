namespace DeployGate.Disks.Sources;

/// <summary>Read-only bytes at random offsets: a file, an address that takes ranges, a part of a disk, a file on a volume.</summary>
public interface IByteSource : IDisposable
{
    /// <summary>What this is, for people: a file's name, <c>partition 2</c>, <c>partition 2: /Windows/System32/config/SOFTWARE</c>. Never a secret.</summary>
    string Name { get; }

    /// <summary>Number of bytes.</summary>
    long Length { get; }

    /// <summary>Fills the whole of <paramref name="destination"/> from <paramref name="offset"/>.</summary>
    /// <exception cref="DiskFaultException">The bytes are not there or could not be read; caught where a public operation ends (<see cref="Fault"/>).</exception>
    void Read(long offset, Span<byte> destination);
}
