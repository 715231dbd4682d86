using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Lvm;

/// <summary>A physical volume's label and header: its identity, and where copies of the group's metadata lie.</summary>
/// <param name="Source">The volume's bytes.</param>
/// <param name="Id">Its identity: 32 letters and digits, without the hyphens that the text has.</param>
/// <param name="Areas">Where copies of the metadata lie; none on volumes that leave that to others.</param>
/// <seealso href="https://github.com/lvmteam/lvm2/blob/main/lib/format_text/layout.h"/>
internal sealed record PhysicalVolume(IByteSource Source, string Id, ImmutableArray<(long Offset, long Length)> Areas)
{
    internal const int IdLength = 32;

    private const int Sector = 512;
    private const int LabelSectors = 4;
    private const int MostAreas = 16;
    private const int MostText = 4 << 20;
    private const uint IgnoredFlag = 1;

    /// <summary>The label in one of the first four sectors; null when there is none.</summary>
    internal static PhysicalVolume? Find(IByteSource source)
    {
        for (var sector = 0; sector < LabelSectors && (sector + 1) * Sector <= source.Length; sector++)
        {
            var bytes = source.ReadBytes(sector * Sector, Sector);
            if (!bytes.AsSpan().StartsWith("LABELONE"u8) || !bytes.AsSpan(24, 8).SequenceEqual("LVM2 001"u8))
                continue;

            if (U64(bytes, 8) == (ulong)sector && U32(bytes, 16) == LvmChecksum.Of(bytes.AsSpan(20)))
                return Read(source, bytes);

            throw Fault.At($"{source.Name}: LVM label", sector * Sector, "its checksum and number", "another");
        }

        return null;
    }

    /// <summary>The newest metadata that one of its areas holds; null when it keeps none.</summary>
    internal Lookup<LvmNode.Section>? Metadata()
    {
        Lookup<LvmNode.Section>? best = null;
        foreach (var (offset, length) in Areas)
        {
            var copy = Fault.Catch<LvmNode.Section>(() => ReadArea(offset, length) is { } section
                ? new Lookup<LvmNode.Section>.Found(section)
                : new Lookup<LvmNode.Section>.Absent($"{Source.Name}: LVM metadata"));

            if (copy is Lookup<LvmNode.Section>.Absent)
                continue;

            if (best is not Lookup<LvmNode.Section>.Found || (copy is Lookup<LvmNode.Section>.Found next && VolumeGroup.Sequence(next.Value) > VolumeGroup.Sequence(((Lookup<LvmNode.Section>.Found)best).Value)))
                best = copy;
        }

        return best;
    }

    private static PhysicalVolume Read(IByteSource source, byte[] label)
    {
        var place = $"{source.Name}: LVM physical volume";
        var at = (int)Math.Min(U32(label, 20), Sector);
        if (at < 32 || at + IdLength + 8 > Sector)
            throw Fault.At(place, null, "a header within the label's sector", FormattableString.Invariant($"one at {U32(label, 20)}"));

        var id = Encoding.Latin1.GetString(label, at, IdLength);
        at += IdLength + 8;
        var data = Locations(label, ref at, place);
        var areas = Locations(label, ref at, place);
        return data.Length + areas.Length > MostAreas
            ? throw Fault.At(place, null, FormattableString.Invariant($"at most {MostAreas} areas"), "more")
            : new PhysicalVolume(source, id, areas);
    }

    // Pairs of offset and length that end with a zero offset.
    private static ImmutableArray<(long Offset, long Length)> Locations(byte[] label, ref int at, string place)
    {
        var locations = ImmutableArray.CreateBuilder<(long Offset, long Length)>();
        for (; at + 16 <= label.Length; at += 16)
        {
            var (offset, length) = (U64(label, at), U64(label, at + 8));
            if (offset == 0)
            {
                at += 16;
                return locations.ToImmutable();
            }

            if (offset > long.MaxValue / 4 || length > long.MaxValue / 4)
                throw Fault.At(place, at, "an area on the volume", FormattableString.Invariant($"{length} bytes at {offset}"));

            locations.Add(((long)offset, (long)length));
        }

        throw Fault.At(place, at, "the end of the areas", "the end of the sector");
    }

    // The area's own sector, then a ring of text; null when no text was ever written or the area is set aside.
    private LvmNode.Section? ReadArea(long offset, long length)
    {
        var place = $"{Source.Name}: LVM metadata area";
        var head = Source.ReadBytes(offset, Sector);
        if (!head.AsSpan(4, 16).SequenceEqual(" LVM2 x[5A%r0N*>"u8) || U32(head, 0) != LvmChecksum.Of(head.AsSpan(4)) || U64(head, 24) != (ulong)offset)
            throw Fault.At(place, offset, "its head with its checksum", "something else");

        var (textAt, textLength) = (U64(head, 40), U64(head, 48));
        if (textAt == 0 || (U32(head, 60) & IgnoredFlag) != 0)
            return null;

        var ring = Math.Min((long)Math.Min(U64(head, 32), long.MaxValue / 4), length);
        if (textAt < Sector || (long)Math.Min(textAt, long.MaxValue / 4) >= ring || textLength > (ulong)Math.Min(MostText, Math.Max(0, ring - Sector)))
            throw Fault.At(place, offset + 40, "a text within the area", FormattableString.Invariant($"{textLength} bytes at {textAt}"));

        var text = new byte[textLength];
        var first = (int)Math.Min(text.Length, ring - (long)textAt);
        Source.Read(offset + (long)textAt, text.AsSpan(0, first));
        if (first < text.Length)
            Source.Read(offset + Sector, text.AsSpan(first));

        if (LvmChecksum.Of(text) != U32(head, 56))
            throw Fault.At(place, offset + (long)textAt, "a text with its checksum", "another");

        return LvmText.Parse(Encoding.UTF8.GetString(text), place);
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static ulong U64(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}
