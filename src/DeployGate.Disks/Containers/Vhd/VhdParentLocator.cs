using System.Buffers.Binary;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhd;

/// <summary>
/// Where a differencing VHD says its parent lies. Only the relative path is used (platform code <c>W2ru</c>, UTF-16 little-endian): an
/// absolute one would let a disk name any file of the machine that reads it.
/// </summary>
internal static class VhdParentLocator
{
    internal const int Size = 24;
    private const int MaxPath = 4096;

    internal static string? RelativePath(IByteSource file, VhdDynamicHeader header)
    {
        for (var at = 0; at < header.Locators.Length; at += Size)
        {
            var locator = header.Locators.AsSpan().Slice(at, Size);
            if (!locator.StartsWith("W2ru"u8))
            {
                continue;
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(locator[8..]);
            var offset = BinaryPrimitives.ReadInt64BigEndian(locator[16..]);
            if (length > MaxPath)
            {
                throw Fault.At($"{file.Name}: VHD parent locator", offset, FormattableString.Invariant($"a path of at most {MaxPath} bytes"), FormattableString.Invariant($"{length} bytes"));
            }

            return Encoding.Unicode.GetString(file.ReadBytes(offset, (int)length & ~1)).TrimEnd('\0').Replace('\\', '/');
        }

        return null;
    }
}
