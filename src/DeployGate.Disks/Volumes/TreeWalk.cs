using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>One walk along a path, through links and mount points.</summary>
internal sealed class TreeWalk(IVolume root, ImmutableDictionary<string, TreeMount> mounts)
{
    // What Linux allows.
    private const int MostLinks = 40;
    private const int MostSteps = 4096;

    private readonly List<Node> _nodes = [];
    private readonly Stack<string> _ahead = new();
    private int _links;
    private int _steps;

    internal Lookup<TreeEntry> Run(string path, bool followLast)
    {
        if (Enter(Mounted("/") ?? new TreeMount(root, null, null), "") is { } failed)
            return failed;

        Push(path);
        while (_ahead.TryPop(out var name))
        {
            if (++_steps > MostSteps)
                throw Fault.At(path, null, FormattableString.Invariant($"at most {MostSteps} steps"), "more");

            if (name == "..")
                Up();
            else if (Step(name, followLast || _ahead.Count > 0) is { } end)
                return end;
        }

        var last = _nodes[^1];
        return last.Failure is { } failure
            ? new Lookup<TreeEntry>.Unreadable(failure)
            : new Lookup<TreeEntry>.Found(new TreeEntry(last.Path.Length == 0 ? "/" : last.Path, last.Volume!, last.Entry!));
    }

    internal static string Normal(string path) => "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));

    // One name further; null to go on, otherwise how the walk ends.
    private Lookup<TreeEntry>? Step(string name, bool follow)
    {
        var here = _nodes[^1];
        var path = $"{here.Path}/{name}";
        if (here.Failure is { } failure)
            return Mounted(path) is { } below ? Enter(below, path) : Blind(path, failure);

        if (here.Entry!.Kind != FileKind.Directory)
            return new Lookup<TreeEntry>.Absent(path);

        var child = here.Volume!.Child(here.Entry, name);
        if (child is Lookup<FileEntry>.Found found)
        {
            path = $"{here.Path}/{found.Value.Name}";
            if (found.Value.Kind == FileKind.Link && follow)
                return Follow(here.Volume, found.Value, path);

            if (Mounted(path) is null)
            {
                _nodes.Add(new Node(path, here.Volume, found.Value, null));
                return null;
            }
        }

        if (Mounted(path) is { } mount)
            return Enter(mount, path);

        return child.Match<Lookup<TreeEntry>>(_ => throw new InvalidOperationException("Found was dealt with."), _ => new Lookup<TreeEntry>.Absent(path), why => new Lookup<TreeEntry>.Unreadable(why));
    }

    // Below something unreadable only a further mount point can be read; whether the name is there is not known.
    private Lookup<TreeEntry>? Blind(string path, ReadFailure failure)
    {
        if (!mounts.Keys.Any(point => point.StartsWith(path + "/", StringComparison.Ordinal)))
            return new Lookup<TreeEntry>.Unreadable(failure);

        _nodes.Add(new Node(path, null, null, failure));
        return null;
    }

    private Lookup<TreeEntry>? Follow(IVolume volume, FileEntry link, string path)
    {
        if (++_links > MostLinks)
            throw Fault.At(path, null, FormattableString.Invariant($"at most {MostLinks} symbolic links"), "more: a circle of links");

        return volume.LinkTarget(link).Match<Lookup<TreeEntry>?>(
            target =>
            {
                if (target.Length == 0)
                    return new Lookup<TreeEntry>.Absent(path);

                if (target[0] == '/')
                    _nodes.RemoveRange(1, _nodes.Count - 1);

                Push(target);
                return null;
            },
            place => new Lookup<TreeEntry>.Absent(place),
            failure => new Lookup<TreeEntry>.Unreadable(failure));
    }

    private Lookup<TreeEntry>? Enter(TreeMount mount, string path)
    {
        if (mount.Volume is null || mount.Directory is not null)
        {
            _nodes.Add(new Node(path, mount.Volume, mount.Directory, mount.Failure));
            return null;
        }

        return mount.Volume.Root().Match<Lookup<TreeEntry>?>(
            top =>
            {
                _nodes.Add(new Node(path, mount.Volume, top, null));
                return null;
            },
            place => new Lookup<TreeEntry>.Absent(place),
            failure => new Lookup<TreeEntry>.Unreadable(failure));
    }

    private TreeMount? Mounted(string path) => mounts.GetValueOrDefault(path);

    private void Up()
    {
        if (_nodes.Count > 1)
            _nodes.RemoveAt(_nodes.Count - 1);
    }

    private void Push(string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] != ".")
                _ahead.Push(names[i]);
        }
    }

    private sealed record Node(string Path, IVolume? Volume, FileEntry? Entry, ReadFailure? Failure);
}
