using System.Collections.Immutable;
using DeployGate.Core.Assessment;

namespace DeployGate.Disks.Volumes;

/// <summary>
/// Mounts what the root volume's fstab names. A line that names nothing on this disk, or two things, leaves an unreadable place: what
/// is looked for below it is then not known, rather than missing.
/// </summary>
public static class Mounts
{
    private const string Table = "/etc/fstab";
    private const int LongestTable = 256 * 1024;

    // Partition types that systemd mounts by itself where fstab says nothing (Discoverable Partitions Specification).
    private static readonly ImmutableDictionary<string, string> s_mountedByType = new Dictionary<string, string>
    {
        ["4d21b016-b534-45c2-a9fb-5c16e091fd2d"] = "/var",
        ["7ec6f557-3bc5-4aca-b293-16ef5df639d1"] = "/var/tmp",
        ["933ac7e1-2eb4-4f13-b844-0e14e2aef915"] = "/home",
        ["3b8f8425-20e0-4f3b-907f-1a25a76f98e8"] = "/srv",
    }.ToImmutableDictionary();

    // Units of systemd that mount what a marker may lie on; fstab need not name it then.
    private static readonly ImmutableArray<(string Unit, string Point)> s_units =
    [
        ("/etc/systemd/system/var.mount", "/var"),
        ("/etc/systemd/system/var-lib.mount", "/var/lib"),
        ("/etc/systemd/system/var-lib-waagent.mount", "/var/lib/waagent"),
        ("/etc/systemd/system/var-lib-cloud.mount", "/var/lib/cloud"),
    ];

    /// <summary>The tree of one system.</summary>
    /// <param name="root">The volume at <c>/</c>; one of <paramref name="candidates"/>, or the same file system opened again.</param>
    /// <param name="candidates">All that lies on the disk.</param>
    /// <returns>Unreadable when fstab is there and cannot be read; without fstab the tree is the root volume alone.</returns>
    public static Lookup<MountedTree> Assemble(IVolume root, IReadOnlyList<MountCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(candidates);
        var bare = new FileTree(root);
        return bare.ReadText(Table, LongestTable).Match<Lookup<MountedTree>>(
            text => new Lookup<MountedTree>.Found(Apply(bare, FstabReader.Read(text), candidates)),
            _ => new Lookup<MountedTree>.Found(Apply(bare, [], candidates)),
            failure => new Lookup<MountedTree>.Unreadable(failure));
    }

    private static MountedTree Apply(FileTree tree, ImmutableArray<FstabEntry> entries, IReadOnlyList<MountCandidate> candidates)
    {
        var outcomes = ImmutableArray.CreateBuilder<MountOutcome>();
        tree = ByUnit(ByType(tree, entries, candidates), entries);

        // Parents first, so that links on the way to a mount point lead through what is mounted already; bind mounts name what others mounted.
        foreach (var entry in entries.OrderBy(entry => entry.IsBind).ThenBy(entry => Depth(entry.MountPoint)))
        {
            var (next, outcome) = One(tree, entry, candidates);
            tree = next;
            outcomes.Add(outcome);
        }

        return new MountedTree(tree, outcomes.ToImmutable());
    }

    private static int Depth(string point) => point == "/" ? 0 : point.Count(one => one == '/');

