using DeployGate.Disks.Sources;
using Microsoft.Win32.SafeHandles;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>An image on disk that counts what is read of it.</summary>
internal sealed class ImageFile(string path) : IByteSource
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    public string Name => "image";

    public long Length { get; } = new FileInfo(path).Length;

    internal long BytesRead { get; private set; }

    internal int Reads { get; private set; }

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        BytesRead += destination.Length;
        Reads++;
        while (destination.Length > 0)
        {
            var count = RandomAccess.Read(_file, destination, offset);
            Assert.True(count > 0);
            offset += count;
            destination = destination[count..];
        }
    }

    public void Dispose() => _file.Dispose();
}
