namespace DeployGate.Core.Text;

/// <summary>
/// A place that becomes an object when it is first asked for: nobody asks where most of what is read stands. Null where there is none.
/// A field of this type must not be read-only.
/// </summary>
public struct LazyPlace : IEquatable<LazyPlace>
{
    private readonly TextSpan _span;

    // The text until the place is asked for, and the place from then on. Of threads that ask at once each gets an equal one.
    private object? _held;

    /// <summary>The place of a range of a text.</summary>
    public LazyPlace(SourceText source, TextSpan span) => (_held, _span) = (source, span);

    /// <summary>A place that is there already, or none.</summary>
    public LazyPlace(Place? place) => _held = place;

    /// <summary>True when there is no place.</summary>
    public readonly bool IsNone => _held is null;

    /// <summary>The place; null when there is none.</summary>
    public Place? Value
    {
        get
        {
            var held = _held;
            if (held is SourceText source)
            {
                held = _held = new Place(source, _span);
            }

            return (Place?)held;
        }
    }

    /// <summary>The text that the place is in; null when there is no place.</summary>
    public readonly SourceText? Source => _held as SourceText ?? ((Place?)_held)?.Source;

    /// <summary>The range in the text; empty when there is no place.</summary>
    public readonly TextSpan Span => _held is Place place ? place.Span : _span;

    /// <summary>True when two ranges of one text have a character in common; no place has none.</summary>
    internal static bool Overlap(LazyPlace one, LazyPlace other) =>
        !one.IsNone && ReferenceEquals(one.Source, other.Source) && one.Span.Start < other.Span.End && other.Span.Start < one.Span.End;

    /// <summary>What the place is made of: a text or a place, and the range in the text.</summary>
    internal readonly (object? Held, TextSpan Span) Parts => (_held, _span);

    /// <summary>A place that is there already, or none.</summary>
    public static implicit operator LazyPlace(Place? place) => new(place);

    /// <summary>A place that is there already, or none.</summary>
    public static LazyPlace FromPlace(Place? place) => new(place);

    /// <summary>Two are equal when their places are.</summary>
    public static bool operator ==(LazyPlace one, LazyPlace other) => one.Equals(other);

    /// <summary>Two differ when their places do.</summary>
    public static bool operator !=(LazyPlace one, LazyPlace other) => !one.Equals(other);

    /// <inheritdoc/>
    public bool Equals(LazyPlace other) => Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LazyPlace other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value?.GetHashCode() ?? 0;
}
