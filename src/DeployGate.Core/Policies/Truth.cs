using DeployGate.Core.Text;

namespace DeployGate.Core.Policies;

/// <summary>What a condition amounts to, by Kleene's logic: true, false, or not known with a reason.</summary>
/// <param name="Value">True, false, or null for not known.</param>
/// <param name="Reason">Why it is not known, and what would decide it; empty when it is known.</param>
/// <param name="Place">Where the value that decided was written; null when it was written nowhere.</param>
public readonly record struct Truth(bool? Value, string Reason, Place? Place)
{
    /// <summary>Holds.</summary>
    public static Truth True { get; } = new(true, "", null);

    /// <summary>Does not hold.</summary>
    public static Truth False { get; } = new(false, "", null);

    /// <summary>Known.</summary>
    public static Truth Of(bool value) => value ? True : False;

    /// <summary>Not known; <paramref name="reason"/> says why.</summary>
    public static Truth Unknown(string reason) => new(null, reason, null);

    /// <summary>The opposite; what is not known stays so.</summary>
    public Truth Not() => this with { Value = !Value };

    /// <summary>The same, decided by a value that was written at <paramref name="place"/>.</summary>
    public Truth At(Place? place) => Place is null && place is not null ? this with { Place = place } : this;

    /// <summary>True when all are: one that is false decides, whatever is not known of the others.</summary>
    public static Truth All(IEnumerable<Truth> truths) => Fold(truths, decides: false);

    /// <summary>True when one is: that one decides, whatever is not known of the others.</summary>
    public static Truth Any(IEnumerable<Truth> truths) => Fold(truths, decides: true);

    private static Truth Fold(IEnumerable<Truth> truths, bool decides)
    {
        Truth? open = null;
        Place? first = null;
        foreach (var truth in truths)
        {
            if (truth.Value == decides)
            {
                return truth;
            }

            first ??= truth.Place;
            open ??= truth.Value is null ? truth : null;
        }

        return open ?? new Truth(!decides, "", first);
    }
}
