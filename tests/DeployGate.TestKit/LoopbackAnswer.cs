using System.Collections.Immutable;

namespace DeployGate.TestKit;

/// <summary>One answer of the server.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, of JSON where Azure would send JSON.</param>
public sealed record LoopbackAnswer(int Status, string Body)
{
    /// <summary>Headers of the answer.</summary>
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The wait before the answer, on top of the server's latency.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>True when the connection breaks in the middle of the body.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>A success.</summary>
    public static LoopbackAnswer Ok(string body) => new(200, body);

    /// <summary>A refusal in Azure's form.</summary>
    public static LoopbackAnswer Error(int status, string code, string message = "") =>
        new(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");

    /// <summary>Too many requests; try again after some seconds.</summary>
    public static LoopbackAnswer Throttled(int seconds) =>
        Error(429, "OperationNotAllowed", "The server rejected the request because too many requests have been received.") with { Headers = [("Retry-After", $"{seconds}")] };
}
