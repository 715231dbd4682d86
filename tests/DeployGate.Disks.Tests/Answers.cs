using DeployGate.Core.Assessment;

namespace DeployGate.Disks.Tests;

/// <summary>Takes an answer apart, or fails with what it says instead.</summary>
internal static class Answers
{
    internal static T Value<T>(this Lookup<T> lookup) => lookup.Match(
        value => value,
        place => throw new InvalidOperationException($"absent: {place}"),
        failure => throw new InvalidOperationException($"unreadable: {failure.Message}"));

    internal static string Failure<T>(this Lookup<T> lookup) => lookup.Match(
        value => throw new InvalidOperationException($"found: {value}"),
        place => throw new InvalidOperationException($"absent: {place}"),
        failure => failure.Message);
}
