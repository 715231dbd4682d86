using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Targets.Answers;
using DeployGate.Fuzz.Targets.Disks;
using DeployGate.Fuzz.Targets.Pipelines;
using DeployGate.Fuzz.Targets.Settings;
using DeployGate.Fuzz.Targets.Templates;

namespace DeployGate.Fuzz.Targets;

/// <summary>Every target there is.</summary>
internal static class TargetCatalog
{
    internal static IReadOnlyList<FuzzTarget> All { get; } = [.. TemplateTargets.All, .. PipelineTargets.All, .. FactsTargets.All, .. NetworkTargets.All, .. ReportTargets.All, .. SettingsTargets.All, .. DiskTargets.All];

    internal static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
