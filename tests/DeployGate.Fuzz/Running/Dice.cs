namespace DeployGate.Fuzz.Running;

/// <summary>
/// Random numbers that are the same on every version of .NET, and cheap to begin anew: each execution has dice of its own, so that its
/// number alone gives its input.
/// </summary>
/// <seealso href="https://prng.di.unimi.it/splitmix64.c"/>
internal sealed class Dice : Random
{
    private ulong _state;

    /// <summary>Begins the row of numbers of one execution.</summary>
    internal void Begin(ulong seed, long index)
    {
        _state = seed;
        _state = NextWord() ^ (ulong)index;
        NextWord();
    }

    /// <summary>True once in so many times.</summary>
    internal bool OneIn(int times) => Next(times) == 0;

    /// <summary>One of a list.</summary>
    internal T Of<T>(IReadOnlyList<T> list) => list[Next(list.Count)];

    private ulong NextWord()
    {
        var word = _state += 0x9E3779B97F4A7C15;
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }

    /// <inheritdoc/>
    public override int Next() => (int)(NextWord() >> 33) & int.MaxValue;

    /// <inheritdoc/>
    public override int Next(int maxValue) => (int)((NextWord() >> 32) * (ulong)maxValue >> 32);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => minValue + (int)NextInt64((long)maxValue - minValue);

    /// <inheritdoc/>
    public override long NextInt64() => (long)(NextWord() >> 1);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => maxValue <= 0 ? 0 : (long)Math.BigMul(NextWord(), (ulong)maxValue, out _);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue) => minValue + NextInt64(maxValue - minValue);

    /// <inheritdoc/>
    public override double NextDouble() => (NextWord() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var one in buffer)
        {
            one = (byte)(NextWord() >> 56);
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();
}
