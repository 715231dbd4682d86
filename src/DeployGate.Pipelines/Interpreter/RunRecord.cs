using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>What following a pipeline has shown so far, and how much of it may still be followed.</summary>
internal sealed class RunRecord(ISourceFiles files)
{
    private const int MostNodes = 2_000_000;
    private const int MostEntries = 50_000;
    private const int MostForks = 300;

    // Each level of loops doubles what is followed.
    private const int MostLoops = 4;

    private readonly HashSet<(Place, string)> _remarked = [];
    private readonly HashSet<(Place, string)> _reported = [];
    private bool _hasForgotten;
    private int _forks;
    private int _loops;
    private int _nodes;
    private int _numbers;

    internal ISourceFiles Files => files;

    internal List<StepOperation> Operations { get; } = [];

    internal List<MachineAction> Actions { get; } = [];

    internal List<StepDeployment> Deployments { get; } = [];

    internal List<StepRemark> Remarks { get; } = [];

    internal List<Problem> Problems { get; } = [];

    /// <summary>The step that runs.</summary>
    internal string Step { get; set; } = "";

    /// <summary>Functions, scripts and scripts in scripts that are open.</summary>
    internal int CallDepth { get; set; }

    /// <summary>Opens one more branch inside those that are open; false when they are too many.</summary>
    internal bool TryFork(Place place)
    {
        if (_forks < MostForks)
        {
            _forks++;
            return true;
        }

        Remark(place, $"branches are followed {MostForks} deep", RemarkCodes.Limit);
        return false;
    }

    /// <summary>Closes what <see cref="TryFork"/> opened.</summary>
    internal void EndFork() => _forks--;

    /// <summary>Opens a loop; false when it lies so deep in others that its second turn is not followed.</summary>
    internal bool TryLoop(Place place)
    {
        if (_loops++ < MostLoops)
        {
            return true;
        }

        Remark(place, $"the second turn of loops is followed {MostLoops} loops deep", RemarkCodes.Limit);
        return false;
    }

    /// <summary>Closes what <see cref="TryLoop"/> opened, whatever it said.</summary>
    internal void EndLoop() => _loops--;

    /// <summary>A number that nothing else in this run has.</summary>
    internal int NextNumber() => ++_numbers;

    /// <summary>Counts one thing that is evaluated; false when there were too many.</summary>
    internal bool Take(LazyPlace place)
    {
        // Scripts nest as deep as their authors like; what does not fit the stack is not followed.
        if (++_nodes <= MostNodes && RuntimeHelpers.TryEnsureSufficientExecutionStack() && Operations.Count + Actions.Count + Deployments.Count < MostEntries)
        {
            return true;
        }

        if (!Remarks.Exists(remark => remark.Code == RemarkCodes.Limit))
        {
            Remark(place.Value!, "the scripts do too much to be followed to their end", RemarkCodes.Limit);
        }

        return false;
    }

    internal void Remark(Place place, string message, string code)
    {
        if (Remarks.Count < 1000 && _remarked.Add((place, code)))
        {
            Remarks.Add(new StepRemark(place, message, code));
        }
    }

    /// <summary>Says once in a run that resources were forgotten, where that is first noticed.</summary>
    internal void RemarkForgotten(Place place)
    {
        if (!_hasForgotten)
        {
            _hasForgotten = true;
            Remark(place, $"only the latest {World.MostRecent} resources that steps make or change are remembered: what was done to others before is not known from here on", RemarkCodes.Limit);
        }
    }

    internal void Report(Place place, string message)
    {
        if (Problems.Count < 1000 && _reported.Add((place, message)))
        {
            Problems.Add(new Problem(place, message, "Correct the script; what is broken is not followed.", IsFatal: false));
        }
    }

    internal PipelineRun ToRun(SourceText source, ImmutableArray<Problem> problems) =>
        new(source, [.. Operations], [.. Actions], [.. Deployments], [.. Remarks], [.. problems, .. Problems]);
}
