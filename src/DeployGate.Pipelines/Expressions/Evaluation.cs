using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Expressions;

/// <summary>
/// One question to the pipeline: what is known of the run, and how much work is left to answer. Values may refer to values;
/// the budget ends what would take exponential time.
/// </summary>
internal sealed class Evaluation(RunValues run)
{
    private int _left = 200_000;
    private int _depth;
    private HashSet<string>? _active;
    private Dictionary<string, Value>? _known;
    private Dictionary<(object Of, string Name), Value>? _outputs;

    internal RunValues Run => run;

    /// <summary>The variables that are being expanded: one that names itself stays as it is.</summary>
    internal HashSet<string> Active => _active ??= new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Variables that were evaluated for this question, so that those which name one another cost no more than once.</summary>
    internal Dictionary<string, Value> Known => _known ??= new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The same for the outputs of jobs and composite actions.</summary>
    internal Dictionary<(object Of, string Name), Value> Outputs => _outputs ??= [];

    /// <summary>True at the first reading: what a later step may still set is not known then.</summary>
    internal bool IsBeforeRun { get; init; }

    /// <summary>True when something has failed before; false when the straight run is asked for.</summary>
    internal bool HasFailed { get; init; }

    /// <summary>True when a job that is needed does not run.</summary>
    internal bool IsSkipped { get; init; }

    /// <summary>False when nothing more can be evaluated. Each call that gives true is ended by <see cref="Leave"/>.</summary>
    internal bool Enter()
    {
        if (_left-- <= 0 || _depth > 200 || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        _depth++;
        return true;
    }

    internal void Leave() => _depth--;
}
