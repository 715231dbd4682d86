using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Lvm;

/// <summary>A volume group as its metadata describes it, over the physical volumes that are there.</summary>
internal sealed class VolumeGroup
{
    private const int Sector = 512;
    private const int MostSegments = 65536;

    private readonly LvmNode.Section _group;
    private readonly Dictionary<string, (string Id, long Start, long Extents)> _named = [];
    private readonly ILookup<string, PhysicalVolume> _present;

    // A snapshot's own extents hold differences only; and while one is being merged back, the origin's extents hold a mixture.
    private readonly Dictionary<string, string?> _differences = [];
    private readonly HashSet<string?> _merging = [];

    internal VolumeGroup(LvmNode.Section text, IEnumerable<PhysicalVolume> present)
    {
        (Name, _group) = Top(text) is { } top ? (top.Key, top.Value) : ("", new LvmNode.Section([]));
        _present = present.ToLookup(volume => volume.Id);
        foreach (var (name, volume) in _group.Child("physical_volumes")?.Sections ?? [])
            _named.TryAdd(name, (Plain(volume.Text("id")), volume.Number("pe_start") ?? -1, volume.Number("pe_count") ?? -1));

        var volumes = _group.Child("logical_volumes")?.Sections ?? [];
        foreach (var (_, segment) in volumes.SelectMany(volume => volume.Value.Sections).Where(segment => segment.Value.Text("type") == "snapshot"))
            NoteSnapshot(segment);
    }

    internal string Name { get; }

    internal static long Sequence(LvmNode.Section text) => Top(text)?.Value.Number("seqno") ?? -1;

    internal static string Id(LvmNode.Section text) => Plain(Top(text)?.Value.Text("id"));

    internal bool Names(string physicalVolume) => _named.Values.Any(volume => volume.Id == physicalVolume);

    internal IEnumerable<LogicalVolume> LogicalVolumes()
    {
        var volumes = _group.Child("logical_volumes");
        foreach (var (name, volume) in volumes?.Sections ?? [])
        {
            if (volume.Lists("status", "VISIBLE"))
                yield return new LogicalVolume(Name, name, volume.Text("id") ?? "", Fault.Catch<IByteSource>(() => new Lookup<IByteSource>.Found(Content(name, volume))));
        }
    }

    // The group is the one section of the text; what stands beside it says who wrote it.
    private static KeyValuePair<string, LvmNode.Section>? Top(LvmNode.Section text) =>
        text.Sections.Select(section => (KeyValuePair<string, LvmNode.Section>?)section).FirstOrDefault();

    private static string Plain(string? id) => (id ?? "").Replace("-", "", StringComparison.Ordinal);

    private void NoteSnapshot(LvmNode.Section segment)
    {
        var origin = segment.Text("origin");
        if (segment.Text("cow_store") is { } store)
            _differences.TryAdd(store, origin);

        if (segment.Text("merging_store") is not { } merging)
            return;

        _differences.TryAdd(merging, origin);
        _merging.Add(origin);
    }

    private SegmentedByteSource Content(string name, LvmNode.Section volume)
    {
        var place = $"LVM {Name}/{name}";
        RefuseSnapshots(name, place);
        var extentSize = _group.Number("extent_size") is > 0 and < 1L << 32 and var sectors ? sectors * Sector : throw Fault.At(place, null, "an extent size", "none");
        var segments = new List<Segment>();
        long next = 0;
        foreach (var segment in volume.Sections.Where(section => section.Key.StartsWith("segment", StringComparison.Ordinal)).Select(section => section.Value).OrderBy(segment => segment.Number("start_extent") ?? -1))
        {
            if (segments.Count == MostSegments || segment.Number("start_extent") != next)
                throw Fault.At(place, null, FormattableString.Invariant($"a segment at extent {next}"), FormattableString.Invariant($"{segment.Number("start_extent")}"));

            var extents = segment.Number("extent_count") is > 0 and < 1L << 32 and var count ? count : throw Fault.At(place, null, "segments with extents", "one without");
            segments.Add(new Segment(next * extentSize, extents * extentSize, StripeSize(segment, place, extentSize), Stripes(segment, place, extents, extentSize)));
            next += extents;
            if (next > long.MaxValue / 2 / extentSize)
                throw Fault.At(place, null, "a size", "too large a one");
        }

        return segments.Count > 0 ? new SegmentedByteSource(place, segments) : throw Fault.At(place, null, "segments", "none");
    }

    private void RefuseSnapshots(string name, string place)
    {
        if (_differences.TryGetValue(name, out var origin))
            throw Fault.At(place, null, "a linear or striped volume", $"a snapshot of {origin}");

        if (_merging.Contains(name))
            throw Fault.At(place, null, "a linear or striped volume", "a volume into which a snapshot is being merged");
    }

    private static long StripeSize(LvmNode.Section segment, string place, long extentSize)
    {
        if (segment.Text("type") is not ("striped" or "linear"))
            throw Fault.At(place, null, "a linear or striped volume", $"the segment type '{segment.Text("type")}'");

        if ((segment.Number("stripe_count") ?? 1) == 1)
            return extentSize;

        return segment.Number("stripe_size") is > 0 and < 1L << 32 and var sectors
            ? sectors * Sector
            : throw Fault.At(place, null, "a stripe size", FormattableString.Invariant($"{segment.Number("stripe_size")}"));
    }

    private ImmutableArray<IByteSource> Stripes(LvmNode.Section segment, string place, long extents, long extentSize)
    {
        var list = segment.List("stripes");
        var count = segment.Number("stripe_count") ?? 1;
        if (count is < 1 or > 1024 || list.Length != count * 2 || extents % count != 0)
            throw Fault.At(place, null, FormattableString.Invariant($"{count} stripes in {extents} extents"), FormattableString.Invariant($"a list of {list.Length}"));

        var stripes = ImmutableArray.CreateBuilder<IByteSource>();
        for (var i = 0; i < list.Length; i += 2)
        {
            if (list[i] is not LvmNode.TextValue name || list[i + 1] is not LvmNode.NumberValue start)
                throw Fault.At(place, null, "a physical volume and an extent", $"{list[i]}");

            stripes.Add(Stripe(place, name.Value, start.Value, extents / count, extentSize));
        }

        return stripes.ToImmutable();
    }

    private SliceByteSource Stripe(string place, string name, long start, long extents, long extentSize)
    {
        if (!_named.TryGetValue(name, out var volume))
            throw Fault.At(place, null, "extents on physical volumes", $"extents on '{name}'");

        var present = _present[volume.Id].ToList();
        if (present.Count != 1)
            throw Fault.At(place, null, $"the physical volume {name} ({volume.Id}) of the group {Name}", present.Count == 0 ? "none: it is missing" : "two or more with that identity");

        if (volume.Start is < 0 or > long.MaxValue / Sector / 4 || start < 0 || start > volume.Extents - extents || volume.Extents > long.MaxValue / 4 / extentSize)
            throw Fault.At(place, null, FormattableString.Invariant($"extents below {volume.Extents} on {name}"), FormattableString.Invariant($"{extents} at {start}"));

        return new SliceByteSource(present[0].Source.Name, present[0].Source, (volume.Start * Sector) + (start * extentSize), extents * extentSize);
    }
}
