using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Rules;
using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>The policies of a run, and the run's time.</summary>
/// <param name="Policies">In the order of their files.</param>
/// <param name="Now">What <c>utcNow()</c> answers.</param>
public sealed record PolicySet(ImmutableArray<Policy> Policies, DateTimeOffset Now)
{
    /// <summary>No policies.</summary>
    public static PolicySet None { get; } = new([], DateTimeOffset.UnixEpoch);

    /// <summary>True when a policy looks at resources: templates without a use of an image are then checked as well.</summary>
    public bool AsksResources => Policies.Any(policy => policy.Mode == PolicyMode.Resources && policy.Effect != PolicyEffect.Disabled);

    /// <summary>What the policies say of judged uses and of resources.</summary>
    public IEnumerable<Diagnostic> Judge(PolicySubject subject, RuleSettings settings, ImmutableArray<string> parameterFiles)
    {
        foreach (var policy in Policies)
        {
            if (policy.Mode == subject.Mode && policy.Effect != PolicyEffect.Disabled && PolicyFindings.Create(policy, subject, Now, settings) is { } finding)
            {
                yield return finding with { ParameterFiles = parameterFiles };
            }
        }
    }

    /// <summary>What the policies say of resources that are deployed.</summary>
    public IEnumerable<Diagnostic> Judge(IEnumerable<ResolvedResource> resources, RuleSettings settings, ImmutableArray<string> parameterFiles) => AsksResources
        ? resources.Where(resource => !resource.IsExisting && resource.Presence != Presence.Never).SelectMany(resource => Judge(PolicySubject.Of(resource), settings, parameterFiles))
        : [];

    /// <summary>What the policies say of a judged use.</summary>
    public IEnumerable<Diagnostic> Judge(RuleCase one, Verdict verdict, RuleSettings settings, ImmutableArray<string> parameterFiles) =>
        Policies.IsEmpty ? [] : Judge(PolicySubject.Of(one, verdict), settings, parameterFiles);
}

/// <summary>Values in the words of messages.</summary>
internal static class PolicyWords
{
    private const int LongestValue = 300;

    /// <summary>A value in one line: unknown parts in braces, secrets hidden, containers by their size.</summary>
    internal static string Show(Value value) => value switch
    {
        { IsSecret: true } => "***",
        NullValue => "(none)",
        BoolValue known => known.IsTrue ? "true" : "false",
        IntValue number => number.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        FloatValue number => number.Lexeme,
        ArrayValue list => string.Join(", ", list.Items.Take(8).Select(Show)) + (list.Items.Length > 8 || list.Rest is not null ? ", …" : ""),
        ObjectValue => "{…}",
        UnknownValue { Alternatives: [_, _, ..] alternatives } => string.Join(" or ", alternatives.Take(4).Select(Show)),
        _ => ArtifactCatalog.Show(value) is { Length: > LongestValue } text ? text[..LongestValue] + "…" : ArtifactCatalog.Show(value),
    };
}
