namespace DeployGate.Core.Assessment;

/// <summary>
/// The answer to "what stands there?": found, proven not to be there, or not readable. Three answers, never two: a gate that takes
/// unreadable for absent lets the wrong deployment through.
/// </summary>
/// <typeparam name="T">What was looked for.</typeparam>
public abstract record Lookup<T>
{
    private Lookup()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Value">What stands there.</param>
    public sealed record Found(T Value) : Lookup<T>;

    /// <summary>It was looked for where it would be, and is not there.</summary>
    /// <param name="Place">Where it was looked for, in the words of the thing that was read.</param>
    public sealed record Absent(string Place) : Lookup<T>;

    /// <summary>It could not be told.</summary>
    /// <param name="Failure">Why.</param>
    public sealed record Unreadable(ReadFailure Failure) : Lookup<T>;

    /// <summary>One function per case, so that a new case breaks every caller at compile time.</summary>
    public TOut Match<TOut>(Func<T, TOut> found, Func<string, TOut> absent, Func<ReadFailure, TOut> unreadable) => this switch
    {
        Found it => found(it.Value),
        Absent it => absent(it.Place),
        Unreadable it => unreadable(it.Failure),
        _ => throw new InvalidOperationException("A fourth case of a lookup."),
    };

    /// <summary>The same answer about something made of what was found.</summary>
    public Lookup<TOut> Map<TOut>(Func<T, TOut> make) => Match<Lookup<TOut>>(
        value => new Lookup<TOut>.Found(make(value)),
        place => new Lookup<TOut>.Absent(place),
        failure => new Lookup<TOut>.Unreadable(failure));

    /// <summary>A further look at what was found.</summary>
    public Lookup<TOut> Then<TOut>(Func<T, Lookup<TOut>> look) => Match(
        look,
        place => new Lookup<TOut>.Absent(place),
        failure => new Lookup<TOut>.Unreadable(failure));
}

/// <summary>Why something could not be read: an expected failure, as a value.</summary>
/// <param name="Place">What was being read: <c>NTFS: MFT record 5</c>, <c>VHD footer</c>.</param>
/// <param name="Offset">Where, in bytes from the start of the source that <paramref name="Place"/> names; null when no offset applies.</param>
/// <param name="Expected">What would have stood there, or what is supported.</param>
/// <param name="Actual">What stands there instead.</param>
public sealed record ReadFailure(string Place, long? Offset, string Expected, string Actual)
{
    /// <summary>One sentence: what, where, expected, found.</summary>
    public string Message => Offset is { } offset
        ? FormattableString.Invariant($"{Place}, byte {offset}: expected {Expected}, found {Actual}")
        : $"{Place}: expected {Expected}, found {Actual}";
}
