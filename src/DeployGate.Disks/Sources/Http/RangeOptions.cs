using System.Collections.Immutable;

namespace DeployGate.Disks.Sources.Http;

/// <summary>How a disk behind an address is read.</summary>
/// <param name="AllowedHosts">Hosts that may be private or loopback addresses, may be asked over plain http, and may be redirected to.</param>
/// <param name="RequestTime">Time for one request, its answer's body included.</param>
/// <param name="MaxAttempts">How often a request is sent at most.</param>
public sealed record RangeOptions(ImmutableArray<string> AllowedHosts, TimeSpan RequestTime, int MaxAttempts)
{
    /// <summary>No host beside the one that is named; 30 seconds a request; 5 attempts.</summary>
    public static RangeOptions Default { get; } = new([], TimeSpan.FromSeconds(30), 5);

    /// <summary>Ends the request that runs and every later one, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Stop { get; init; }

    // An address writes a number of IPv6 in brackets, a connection without.
    internal bool Allows(string host) => AllowedHosts.Any(allowed => string.Equals(allowed.Trim('[', ']'), host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));
}
