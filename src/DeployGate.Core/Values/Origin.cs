using DeployGate.Core.Text;

namespace DeployGate.Core.Values;

/// <summary>
/// Where a person wrote a value, and the way it took from there: each <see cref="Hop"/> is a place that passed it on
/// (a parameter's use, a variable's use, a module's parameter), the last hop being nearest to the use.
/// </summary>
public sealed record Origin(Place Place, Hop? LastHop = null)
{
    /// <summary>True when nobody wrote the value: it is what a command takes when it is not told, or what follows from it.</summary>
    public bool IsImplied { get; init; }

    /// <summary>
    /// The same origin, seen through one more place that passes the value on. Places inside one another are one hop: the
    /// first to name what it is wins.
    /// </summary>
    public Origin Through(Place place, string what)
    {
        if (Overlaps(place, Place) || (LastHop is not null && Overlaps(place, LastHop.Place)))
        {
            return this;
        }

        return this with { LastHop = new Hop(place, what, LastHop) };
    }

    private static bool Overlaps(Place one, Place other) =>
        ReferenceEquals(one.Source, other.Source) && one.Span.Start < other.Span.End && other.Span.Start < one.Span.End;

    /// <summary>The hops from the use back to the place where the value was written.</summary>
    public IEnumerable<Hop> Hops
    {
        get
        {
            for (var hop = LastHop; hop is not null; hop = hop.Before)
            {
                yield return hop;
            }
        }
    }
}

/// <summary>A place that passed a value on; <paramref name="What"/> says what it is (<c>parameter 'osState'</c>).</summary>
public sealed record Hop(Place Place, string What, Hop? Before);
