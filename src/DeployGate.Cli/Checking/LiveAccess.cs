using DeployGate.Cli.Output;
using DeployGate.ControlPlane.Live;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>
/// How Azure is asked, should it be. The libraries of Azure are loaded by <see cref="Open"/> and by nothing before it: a run that
/// needs no live state does not pay for them.
/// </summary>
internal sealed record LiveAccess(LiveOptions Options, Func<LiveOptions, LiveFacts>? Opener)
{
    /// <summary>The limit when the user names none: a person waits that long, and a pipeline's step does not notice.</summary>
    private const int DefaultTimeoutSeconds = 100;

    private const int LongestTimeoutSeconds = 3600;

    /// <summary>Where the signed address of a disk leads; to itself, but for tests.</summary>
    internal Func<Uri, Uri> RouteDisk { get; init; } = address => address;

    /// <summary>Reads the options; the error is for the user.</summary>
    internal static (LiveAccess? Access, string? Error) Parse(string? cloudName, int? timeout, DeploymentTarget target, Surroundings surroundings)
    {
        var host = surroundings.Environment("AZURE_AUTHORITY_HOST");
        if (AzureCloud.Find(cloudName, host) is not { } cloud)
        {
            return (null, string.IsNullOrEmpty(cloudName)
                ? $"AZURE_AUTHORITY_HOST: '{host}' is the login address of no known cloud; name one with --cloud: {AzureCloud.Names}"
                : $"--cloud {cloudName}: write one of {AzureCloud.Names}");
        }

        if (timeout is <= 0 or > LongestTimeoutSeconds)
        {
            return (null, $"--timeout {timeout}: write a number of seconds from 1 to {LongestTimeoutSeconds}");
        }

        var options = new LiveOptions
        {
            Cloud = cloud,
            Environment = surroundings.Environment,
            Clock = surroundings.Clock,
            Timeout = TimeSpan.FromSeconds(timeout ?? DefaultTimeoutSeconds),
            Subscription = target.Subscription ?? surroundings.Environment("AZURE_SUBSCRIPTION_ID"),
            Location = target.Location,
        };
        return (new LiveAccess(options, surroundings.OpenAzure) { RouteDisk = surroundings.RouteDisk }, null);
    }

    /// <summary>Begins lookups of one run.</summary>
    internal LiveFacts Open() => Opener?.Invoke(Options) ?? new LiveFacts(Options);
}
