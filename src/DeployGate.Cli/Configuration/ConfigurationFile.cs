using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;
using DeployGate.Core.Rules;

namespace DeployGate.Cli.Configuration;

/// <summary>What <c>deploygate.yml</c> says. Paths are full; what it does not say is null or empty.</summary>
internal sealed record ConfigurationFile
{
    /// <summary>No configuration.</summary>
    internal static ConfigurationFile None { get; } = new();

    /// <summary>Where the deployments go.</summary>
    internal ConfiguredContext Context { get; init; } = new(null, null, null);

    /// <summary>Where actual state comes from: full paths, and <c>azure</c>.</summary>
    internal ImmutableArray<string> States { get; init; } = [];

    /// <summary>Disks, in the form of <c>--disk</c>.</summary>
    internal ImmutableArray<string> Disks { get; init; } = [];

    /// <summary>What is deployed with what.</summary>
    internal ImmutableArray<ConfiguredDeployment> Deployments { get; init; } = [];

    /// <summary>Chosen severities by rule id.</summary>
    internal IReadOnlyDictionary<string, Severity> Severities { get; init; } = RuleSettings.Default.Severities;

    /// <summary>Rules that may not be waived.</summary>
    internal IReadOnlySet<string> Unwaivable { get; init; } = new HashSet<string>();

    /// <summary>What the team accepts.</summary>
    internal ImmutableArray<Waiver> Waivers { get; init; } = [];

    /// <summary>Files and folders with policies of the team's own.</summary>
    internal ImmutableArray<string> Policies { get; init; } = [];

    /// <summary>Where restored registry modules lie.</summary>
    internal string? ModuleCache { get; init; }

    /// <summary>Reports, in the form of <c>--report</c>.</summary>
    internal ImmutableArray<string> Reports { get; init; } = [];

    /// <summary>What an undecided use does.</summary>
    internal OnUnknown? OnUnknown { get; init; }

    /// <summary>The baseline.</summary>
    internal string? Baseline { get; init; }

    /// <summary>The revision since which uses are reported.</summary>
    internal string? ChangedSince { get; init; }

    /// <summary>How old facts may be without a remark, in the form of <c>--max-age</c>.</summary>
    internal string? MaxAge { get; init; }

    /// <summary>The most seconds that all lookups together may take.</summary>
    internal int? Timeout { get; init; }

    /// <summary>Use no network.</summary>
    internal bool Offline { get; init; }

    /// <summary>No colour, also on a terminal.</summary>
    internal bool NoColor { get; init; }

    /// <summary>Errors and the verdict only.</summary>
    internal bool Quiet { get; init; }

    /// <summary>List every use.</summary>
    internal bool Verbose { get; init; }
}

/// <summary>Where deployments go; null where nothing is said.</summary>
internal sealed record ConfiguredContext(string? Subscription, string? ResourceGroup, string? Location);

/// <summary>One deployment: a template with the parameter files that are given together, later over earlier.</summary>
internal sealed record ConfiguredDeployment(string Template, ImmutableArray<string> Parameters, ConfiguredContext Context);

/// <summary>A configuration, or what is wrong with it.</summary>
internal sealed record ConfigurationRead(ConfigurationFile? File, string? Error);
