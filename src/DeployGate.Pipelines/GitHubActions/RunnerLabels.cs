using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>What the labels of a runner tell about its system.</summary>
internal static class RunnerLabels
{
    internal static JobSystem System(YamlNode? runsOn, GitHubScope scope)
    {
        var labels = runsOn is YamlMapping group ? group["labels"] : runsOn;
        foreach (var label in YamlValues.Scalars(labels))
        {
            var value = GitHubText.Evaluate(label, scope, new Evaluation(RunValues.Empty));
            var texts = value switch
            {
                ArrayValue list => list.Items.Select(Texts.Print),
                PartialString partial => [partial.KnownStart],
                UnknownValue { Alternatives.Length: > 0 } unknown => unknown.Alternatives.Select(Texts.Print),
                _ => [Texts.Print(value)],
            };
            var systems = texts.Select(JobSystems.Of).Distinct().ToList();
            if (systems.Find(system => system != JobSystem.Unknown) is var found && found != JobSystem.Unknown && (systems.Count == 1 || value is ArrayValue))
            {
                return found;
            }
        }

        return JobSystem.Unknown;
    }
}
