namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// The paths that left a script, subshell or function before its end, until they go on behind it. Commands are assumed to succeed: a
/// path that leaves with a failure goes on only where no other does.
/// </summary>
/// <param name="keepsFailures">True where what is behind runs also after a failure: a path that ended with one goes on there too.</param>
internal sealed class EarlyExits(bool keepsFailures)
{
    private readonly List<PathState> _paths = [];
    private bool? _status;

    // The latest that failed and is not kept.
    private PathState? _latest;

    /// <summary>All that failed and are not kept, as one; null for none.</summary>
    internal PathState? Failed { get; private set; }

    /// <summary>
    /// Ends a path here, with a status that may be not known; it goes on behind what it leaves. False is a failure beyond doubt.
    /// </summary>
    internal void Leave(PathState path, bool? status)
    {
        var left = path.Fork();
        if (status != false || keepsFailures)
        {
            _status = _paths.Count == 0 || _status == status ? status : null;
            _paths.Add(left);
        }
        else
        {
            // One after the other: each is looked at only in what it changed beside the one that failed before it.
            var failed = (Failed ?? left).Fork();
            failed.Add(_latest ?? failed, left);
            (Failed, _latest) = (failed, left);
        }

        path.IsEnded = true;
        if (status == false)
        {
            path.Fail();
        }
    }

    /// <summary>How many paths have left so far.</summary>
    internal int Count => _paths.Count;

    /// <summary>Has all paths that left after the first ones, as one, do something on their way.</summary>
    internal void Pass(int first, Action<PathState> action) => Pass(_paths, first, action);

    /// <summary>Has all that failed do something on their way, as one.</summary>
    internal void PassFailed(Action<PathState> action)
    {
        if (Failed is not null)
        {
            (Failed, _latest) = (Failed.Fork(), null);
            action(Failed);
        }
    }

    internal static void Pass(List<PathState> paths, int first, Action<PathState> action)
    {
        if (paths.Count > first)
        {
            var passing = paths[first].Fork();
            passing.Rejoin(paths[first..]);
            paths.RemoveRange(first, paths.Count - first);
            action(passing);
            paths.AddRange(passing.IsEnded ? [] : [passing]);
        }
    }

    /// <summary>Has all that left here leave what is around too, each changed as leaving this changes it.</summary>
    internal void LeaveAlso(EarlyExits outer, Action<PathState> change)
    {
        foreach (var path in _paths)
        {
            change(path);
            outer.Leave(path, _status);
        }

        _paths.Clear();
    }

    /// <summary>
    /// Has all that left go on beside the path that came to the end; gives the status of both, null where that is not known. Where
    /// nothing goes on, the path is what those that failed here amount to.
    /// </summary>
    internal bool? Rejoin(PathState path, bool? status)
    {
        if (_paths.Count == 0)
        {
            if (path.HasFailed && Failed is not null)
            {
                path.Become(Failed);
                path.Fail();
            }

            return status;
        }

        var joined = path.IsEnded || _status == status ? _status : null;
        path.Rejoin(_paths);
        _paths.Clear();
        return joined;
    }

    /// <summary>Has those that failed here go on where nothing else does; false when there are none, or something else does.</summary>
    internal bool TryGoOn(PathState path)
    {
        if (!path.IsEnded || Failed is null)
        {
            return false;
        }

        path.Become(Failed);
        (path.IsEnded, Failed, _latest) = (false, null, null);
        return true;
    }
}

/// <summary>The paths that left a loop, or a turn of it, before its end.</summary>
/// <param name="outer">The loop around it; null for none.</param>
internal sealed class LoopExits(LoopExits? outer)
{
    private readonly List<PathState> _broken = [];
    private readonly List<PathState> _continued = [];

    internal LoopExits? Outer => outer;

    /// <summary>Ends a path here; it goes on behind this loop or, where it only continues, behind this turn.</summary>
    internal void Leave(PathState path, bool isBreak)
    {
        (isBreak ? _broken : _continued).Add(path.Fork());
        path.IsEnded = true;
    }

    /// <summary>How many paths have broken out, and how many have continued.</summary>
    internal (int Broken, int Continued) Count => (_broken.Count, _continued.Count);

    /// <summary>Has all paths that left after the first ones do something on their way: those that broke out as one, and those that continued.</summary>
    internal void Pass((int Broken, int Continued) first, Action<PathState> action)
    {
        EarlyExits.Pass(_broken, first.Broken, action);
        EarlyExits.Pass(_continued, first.Continued, action);
    }

    /// <summary>What continued goes on, beside the path that came to the end of the turn.</summary>
    internal void EndTurn(PathState path)
    {
        path.Rejoin(_continued);
        _continued.Clear();
    }

    /// <summary>What broke out goes on, beside the path that came to the end of the last turn; gives the loop around.</summary>
    internal LoopExits? End(PathState path)
    {
        path.Rejoin(_broken);
        return outer;
    }
}
