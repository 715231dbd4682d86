using System.Buffers.Binary;
using System.Text;

namespace DeployGate.TestKit.Disks;

/// <summary>Packs the bytes of a disk as a VHD.</summary>
public static class VhdBuilder
{
    private const int Sector = 512;
    private const int BlockSize = 2 << 20;

    /// <summary>A fixed VHD: the bytes and a footer.</summary>
    public static byte[] Fixed(byte[] disk) => [.. disk, .. Footer(disk.Length, 2, ulong.MaxValue, Identity(1))];

    /// <summary>The footer of a fixed VHD of that many bytes.</summary>
    public static byte[] FixedFooter(long size) => Footer(size, 2, ulong.MaxValue, Identity(1));

    /// <summary>A dynamic VHD; blocks of zeros are not written.</summary>
    public static byte[] Dynamic(byte[] disk) => Sparse(disk, 3, Identity(1), [], "", (_, sector) => sector.ContainsAnyExcept((byte)0));

    /// <summary>A differencing VHD that holds the sectors that differ from the parent's.</summary>
    /// <param name="disk">The bytes of the whole disk.</param>
    /// <param name="parent">The bytes of the parent's disk.</param>
    /// <param name="parentPath">Its relative path, as the child writes it.</param>
    /// <param name="identity">The number of this disk's identity.</param>
    /// <param name="parentIdentity">The number of the parent's.</param>
    public static byte[] Differencing(byte[] disk, byte[] parent, string parentPath, byte identity = 2, byte parentIdentity = 1) =>
        Sparse(disk, 4, Identity(identity), Identity(parentIdentity), parentPath, (at, sector) => at + Sector > parent.Length || !sector.SequenceEqual(parent.AsSpan(at, Sector)));

    /// <summary>Writes the footer's or header's checksum anew after a test changed a field.</summary>
    public static void Seal(Span<byte> structure, int field)
    {
        BinaryPrimitives.WriteUInt32BigEndian(structure[field..], 0);
        uint sum = 0;
        foreach (var one in structure)
        {
            sum += one;
        }

        BinaryPrimitives.WriteUInt32BigEndian(structure[field..], ~sum);
    }

    private delegate bool IsOwn(int offset, ReadOnlySpan<byte> sector);

    private static byte[] Identity(byte number) => [.. Enumerable.Repeat(number, 16)];

    private static byte[] Sparse(byte[] disk, uint type, byte[] identity, byte[] parent, string parentPath, IsOwn isOwn)
    {
        var blocks = (disk.Length + BlockSize - 1) / BlockSize;
        var tableSize = ((blocks * 4) + Sector - 1) / Sector * Sector;
        var footer = Footer(disk.Length, type, Sector, identity);
        var path = Encoding.Unicode.GetBytes(parentPath);
        var pathOffset = Sector + 1024 + tableSize;
        var file = new List<byte>();
        file.AddRange(footer);
        file.AddRange(Header(blocks, parent, path.Length, pathOffset));
        var table = new byte[tableSize];
        Array.Fill(table, (byte)0xFF);
        var data = new List<byte>(new byte[Sector]);
        path.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(data));
        for (var block = 0; block < blocks; block++)
        {
            if (Block(disk, block, isOwn) is { } bytes)
            {
                BinaryPrimitives.WriteUInt32BigEndian(table.AsSpan(block * 4), (uint)((pathOffset + data.Count) / Sector));
                data.AddRange(bytes);
            }
        }

        return [.. file, .. table, .. data, .. footer];
    }

    private static byte[]? Block(byte[] disk, int block, IsOwn isOwn)
    {
        var bytes = new byte[Sector + BlockSize];
        var isUsed = false;
        for (var sector = 0; sector < BlockSize / Sector; sector++)
        {
            var at = (block * BlockSize) + (sector * Sector);
            if (at >= disk.Length)
            {
                break;
            }

            var content = disk.AsSpan(at, Sector);
            if (isOwn(at, content))
            {
                bytes[sector / 8] |= (byte)(0x80 >> (sector % 8));
                content.CopyTo(bytes.AsSpan(Sector + (sector * Sector)));
                isUsed = true;
            }
        }

        return isUsed ? bytes : null;
    }

    private static byte[] Header(int blocks, byte[] parent, int pathLength, int pathOffset)
    {
        var header = new byte[1024];
        "cxsparse"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(8), ulong.MaxValue);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(16), Sector + 1024);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(24), 0x00010000);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(28), (uint)blocks);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(32), BlockSize);
        parent.CopyTo(header, 40);
        if (pathLength > 0)
        {
            "W2ru"u8.CopyTo(header.AsSpan(576));
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(580), 1);
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(584), (uint)pathLength);
            BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(592), (ulong)pathOffset);
        }

        Seal(header, 36);
        return header;
    }

    private static byte[] Footer(long size, uint type, ulong dataOffset, byte[] identity)
    {
        var footer = new byte[Sector];
        "conectix"u8.CopyTo(footer);
        BinaryPrimitives.WriteUInt32BigEndian(footer.AsSpan(8), 2);
        BinaryPrimitives.WriteUInt32BigEndian(footer.AsSpan(12), 0x00010000);
        BinaryPrimitives.WriteUInt64BigEndian(footer.AsSpan(16), dataOffset);
        "win "u8.CopyTo(footer.AsSpan(28));
        "Wi2k"u8.CopyTo(footer.AsSpan(36));
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(40), size);
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(48), size);
        BinaryPrimitives.WriteUInt32BigEndian(footer.AsSpan(60), type);
        identity.CopyTo(footer, 68);
        Seal(footer, 64);
        return footer;
    }
}
