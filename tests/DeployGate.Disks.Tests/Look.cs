using DeployGate.Core.Assessment;

namespace DeployGate.Disks.Tests;

/// <summary>Takes lookups apart, and fails with what was said instead.</summary>
internal static class Look
{
    internal static T Found<T>(this Lookup<T> lookup) => lookup.Match(
        value => value,
        place => throw new Xunit.Sdk.XunitException("Absent: " + place),
        failure => throw new Xunit.Sdk.XunitException("Unreadable: " + failure.Message));

    internal static string Unreadable<T>(this Lookup<T> lookup) => lookup.Match(
        value => throw new Xunit.Sdk.XunitException("Found: " + value),
        place => throw new Xunit.Sdk.XunitException("Absent: " + place),
        failure => failure.Message);

    internal static void Absent<T>(this Lookup<T> lookup) => Assert.IsType<Lookup<T>.Absent>(lookup);
}
