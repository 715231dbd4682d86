using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;

namespace DeployGate.Guest;

/// <summary>What one installation amounts to.</summary>
/// <param name="State">What the guest is.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Contradictions">What speaks against the state, or kept one from being told.</param>
internal sealed record GuestAnswer(GuestState State, string Reason, ImmutableArray<GuestEvidence> Contradictions)
{
    internal static GuestAnswer Of(GuestState state, string reason) => new(state, reason, []);
}

/// <summary>Something that was looked for on a disk: where, and the answer.</summary>
/// <param name="Place">Where, as people read it.</param>
/// <param name="Answer">What stands there.</param>
/// <typeparam name="T">What was looked for.</typeparam>
internal sealed record Marker<T>(string Place, Lookup<T> Answer)
{
    /// <summary>What stands there as evidence shows it.</summary>
    internal string Shown => Answer.Match(value => $"{value}", _ => "absent", failure => $"not read: {failure.Message}");

    internal bool IsFound => Answer is Lookup<T>.Found;

    internal bool IsAbsent => Answer is Lookup<T>.Absent;

    /// <summary>Why it was not read; null when it was, or is not there.</summary>
    internal string? WhyUnread => Answer is Lookup<T>.Unreadable unread ? unread.Failure.Message : null;

    internal T? OrDefault => Answer is Lookup<T>.Found found ? found.Value : default;

    internal GuestEvidence As(string says, EvidenceWeight weight) => new(Place, Shown, says, weight);
}
