using System.Buffers.Binary;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>What stands in a reparse point.</summary>
/// <seealso href="https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-fscc/c8e77b37-3909-4fe6-a4ea-2b9d423b1ee4"/>
internal static class ReparsePoint
{
    private const uint MountPoint = 0xa000_0003;
    private const uint SymbolicLink = 0xa000_000c;
    private const int Largest = 16 << 10;

    internal static bool IsLink(uint tag) => tag is MountPoint or SymbolicLink;

    /// <summary>What a tag means, for a message.</summary>
    internal static string NameOf(uint tag) => tag switch
    {
        0x8000_0017 => "a file compressed by WOF (compact)",
        0x8000_0013 => "a file that data deduplication has taken apart",
        0x8000_0018 => "a file that stands in another image (WIM)",
        _ => FormattableString.Invariant($"a reparse point with tag {tag:x8}"),
    };

    internal static byte[] Read(MasterFileTable table, FileRecord file) =>
        table.Find(file, AttributeType.ReparsePoint) is { } point ? point.ReadAll(file.Place, table.Volume, table.ClusterSize, Largest) : [];

    internal static uint TagOf(ReadOnlySpan<byte> point) => point.Length < 8 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(point);

    /// <summary>The substitute name, as written: an absolute target starts with <c>\??\</c>.</summary>
    internal static string Target(ReadOnlySpan<byte> point, FileRecord file)
    {
        var tag = TagOf(point);
        if (!IsLink(tag))
        {
            throw Fault.At(file.Place, file.Offset, "a symbolic link or a junction", tag == 0 ? "no reparse point" : NameOf(tag));
        }

        var names = tag == SymbolicLink ? 20 : 16;
        if (point.Length >= names)
        {
            var start = BinaryPrimitives.ReadUInt16LittleEndian(point[8..]);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(point[10..]);
            if (names + start + length <= point.Length)
            {
                return Encoding.Unicode.GetString(point.Slice(names + start, length & ~1));
            }
        }

        throw Fault.At(file.Place, file.Offset, "the target of a link", FormattableString.Invariant($"a reparse point of {point.Length} bytes"));
    }
}
