using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Output;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;
using DeployGate.Templates;

namespace DeployGate.Cli.Commands;

/// <summary>The options that commands share, declared once.</summary>
internal sealed class Options
{
    internal Argument<string[]> Paths { get; } = new("paths")
    {
        Description = "Templates, parameter files, pipelines, scripts or folders; '-' reads standard input. Default: the current folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal Option<string[]> Parameters { get; } = Many("--parameters", "Parameter file for a template: [TEMPLATE=]FILE.");

    internal Option<string[]> States { get; } = Many("--state", "Where the actual state comes from, first answer wins: azure (live), a facts file, raw JSON of az or the REST API, or a folder of them.");

    internal Option<string[]> Disks { get; } = Many("--disk", "The bytes, or the recorded inspection, of a disk, snapshot, VM or VHD: ID_OR_URI=PATH_OR_URL.");

    internal Option<string[]> Policies { get; } = Many("--policy", "Rules of your own: a policy file, or a folder of them.");

    internal Option<string[]> AllowHosts { get; } = Many("--allow-host", "A host that disks may be read from although its address is private, or over http, and that redirects may lead to.");

    internal Option<bool> AllowDiskAccess { get; } = new("--allow-disk-access") { Description = "Read managed disks and snapshots by their id: begins a read access (beginGetAccess) and ends it." };

    internal Option<string?> Subscription { get; } = new("--subscription") { Description = "The subscription id the templates are deployed to." };

    internal Option<string?> ResourceGroup { get; } = new("--resource-group", "-g") { Description = "The resource group the templates are deployed to." };

    internal Option<string?> Location { get; } = new("--location", "-l") { Description = "The location of the deployment." };

    internal Option<string?> ModuleCache { get; } = new("--module-cache") { Description = "Where restored Bicep modules lie. Default: the compiler's cache, ~/.bicep." };

    internal Option<string[]> AllowEnv { get; } = Many("--allow-env", "The name of an environment variable that readEnvironmentVariable() of a .bicepparam file may read.");

    internal Option<string?> Config { get; } = NewConfig();

    internal Option<bool> Offline { get; } = new("--offline") { Description = "Use no network, whatever else is said: azure is not asked." };

    internal Option<int?> Timeout { get; } = new("--timeout") { Description = "With --state azure: the most seconds that all lookups together may take. Default: 100." };

    internal Option<string?> Cloud { get; } = new("--cloud") { Description = "With --state azure: AzureCloud, AzureUSGovernment or AzureChinaCloud. Default: that of AZURE_AUTHORITY_HOST, else AzureCloud." };

    internal Option<string?> MaxAge { get; } = new("--max-age") { Description = "Say of facts files older than this that they are stale: 90m, 24h, 7d." };

    /// <summary>What the user allows inspections to do; null and an error for the user when it cannot be understood.</summary>
    internal (InspectionConsent? Consent, string? Error) ReadConsent(ParseResult parsed, DeploymentTarget target, ConfigurationFile configuration, Surroundings surroundings)
    {
        var (access, error) = LiveAccess.Parse(parsed.GetValue(Cloud), parsed.GetValue(Timeout) ?? configuration.Timeout, target, surroundings);
        return ReadConsent(parsed, access, error, configuration);
    }

    private (InspectionConsent? Consent, string? Error) ReadConsent(ParseResult parsed, LiveAccess? access, string? error, ConfigurationFile configuration)
    {
        var isOffline = parsed.GetValue(Offline) || configuration.Offline;
        var isAsked = parsed.GetValue(AllowDiskAccess) || parsed.GetValue(Cloud) is not null || parsed.GetValue(Timeout) is not null;
        return access is null && isAsked
            ? (null, error)
            : (new InspectionConsent(parsed.GetValue(AllowHosts) ?? [], parsed.GetValue(AllowDiskAccess), isOffline, isOffline ? null : access), null);
    }

    internal void AddContextTo(Command command)
    {
        command.Add(Paths);
        command.Add(Parameters);
        command.Add(Subscription);
        command.Add(ResourceGroup);
        command.Add(Location);
        command.Add(ModuleCache);
        command.Add(AllowEnv);
        command.Add(Config);
        command.Add(Offline);
    }

    /// <summary>What the command line and the configuration say, the command line first; null and an error for the user when the configuration is wrong.</summary>
    internal (CheckOptions? Options, string? Error) Read(ParseResult parsed, Surroundings surroundings)
    {
        var (configuration, error) = new ConfigurationReader(surroundings.WorkingFolder).Read(parsed.GetValue(Config));
        return configuration is null ? (null, error) : (Read(parsed, configuration, surroundings.Environment), null);
    }

    private CheckOptions Read(ParseResult parsed, ConfigurationFile configuration, Func<string, string?> environment) => new()
    {
        Paths = parsed.GetValue(Paths) is { Length: > 0 } paths ? [.. paths] : ["."],
        Parameters = [.. parsed.GetValue(Parameters) ?? []],
        ModuleCache = parsed.GetValue(ModuleCache) ?? configuration.ModuleCache,
        Target = new DeploymentTarget(
            parsed.GetValue(Subscription) ?? configuration.Context.Subscription,
            parsed.GetValue(ResourceGroup) ?? configuration.Context.ResourceGroup,
            parsed.GetValue(Location) ?? configuration.Context.Location)
        {
            Environment = (parsed.GetValue(AllowEnv) ?? []).Distinct().ToDictionary(name => name, environment, StringComparer.Ordinal),
        },
        Configuration = configuration,
        States = parsed.GetValue(States) is { Length: > 0 } states ? [.. states] : configuration.States,
        Disks = parsed.GetValue(Disks) is { Length: > 0 } disks ? [.. disks] : configuration.Disks,
        Settings = new RuleSettings { OnUnknown = configuration.OnUnknown ?? OnUnknown.Warn, Severities = configuration.Severities },
    };

    /// <summary>Adds what says where the actual state comes from; null and an error for the user when it cannot be understood.</summary>
    internal (CheckOptions? Options, string? Error) ReadState(ParseResult parsed, CheckOptions check, Surroundings surroundings)
    {
        var configuration = check.Configuration;
        var timeout = parsed.GetValue(Timeout) ?? configuration.Timeout;
        var (access, error) = LiveAccess.Parse(parsed.GetValue(Cloud), timeout, check.Target, surroundings);
        if (error is not null && (check.States.Contains("azure", StringComparer.OrdinalIgnoreCase) || parsed.GetValue(Cloud) is not null || timeout is not null))
        {
            return (null, error);
        }

        var written = parsed.GetValue(MaxAge) ?? configuration.MaxAge;
        var age = written is null ? null : Ages.Read(written);
        if (age is null && written is { } wrong)
        {
            return (null, $"--max-age {wrong}: write a number and m, h or d: 90m, 24h, 7d");
        }

        var (consent, refused) = ReadConsent(parsed, access, error, configuration);
        return consent is null
            ? (null, refused)
            : (check with { Consent = consent, Live = parsed.GetValue(Offline) || configuration.Offline ? null : access, MaxAge = age, Clock = surroundings.Clock, Now = surroundings.Clock.GetUtcNow() }, null);
    }

    /// <summary><c>--config</c>, for commands that have few of the other options.</summary>
    internal static Option<string?> NewConfig() => new("--config") { Description = "The configuration. Default: the nearest deploygate.yml upward." };

    internal static Option<string[]> Many(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    internal static OnUnknown? OnUnknownOf(string? word) => word?.ToLowerInvariant() switch
    {
        null or "warn" => OnUnknown.Warn,
        "pass" => OnUnknown.Pass,
        "fail" => OnUnknown.Fail,
        _ => null,
    };
}
