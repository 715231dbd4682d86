using DeployGate.Core.Text;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

internal sealed partial class ShellRun
{
    private void Chain(ShellStatement.Chain chain)
    {
        var catches = chain.Rest.Any(link => !link.OnSuccess && !ShellShapes.Ends(link.Statement));
        var before = _path.Fork();
        (var isAsked, _process.IsAsked) = (_process.IsAsked, true);
        if (catches)
        {
            Swallowed(() => Statement(chain.First));
        }
        else
        {
            Statement(chain.First);
        }

        foreach (var link in chain.Rest.TakeWhile(_ => !_path.IsEnded))
        {
            _process.IsAsked = isAsked || !ReferenceEquals(link, chain.Rest[^1]);
            if (_status == link.OnSuccess)
            {
                Statement(link.Statement);
            }
            else if (_status is null)
            {
                Either(() => Link(link, before), () => _status = link.OnSuccess ? null : true);
            }
        }

        _process.IsAsked = isAsked;
    }

    // Whoever leaves because a command failed does not know what it did.
    private void Link(ChainLink link, PathState before)
    {
        if (!link.OnSuccess && ShellShapes.Ends(link.Statement))
        {
            _path.Join(_path, before);
        }

        // What failed has printed nothing that its caller reads.
        if (!link.OnSuccess)
        {
            _path.Printed = before.Printed;
        }

        _status = link.OnSuccess;
        Statement(link.Statement);
    }

    /// <summary>What is left early goes on behind it. Where all of it failed the shell goes on too, unless it stops at a failure here.</summary>
    private bool? Behind(EarlyExits left, bool? status)
    {
        status = left.Rejoin(_path, status);
        if (!left.TryGoOn(_path))
        {
            return status;
        }

        StopAtError();
        return false;
    }

    // "set -e", where nobody asks for the status.
    private void StopAtError()
    {
        if (_path.StopsAtError && !_path.IsSwallowed && !_process.IsAsked)
        {
            _process.Exits.Leave(_path, false);
        }
    }

    /// <summary>Follows what has a shell of its own: what leaves it is at its end.</summary>
    private void Apart(Action action) => _status = Behind(Left(action), _status);

    // What said "exit" there, beside the path that is at the end.
    private EarlyExits Left(Action action)
    {
        var outside = (_process, _returns, _loop);
        var process = new ShellProcess(_path) { IsAsked = _process.IsAsked };
        (_process, _returns, _loop) = (process, new EarlyExits(_path.IsSwallowed), _loop is null ? null : new LoopExits(null));
        action();
        _loop?.EndTurn(_path);
        _loop?.End(_path);
        _status = process.Exits.Rejoin(_path, Behind(_returns, _status));
        (_process, _returns, _loop) = outside;
        return process.Exits;
    }

    /// <summary>Follows two ways from here, and joins them.</summary>
    private void Either(Action one, Action other)
    {
        if (!_azure.Record.TryFork(PlaceOf(new TextSpan(0, 0))))
        {
            return;
        }

        var (start, arguments) = (_path, _arguments);
        bool? status = null;
        var first = Way(start, one, ref status, isFirst: true);
        (var shifted, _arguments) = (_arguments, arguments);
        var second = Way(start, other, ref status, isFirst: false);
        _arguments = second.IsEnded ? shifted : first.IsEnded || shifted == _arguments || (!shifted.IsDefault && !_arguments.IsDefault && shifted.Length == _arguments.Length) ? _arguments : default;
        _path = start;
        start.Join(first, second);
        _status = status;
        _azure.Record.EndFork();
    }

    private PathState Way(PathState start, Action action, ref bool? status, bool isFirst)
    {
        _path = start.Fork();
        _path.IsMaybe = true;
        action();
        status = isFirst || status == _status ? _status : null;
        return _path;
    }
}
