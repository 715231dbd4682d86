using System.Collections.Immutable;
using DeployGate.Core.Policies;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>Something wrong in a policy file.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What.</param>
/// <param name="Fix">What to do.</param>
/// <param name="IsWarning">True for what the policy works in spite of.</param>
internal sealed record PolicyMistake(Place Place, string Message, string Fix, bool IsWarning = false);

/// <summary>A policy and the cases it is tested by.</summary>
internal sealed record TestedPolicy(Policy Policy, ImmutableArray<PolicyCase> Cases);

/// <summary>A case: an input, and what the policy must say of it.</summary>
internal sealed record PolicyCase
{
    internal required string Name { get; init; }

    internal required Place Place { get; init; }

    /// <summary>A whole template, Bicep or ARM JSON; null for the other inputs.</summary>
    internal SourceText? Template { get; init; }

    /// <summary>The fields of a use; null for the other inputs.</summary>
    internal ObjectValue? Use { get; init; }

    /// <summary>Recorded facts, as JSON; null when there are none.</summary>
    internal SourceText? Facts { get; init; }

    /// <summary>The time of the case; null for that of the run.</summary>
    internal DateTimeOffset? Now { get; init; }

    /// <summary>One of <see cref="PolicyKeys.Expectations"/>.</summary>
    internal required string Expect { get; init; }
}

/// <summary>What was read of a policy file.</summary>
internal sealed record PolicyDocument(SourceText Source, ImmutableArray<TestedPolicy> Policies, ImmutableArray<PolicyMistake> Mistakes)
{
    internal bool IsBroken => Mistakes.Any(mistake => !mistake.IsWarning);
}
