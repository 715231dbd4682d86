using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Core.Values;

/// <summary>
/// A value of the template languages: known, partly known, or unknown with a reason; each may be secret, and each
/// carries where it was written. Nothing is ever invented: what cannot be known is <see cref="UnknownValue"/>.
/// </summary>
public abstract record Value
{
    // Not read-only: the origin of most values is never asked for, and is made when it is.
    private LazyOrigin _origin;

    /// <summary>A value of a measure that <see cref="Sizes"/> takes of its parts; one that has none and is known is 1.</summary>
    private protected Value(int measure = 1) => Measure = measure;

    /// <summary>Where a person wrote the value; null for values that no text stands for.</summary>
    public Origin? Origin
    {
        get => _origin.Value;
        init => _origin = new LazyOrigin(value);
    }

    /// <summary>The place of the origin. To set it makes an origin that nothing has passed on yet.</summary>
    public LazyPlace WrittenAt
    {
        get => _origin.Place;
        init => _origin = new LazyOrigin(value);
    }

    /// <summary>True when a person wrote the value somewhere: there is a place of it.</summary>
    public bool IsWritten => !_origin.IsNone;

    private LazyOrigin Passed
    {
        init => _origin = value;
    }

    /// <summary>True when the value must never be printed, whether it is known or not.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The size; negative where the value or a part of it is not known.</summary>
    internal int Measure { get; private protected init; }

    /// <summary>Number of nodes in this value, itself included; saturates. Evaluators bound it, since sharing hides growth.</summary>
    public long Size => Math.Abs(Measure);

    /// <summary>True when the value and all its parts are known.</summary>
    public bool IsFullyKnown => Measure > 0;

    /// <summary>The same value written at <paramref name="origin"/>.</summary>
    public Value At(Origin? origin) => origin is null || ReferenceEquals(origin, Origin) ? this : this with { Origin = origin };

    /// <summary>True when some place has passed the value on since it was written.</summary>
    public bool IsPassedOn => _origin.IsPassedOn;

    /// <summary>True when the value is seen through a place already, so that to pass it on there changes nothing.</summary>
    public bool IsSeenThrough(LazyPlace place) => _origin.Covers(place);

    /// <summary>
    /// The same value, seen through one more place that passes it on; itself where nobody wrote it. <paramref name="what"/> says what the
    /// place is; with a <paramref name="name"/> it is put in quotes behind that (<c>parameter 'osState'</c>) when somebody asks.
    /// </summary>
    public Value Through(LazyPlace place, string what, string? name = null) => _origin.IsNone ? this : this with { Passed = _origin.Through(place, what, name) };

    /// <summary>The same value, secret.</summary>
    public Value AsSecret() => IsSecret ? this : this with { IsSecret = true };
}

/// <summary>JSON's null; in a resource the same as an absent member.</summary>
public sealed record NullValue : Value
{
    /// <summary>The null that stands nowhere.</summary>
    public static NullValue Instance { get; } = new();
}

/// <summary>True or false.</summary>
public sealed record BoolValue(bool IsTrue) : Value;

/// <summary>A 64-bit integer.</summary>
public sealed record IntValue(long Number) : Value;

/// <summary>A number that is not an integer; the lexeme is kept, so that printing changes nothing.</summary>
public sealed record FloatValue(double Number, string Lexeme) : Value;

/// <summary>A wholly known string.</summary>
public sealed record StringValue(string Text) : Value;

/// <summary>
/// A string of which some parts are known: literal text and holes in order, neighbouring literals joined, at least one hole.
/// </summary>
public sealed record PartialString(ImmutableArray<StringPart> Parts) : Value(-1)
{
    /// <summary>The text before the first hole.</summary>
    public string KnownStart => Parts[0].Literal ?? "";

    /// <summary>The text after the last hole.</summary>
    public string KnownEnd => Parts[^1].Literal ?? "";

    /// <summary>The text with each hole as <c>{expression}</c>; the same string where it was asked for lately, since reports show the same ids again and again.</summary>
    public string Pattern
    {
        get
        {
            var pattern = new TextJoin(stackalloc char[512]);
            foreach (var part in Parts)
            {
                if (part.Hole is { } hole)
                {
                    pattern.Add("{");
                    pattern.Add(hole.Expression.AsSpan());
                    pattern.Add("}");
                }
                else
                {
                    pattern.Add(part.Literal.AsSpan());
                }
            }

            return pattern.ToText();
        }
    }

    /// <summary>Joins parts to the simplest value: a string when there is no hole, otherwise a partial string.</summary>
    public static Value Join(IEnumerable<StringPart> parts)
    {
        var joined = new TextJoin(stackalloc char[256]);
        foreach (var part in parts)
        {
            joined.Add(part);
        }

        return joined.ToValue();
    }
}

/// <summary>A part of a string: known text, or a hole that an unknown value will fill.</summary>
public readonly record struct StringPart
{
    private readonly object _held;

    /// <summary>A known part.</summary>
    public StringPart(string literal) => _held = literal;

    /// <summary>An unknown part.</summary>
    public StringPart(UnknownValue hole) => _held = hole;

    /// <summary>The text, or null for a hole.</summary>
    public string? Literal => _held as string;

    /// <summary>The unknown value, or null for known text.</summary>
    public UnknownValue? Hole => _held as UnknownValue;
}

/// <summary>An array; with <paramref name="Rest"/> it may have more items than those listed, in unknown places.</summary>
public sealed record ArrayValue(ImmutableArray<Value> Items, UnknownValue? Rest = null) : Value(Sizes.Measure(Items, Rest))
{
    /// <summary>The items that are known to be there, in order.</summary>
    public ImmutableArray<Value> Items { get; } = Items;

    /// <summary>Why there may be more items than those listed; null when these are all.</summary>
    public UnknownValue? Rest
    {
        get;
        init => (field, Measure) = (value, Sizes.Measure(Items, value));
    } = Rest;
}

/// <summary>
/// What an unknown value is known to be: nothing at all, or its shape, or the values it may have.
/// </summary>
public enum ValueShape
{
    /// <summary>Nothing is known.</summary>
    Any,

    /// <summary>Some string.</summary>
    Text,

    /// <summary>Some string without a slash: a subscription id, a resource group's name.</summary>
    IdSegment,

    /// <summary>Some integer.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>Some array.</summary>
    List,

    /// <summary>Some object.</summary>
    Map,
}

/// <summary>A value that cannot be known before the deployment.</summary>
/// <param name="Reason">The class of the reason.</param>
/// <param name="Expression">What was asked for, as written or nearly so: <c>subscription().subscriptionId</c>. Never a secret.</param>
/// <param name="Detail">A sentence for people: why, and what would make it known.</param>
public sealed record UnknownValue(UnknownReason Reason, string Expression, string Detail) : Value(Sizes.OfUnknown([]))
{
    /// <summary>What the value is known to be.</summary>
    public ValueShape Shape { get; init; }

    /// <summary>Every value it may have, when they are few and known; otherwise empty.</summary>
    public ImmutableArray<Value> Alternatives
    {
        get;
        init => (field, Measure) = (value, Sizes.OfUnknown(value.AsSpan()));
    } = [];
}
