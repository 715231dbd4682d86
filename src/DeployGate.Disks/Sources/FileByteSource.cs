using DeployGate.Core.Assessment;
using Microsoft.Win32.SafeHandles;

namespace DeployGate.Disks.Sources;

/// <summary>A file that is open for reading; it owns the handle.</summary>
public sealed class FileByteSource : IByteSource
{
    private readonly SafeFileHandle _handle;

    private FileByteSource(string name, SafeFileHandle handle, long length)
    {
        Name = name;
        _handle = handle;
        Length = length;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>Takes an open handle; a pipe or a terminal, which cannot be read at offsets, is unreadable.</summary>
    public static Lookup<IByteSource> Open(string name, SafeFileHandle handle)
    {
        try
        {
            return new Lookup<IByteSource>.Found(new FileByteSource(name, handle, RandomAccess.GetLength(handle)));
        }
        catch (Exception failure) when (failure is NotSupportedException or IOException or UnauthorizedAccessException)
        {
            handle.Dispose();
            return new Lookup<IByteSource>.Unreadable(new ReadFailure(name, null, "a file of a known size", "a pipe, a device or a file that cannot be measured"));
        }
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        var done = 0;
        while (done < destination.Length)
        {
            var count = ReadSome(offset + done, destination[done..]);
            if (count == 0)
            {
                throw Fault.At(Name, offset + done, FormattableString.Invariant($"{destination.Length - done} more bytes"), "the end: the file became shorter while it was read");
            }

            done += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private int ReadSome(long offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(_handle, destination, offset);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Fault.At(Name, offset, FormattableString.Invariant($"{destination.Length} bytes"), "an error of the file system or the device");
        }
    }
}
