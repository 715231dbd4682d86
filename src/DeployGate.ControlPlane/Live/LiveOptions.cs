namespace DeployGate.ControlPlane.Live;

/// <summary>How actual state is read from Azure.</summary>
public sealed record LiveOptions
{
    /// <summary>The word with which reports name Azure as a source.</summary>
    public const string Source = "Azure";

    /// <summary>The cloud.</summary>
    public required AzureCloud Cloud { get; init; }

    /// <summary>The environment, which decides how to log in.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The limit of all lookups of a run together, logins and waits included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The subscription for what belongs to none of its own; null when it is not known.</summary>
    public string? Subscription { get; init; }

    /// <summary>The region for what is asked for by region; null when it is not known.</summary>
    public string? Location { get; init; }

    /// <summary>The most requests at one time.</summary>
    public int Concurrency { get; init; } = 16;
}
