using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Lvm;

/// <summary>Puts the volume groups together that physical volumes hold.</summary>
public static class LvmGroups
{
    /// <summary>The visible logical volumes of all groups, in the order of the metadata.</summary>
    /// <param name="physicalVolumes">Where LVM labels are looked for: partitions, whole disks. Those without a label are passed over.</param>
    /// <returns>
    /// One entry a logical volume. A physical volume with a label and no readable metadata anywhere gives one entry with empty names,
    /// so that it is not lost.
    /// </returns>
    public static ImmutableArray<LogicalVolume> Find(IReadOnlyList<IByteSource> physicalVolumes)
    {
        ArgumentNullException.ThrowIfNull(physicalVolumes);
        var broken = ImmutableArray.CreateBuilder<LogicalVolume>();
        var volumes = new List<PhysicalVolume>();
        foreach (var source in physicalVolumes)
        {
            Fault.Catch<PhysicalVolume>(() => PhysicalVolume.Find(source) is { } volume
                ? new Lookup<PhysicalVolume>.Found(volume)
                : new Lookup<PhysicalVolume>.Absent(source.Name)).Match<object?>(
                    volume => Keep(volumes, volume),
                    _ => null,
                    failure => Keep(broken, Broken("", failure)));
        }

        var groups = new Dictionary<string, LvmNode.Section>();
        var lost = new List<(PhysicalVolume Volume, ReadFailure Failure)>();
        foreach (var volume in volumes)
        {
            volume.Metadata()?.Match<object?>(text => KeepNewest(groups, text), _ => null, failure => Keep(lost, (volume, failure)));
        }

        var all = groups.Values.Select(text => new VolumeGroup(text, volumes)).ToList();
        broken.AddRange(lost.Where(one => !all.Any(group => group.Names(one.Volume.Id))).Select(one => Broken(one.Volume.Id, one.Failure)));
        return [.. all.SelectMany(group => group.LogicalVolumes()), .. broken];
    }

    private static object? KeepNewest(Dictionary<string, LvmNode.Section> groups, LvmNode.Section text)
    {
        var id = VolumeGroup.Id(text);
        if (!groups.TryGetValue(id, out var known) || VolumeGroup.Sequence(known) < VolumeGroup.Sequence(text))
            groups[id] = text;

        return null;
    }

    private static LogicalVolume Broken(string id, ReadFailure failure) => new("", "", id, new Lookup<IByteSource>.Unreadable(failure));

    private static object? Keep<T>(ICollection<T> list, T item)
    {
        list.Add(item);
        return null;
    }
}
