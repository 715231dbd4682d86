using DeployGate.Core.Text;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

internal sealed partial class ShellRun
{
    private void Chain(ShellStatement.Chain chain)
    {
        var catches = chain.Rest.Any(link => !link.OnSuccess && !ShellShapes.Ends(link.Statement));
        var before = _path.Fork();
        if (catches)
        {
            Swallowed(() => Statement(chain.First));
        }
        else
        {
            Statement(chain.First);
        }

        foreach (var link in chain.Rest)
        {
            if (_path.IsEnded)
            {
                return;
            }

            if (_status == link.OnSuccess)
            {
                Statement(link.Statement);
            }
            else if (_status is null)
            {
                Either(() => Link(link, before), () => _status = link.OnSuccess ? null : true);
            }
        }
    }

    // Whoever leaves because a command failed does not know what it did.
    private void Link(ChainLink link, PathState before)
    {
        if (!link.OnSuccess && ShellShapes.Ends(link.Statement))
        {
            _path.Join(_path, before);
        }

        Statement(link.Statement);
    }

    /// <summary>Follows two ways from here, and joins them.</summary>
    private void Either(Action one, Action other)
    {
        if (!_azure.Record.TryFork(PlaceOf(new TextSpan(0, 0))))
        {
            return;
        }

        var start = _path;
        bool? status = null;
        var first = Way(start, one, ref status, isFirst: true);
        var second = Way(start, other, ref status, isFirst: false);
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
