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
    public Origin Through(Place place, string what) => Covers(place) ? this : this with { LastHop = new Hop(place, what, LastHop) };

    /// <summary>True when the value is seen through a place already, so that to pass it on there changes nothing.</summary>
    public bool Covers(Place place) => LazyPlace.Overlap(place, Place) || LazyPlace.Overlap(place, LastHop?.Place);

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

/// <summary>An origin that becomes an object when it is first asked for, as <see cref="LazyPlace"/> does.</summary>
internal struct LazyOrigin : IEquatable<LazyOrigin>
{
    private readonly TextSpan _span;

    // The text, the place or the last passage until the origin is asked for, and the origin from then on.
    private object? _held;

    internal LazyOrigin(LazyPlace place) => (_held, _span) = place.Parts;

    internal LazyOrigin(Origin? origin) => _held = origin;

    private LazyOrigin(Passage passage) => _held = passage;

    internal Origin? Value
    {
        get
        {
            var held = _held;
            if (held is null or Origin)
            {
                return (Origin?)held;
            }

            var origin = held is Passage passage ? passage.ToOrigin() : new Origin(held as Place ?? new Place((SourceText)held, _span));
            _held = origin;
            return origin;
        }
    }

    /// <summary>True where no text stands for the value.</summary>
    internal readonly bool IsNone => _held is null;

    /// <summary>Where the value was written; none where no text stands for it.</summary>
    internal readonly LazyPlace Place => _held switch
    {
        SourceText source => new LazyPlace(source, _span),
        Place place => new LazyPlace(place),
        Origin origin => new LazyPlace(origin.Place),
        Passage passage => passage.WrittenAt,
        _ => default,
    };

    /// <summary>The last passage, while nobody has asked for the origin; else null.</summary>
    internal readonly Passage? LastPassage => _held as Passage;

    // The last place that the value is seen through; none where there is no such place.
    private readonly LazyPlace LastPlace => _held switch
    {
        Origin { LastHop: { } hop } => new LazyPlace(hop.Place),
        Passage passage => passage.Place,
        _ => default,
    };

    internal readonly bool IsPassedOn => _held is Passage or Origin { LastHop: not null };

    /// <summary>The same as <see cref="Origin.Covers"/>.</summary>
    internal readonly bool Covers(LazyPlace place) => LazyPlace.Overlap(place, Place) || LazyPlace.Overlap(place, LastPlace);

    /// <summary>The same as <see cref="Origin.Through"/>, for an origin that is there and does not cover the place.</summary>
    internal readonly LazyOrigin Through(LazyPlace place, string what, string? name) => new(new Passage(this, place, what, name));

    public bool Equals(LazyOrigin other) => Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is LazyOrigin other && Equals(other);

    public override int GetHashCode() => Value?.GetHashCode() ?? 0;
}

/// <summary>A value on its way through one more place. The value's origin is made of all its passages when somebody asks for it.</summary>
internal sealed class Passage
{
    private readonly string _what;
    private readonly string? _name;
    private readonly Passage _first;
    private LazyOrigin _before;
    private LazyPlace _place;

    internal Passage(LazyOrigin before, LazyPlace place, string what, string? name)
    {
        (_before, _place, _what, _name) = (before, place, what, name);
        _first = before.LastPassage?._first ?? this;
    }

    /// <summary>Where the value was written, before all passages.</summary>
    internal LazyPlace WrittenAt => _first._before.Place;

    /// <summary>The place that passes the value on.</summary>
    internal LazyPlace Place => _place;

    // Without recursion: a template may hand a value on as often as it likes.
    internal Origin ToOrigin()
    {
        var passages = new Stack<Passage>();
        var first = this;
        for (; first._before.LastPassage is { } before; first = before)
        {
            passages.Push(first);
        }

        var origin = first.After(first._before.Value!);
        while (passages.TryPop(out var next))
        {
            origin = next.After(origin);
        }

        return origin;
    }

    private Origin After(Origin origin) => origin with { LastHop = new Hop(_place.Value!, _name is null ? _what : $"{_what} '{_name}'", origin.LastHop) };
}