    private static FileTree ByType(FileTree tree, ImmutableArray<FstabEntry> entries, IReadOnlyList<MountCandidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Partition is { } partition && s_mountedByType.TryGetValue(partition.Type, out var point) && !entries.Any(entry => entry.MountPoint == point))
                tree = tree.MountUnreadable(point, Failure(point, "what fstab mounts", $"a partition that systemd may mount there ({candidate.Title})"));
        }

        return tree;
    }

    private static FileTree ByUnit(FileTree tree, ImmutableArray<FstabEntry> entries)
    {
        foreach (var (unit, point) in s_units)
        {
            if (tree.FindLink(unit) is not Lookup<TreeEntry>.Absent && !entries.Any(entry => entry.MountPoint == point))
                tree = tree.MountUnreadable(point, Failure(point, "what fstab mounts", $"what the unit {unit} mounts"));
        }

        return tree;
    }

    private static (FileTree Tree, MountOutcome Outcome) One(FileTree tree, FstabEntry entry, IReadOnlyList<MountCandidate> candidates)
    {
        if (entry.IsSwap)
            return (tree, new MountOutcome(entry, "passed over: swap", true));

        if (entry.IsManual)
            return (tree, new MountOutcome(entry, "passed over: not mounted by itself (noauto)", true));

        if (entry.MountPoint == "/")
            return Root(tree, entry, candidates);

        if (entry.IsBind)
            return Bind(tree, entry);

        return entry.Spec switch
        {
            MountSpec.None none => Unreadable(tree, entry, $"{none.Value}, which is not on the disk"),
            MountSpec.ResourceDisk => Unreadable(tree, entry, "Azure's temporary disk, which is not on this one"),
            MountSpec.TreePath path => Unreadable(tree, entry, $"a file system in the file {path.Value}"),
            _ => Matched(tree, entry, MountMatch.Of(entry.Spec, candidates)),
        };
    }

    // The root volume was found by what it contains. The line about it can only confirm that, or show that another one is meant.
    private static (FileTree Tree, MountOutcome Outcome) Root(FileTree tree, FstabEntry entry, IReadOnlyList<MountCandidate> candidates)
    {
        if (entry.Spec is MountSpec.None or MountSpec.Device or MountSpec.PartLabel or MountSpec.TreePath)
            return (tree, new MountOutcome(entry, "taken as the root volume", true));

        var matches = MountMatch.Of(entry.Spec, candidates);
        if (matches.Length == 1 && matches[0].Volume is Lookup<IVolume>.Found found)
        {
            return MountMatch.Same(found.Value, tree.RootVolume)
                ? (tree, new MountOutcome(entry, $"mounted: {matches[0].Title}", true))
                : Unreadable(tree, entry, $"{matches[0].Title}, which is not the volume with this fstab");
        }

        return Matched(tree, entry, matches);
    }

    private static (FileTree Tree, MountOutcome Outcome) Bind(FileTree tree, FstabEntry entry)
    {
        if (!entry.Device.StartsWith('/') || entry.Options.Contains("rbind"))
            return Unreadable(tree, entry, "a bind mount with all that is mounted below it");

        return tree.Find(entry.Device).Match(
            found => (tree.Mount(entry.MountPoint, found), new MountOutcome(entry, $"bound: {found.Path}", true)),
            place => Unreadable(tree, entry, $"a bind mount of {place}, which is not there"),
            failure => Unreadable(tree, entry, failure.Message));
    }

    private static (FileTree Tree, MountOutcome Outcome) Matched(FileTree tree, FstabEntry entry, ImmutableArray<MountCandidate> matches)
    {
        if (matches.Length == 0)
            return Unreadable(tree, entry, "nothing on this disk");

        if (matches.Length > 1)
            return Unreadable(tree, entry, $"{string.Join(" and ", matches.Select(match => match.Title))}");

        var match = matches[0];
        return match.Volume.Match(
            volume => entry.SubVolume is null
                ? (tree.Mount(entry.MountPoint, volume), new MountOutcome(entry, $"mounted: {match.Title}", true))
                : Unreadable(tree, entry, $"subvolume {entry.SubVolume} of {match.Title}, a {volume.Facts.FileSystem} that has none"),
            _ => Unreadable(tree, entry, match.Signature is { } name ? $"{match.Title}: {name}" : $"{match.Title}: no file system that can be read"),
            failure => Unreadable(tree, entry, $"{match.Title}: {failure.Message}"));
    }

    private static (FileTree Tree, MountOutcome Outcome) Unreadable(FileTree tree, FstabEntry entry, string actual)
    {
        var failure = Failure(entry.MountPoint, $"one volume for '{entry.Device}' (line {entry.Line} of {Table})", actual);
        return (tree.MountUnreadable(entry.MountPoint, failure), new MountOutcome(entry, failure.Message, false));
    }

    private static ReadFailure Failure(string place, string expected, string actual) => new(place, null, expected, actual);
}
