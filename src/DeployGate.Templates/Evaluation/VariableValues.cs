using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Evaluation;

/// <summary>The variables of a deployment, each evaluated when first asked for.</summary>
internal sealed class VariableValues(DeploymentEvaluation deployment)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _inProgress = [];

    internal Value Get(string name, LazyPlace asked)
    {
        if (_values.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!deployment.Model.Variables.TryGetValue(name, out var expression))
        {
            return Errors.At(asked.Value!, $"variables('{name}')", $"the template has no variable '{name}'");
        }

        if (Among(_inProgress, name) is >= 0 and var first)
        {
            deployment.Run.Report(Cycle(asked.Value!, "variable", [.. _inProgress[first..], name]));
            return Errors.At(asked.Value!, $"variables('{name}')", $"the variable '{name}' refers to itself");
        }

        _inProgress.Add(name);
        var value = deployment.Evaluator.Evaluate(expression, Frames.None);
        _inProgress.RemoveAt(_inProgress.Count - 1);
        return _values[name] = value;
    }

    /// <summary>Where a name, in any case, is among others; negative where it is not.</summary>
    internal static int Among(List<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    internal static Problem Cycle(Place place, string what, IReadOnlyList<string> names) => new(
        place,
        $"the {what} '{names[0]}' refers to itself: {string.Join(" -> ", names.Count <= 8 ? names : [.. names.Take(6), "…", names[^1]])}",
        "Break the circle: one of them must not use the other.",
        IsFatal: true);
}
