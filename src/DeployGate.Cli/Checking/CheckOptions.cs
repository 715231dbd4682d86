using System.Collections.Immutable;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Sharding;
using DeployGate.Core.Policies;
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

    /// <summary>Files and folders with policies of the user's own.</summary>
    public ImmutableArray<string> Policies { get; init; } = [];

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

    /// <summary>The time of the run, read once: ages, waivers and policies are told by the same one, whatever the clock does meanwhile.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The clock by which waiting is measured.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What an undecided use does, and the chosen severities.</summary>
    public RuleSettings Settings { get; init; } = RuleSettings.Default;

    /// <summary>What <c>deploygate.yml</c> says; the command line has won already where both speak.</summary>
    public ConfigurationFile Configuration { get; init; } = ConfigurationFile.None;

    /// <summary>The file with the findings that were there before; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>The file that takes this run's findings as the new baseline; null for none.</summary>
    public string? NewBaseline { get; init; }

    /// <summary>The revision since which uses are reported; null for all.</summary>
    public string? ChangedSince { get; init; }

    /// <summary>The part of the run that is judged; null for all of it.</summary>
    public Shard? Shard { get; init; }
}
