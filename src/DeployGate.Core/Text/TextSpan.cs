namespace DeployGate.Core.Text;

/// <summary>A half-open range <c>[Start, End)</c> of a <see cref="SourceText"/>, zero-based, in UTF-16 code units.</summary>
public readonly record struct TextSpan
{
    /// <summary>Creates a span; a negative start or length is a defect of the caller.</summary>
    public TextSpan(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Start = start;
        Length = length;
    }

    /// <summary>Offset of the first code unit.</summary>
    public int Start { get; }

    /// <summary>Number of code units; zero is an empty span at <see cref="Start"/>.</summary>
    public int Length { get; }

    /// <summary>Offset after the last code unit.</summary>
    public int End => Start + Length;

    /// <summary>The span from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);
}
