using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DeployGate.Disks.Lvm;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>
/// Writes physical volumes of LVM: a label in the second sector, one metadata area whose text wraps around its end, extents of 4 KiB.
/// Linear volumes lie on the first physical volume, striped ones on both.
/// </summary>
public sealed class LvmBuilder
{
    private const int Sector = 512;
    private const int AreaAt = 4096;
    private const int AreaLength = 16384;
    private const int ExtentsAt = 32768;
    private const int ExtentSize = 4096;
    private const int Extents = 64;

    private readonly string _group;
    private readonly StringBuilder _volumes = new();
    private readonly Dictionary<string, byte[]> _fill = [];
    private readonly int[] _next = [0, 0];
    private long _sequence = 7;

    /// <summary>Starts a group.</summary>
    public LvmBuilder(string group) => _group = group;

    /// <summary>The number by which the newest of several copies is known.</summary>
    public LvmBuilder Sequence(long number)
    {
        _sequence = number;
        return this;
    }

    /// <summary>A volume in one piece; its bytes start with <paramref name="contents"/>.</summary>
    public LvmBuilder Linear(string name, int extents, byte[]? contents = null)
    {
        _fill[$"0:{_next[0]}"] = contents ?? [];
        return Add(name, extents, $"type = \"striped\"\nstripe_count = 1\nstripes = [ \"pv0\", {Take(0, extents)} ]");
    }

    /// <summary>A volume over both physical volumes, in stripes of 1 KiB.</summary>
    public LvmBuilder Striped(string name, int extents) =>
        Add(name, extents, $"type = \"striped\"\nstripe_count = 2\nstripe_size = 2\nstripes = [ \"pv0\", {Take(0, extents / 2)}, \"pv1\", {Take(1, extents / 2)} ]");

    /// <summary>A volume of another type, which has no stripes.</summary>
    public LvmBuilder Refused(string name, string type) => Add(name, 1, $"type = \"{type}\"");

    /// <summary>The bytes of the first or second physical volume.</summary>
    public MemoryByteSource Build(int index)
    {
        var bytes = new byte[ExtentsAt + (Extents * ExtentSize)];
        Label(bytes, index);
        Area(bytes, Encoding.UTF8.GetBytes(Text() + "\0"));
        for (var extent = 0; extent < Extents; extent++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(ExtentsAt + (extent * ExtentSize)), (index * 1000) + extent);

        foreach (var (place, contents) in _fill.Where(item => item.Key.StartsWith($"{index}:", StringComparison.Ordinal)))
            contents.CopyTo(bytes.AsSpan(ExtentsAt + (int.Parse(place[2..], CultureInfo.InvariantCulture) * ExtentSize)));

        Mend(bytes);
        return new MemoryByteSource($"pv{index}", bytes);
    }

    /// <summary>Puts the checksums of label, area and text right, as far as the text's place can be followed.</summary>
    public static void Mend(byte[] volume)
    {
        Write32(volume, Sector + 16, LvmChecksum.Of(volume.AsSpan(Sector + 20, Sector - 20)));
        var head = volume.AsSpan(AreaAt, Sector);
        var at = BinaryPrimitives.ReadUInt64LittleEndian(head[40..]);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(head[48..]);
        if (at is >= Sector and < AreaLength && length <= AreaLength - Sector)
        {
            var text = new byte[length];
            for (var i = 0; i < text.Length; i++)
                text[i] = volume[AreaAt + RingPlace((int)at + i)];

            Write32(volume, AreaAt + 56, LvmChecksum.Of(text));
        }

        Write32(volume, AreaAt, LvmChecksum.Of(volume.AsSpan(AreaAt + 4, Sector - 4)));
    }

    private static int RingPlace(int at) => at < AreaLength ? at : at - AreaLength + Sector;

    private static string Id(int index) => new((char)('A' + index), PhysicalVolume.IdLength);

    private static void Label(byte[] bytes, int index)
    {
        var label = bytes.AsSpan(Sector, Sector);
        "LABELONE"u8.CopyTo(label);
        Write64(bytes, Sector + 8, 1);
        Write32(bytes, Sector + 20, 32);
        "LVM2 001"u8.CopyTo(label[24..]);
        Encoding.ASCII.GetBytes(Id(index)).CopyTo(label[32..]);
        Write64(bytes, Sector + 64, (ulong)bytes.Length);
        Write64(bytes, Sector + 72, ExtentsAt);
        Write64(bytes, Sector + 104, AreaAt);
        Write64(bytes, Sector + 112, AreaLength);
    }

    // The text starts shortly before the end of the ring.
    private static void Area(byte[] bytes, byte[] text)
    {
        const int Start = AreaLength - 512;
        " LVM2 x[5A%r0N*>"u8.CopyTo(bytes.AsSpan(AreaAt + 4));
        Write32(bytes, AreaAt + 20, 1);
        Write64(bytes, AreaAt + 24, AreaAt);
        Write64(bytes, AreaAt + 32, AreaLength);
        Write64(bytes, AreaAt + 40, Start);
        Write64(bytes, AreaAt + 48, (ulong)text.Length);
        for (var i = 0; i < text.Length; i++)
            bytes[AreaAt + RingPlace(Start + i)] = text[i];
    }

    private static void Write32(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);

    private static void Write64(byte[] bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);

    private int Take(int volume, int extents)
    {
        var first = _next[volume];
        _next[volume] += extents;
        return first;
    }

    private LvmBuilder Add(string name, int extents, string segment)
    {
        _volumes.Append(CultureInfo.InvariantCulture, $"{name} {{\nid = \"{name}-id\"\nstatus = [\"READ\", \"WRITE\", \"VISIBLE\"]\nflags = []\nsegment_count = 1\nsegment1 {{\nstart_extent = 0\nextent_count = {extents}\n{segment}\n}}\n}}\n");
        return this;
    }

    private string Text()
    {
        var volumes = string.Concat(Enumerable.Range(0, 2).Select(i => $"pv{i} {{\nid = \"{Id(i)}\"\ndevice = \"/dev/sd{i}\" # a hint only\npe_start = {ExtentsAt / Sector}\npe_count = {Extents}\n}}\n"));
        return $"{_group} {{\nid = \"group-{_group}\"\nseqno = {_sequence}\nformat = \"lvm2\"\nextent_size = {ExtentSize / Sector}\nphysical_volumes {{\n{volumes}}}\nlogical_volumes {{\n{_volumes}}}\n}}\n# Written for a test\ncontents = \"Text Format Volume Group\"\nversion = 1\n";
    }
}
