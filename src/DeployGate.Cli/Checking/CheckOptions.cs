using System.Collections.Immutable;
using DeployGate.Cli.Inspecting;
using DeployGate.Core.Decisions;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>What the user asked <c>check</c> and <c>resolve</c> to do.</summary>
internal sealed record CheckOptions
{
    /// <summary>Files and folders, or <c>-</c> for standard input.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary>Parameter files as given: <c>FILE</c> or <c>TEMPLATE=FILE</c>.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>Facts files and folders, and <c>azure</c>.</summary>
    public ImmutableArray<string> States { get; init; } = [];

    /// <summary>Disks, or their recorded inspections, as given: <c>ID_OR_URI=PATH_OR_URL</c>.</summary>
    public ImmutableArray<string> Disks { get; init; } = [];

    /// <summary>Where the deployment goes.</summary>
    public DeploymentTarget Target { get; init; } = new();

    /// <summary>The folder of restored registry modules; null for the compiler's own.</summary>
    public string? ModuleCache { get; init; }

    /// <summary>How Azure is asked when <c>azure</c> is among the states; null when it must not be asked.</summary>
    public LiveAccess? Live { get; init; }

    /// <summary>What inspections may do.</summary>
    public InspectionConsent Consent { get; init; } = InspectionConsent.None;

    /// <summary>How old facts may be without a remark; null when any age is accepted.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The clock by which ages are told.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What an undecided use does.</summary>
    public OnUnknown OnUnknown { get; init; } = OnUnknown.Warn;
}
