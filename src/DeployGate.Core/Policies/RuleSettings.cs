using DeployGate.Core.Decisions;
using DeployGate.Core.Rules;

namespace DeployGate.Core.Policies;

/// <summary>What the user made of the rules' severities.</summary>
public sealed record RuleSettings
{
    /// <summary>Every rule as it is by itself.</summary>
    public static RuleSettings Default { get; } = new();

    /// <summary>What an undecided use does, where no severity is chosen for the rule that reports it.</summary>
    public OnUnknown OnUnknown { get; init; } = OnUnknown.Warn;

    /// <summary>The chosen severities, by rule id in any case; never changed once it is here.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The same with another word for undecided uses, which no chosen severity of the rules about them outweighs.</summary>
    public RuleSettings With(OnUnknown onUnknown)
    {
        var severities = new Dictionary<string, Severity>(Severities, StringComparer.OrdinalIgnoreCase);
        severities.Remove("DG9001");
        severities.Remove("DG9002");
        return this with { OnUnknown = onUnknown, Severities = severities };
    }

    /// <summary>The severity of a finding of a rule at a use with this verdict.</summary>
    public Severity Of(RuleDescriptor rule, Verdict verdict)
    {
        if (verdict == Verdict.Allowed)
        {
            return Severity.Off;
        }

        return Severities.TryGetValue(rule.Id, out var chosen) ? chosen : verdict switch
        {
            Verdict.Undecided => OfUndecided(),
            Verdict.Warned => Severity.Warning,
            _ => rule.Severity,
        };
    }

    /// <summary>The severity of a finding that may not apply, because of a condition that is not known: it never closes the gate.</summary>
    public Severity OfMaybe(RuleDescriptor rule, Verdict verdict) => (Severity)Math.Min((int)Of(rule, verdict), (int)Severity.Warning);

    /// <summary>The severity of a finding of a policy: the chosen one, or that of its effect.</summary>
    public Severity Of(Policy policy) => Severities.TryGetValue(policy.Id, out var chosen) ? chosen : policy.Severity;

    /// <summary>The severity where it is not known whether a policy holds: what is not known weighs no more than what is.</summary>
    public Severity OfUndecided(Policy policy) => (Severity)Math.Min((int)OfUndecided(), (int)Of(policy));

    /// <summary>What is said of a use whose finding has this severity: what nobody wants to hear of is allowed, and what is undecided stays so.</summary>
    public static Verdict VerdictOf(Verdict verdict, Severity severity) => (verdict, severity) switch
    {
        (Verdict.Undecided or Verdict.Allowed, _) => verdict,
        (_, Severity.Error) => Verdict.Blocked,
        (_, Severity.Off) => Verdict.Allowed,
        _ => Verdict.Warned,
    };

    private Severity OfUndecided() => OnUnknown switch
    {
        OnUnknown.Pass => Severity.Off,
        OnUnknown.Fail => Severity.Error,
        _ => Severity.Warning,
    };
}
