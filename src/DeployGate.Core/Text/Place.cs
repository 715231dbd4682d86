namespace DeployGate.Core.Text;

/// <summary>A range in a file: what a report points at.</summary>
public sealed record Place(SourceText Source, TextSpan Span)
{
    /// <summary>Where the range begins.</summary>
    public LinePosition Start => Source.PositionOf(Span.Start);

    /// <summary>Where the range ends: the position after its last code unit.</summary>
    public LinePosition End => Source.PositionOf(Span.End);

    /// <summary><c>path:line:column</c>, the form that editors and terminals open.</summary>
    public override string ToString() => $"{Source.Path}:{Start.Line}:{Start.Column}";

    /// <summary>The text in the range, cut to its first line.</summary>
    public string FirstLine => Source.FirstLineOf(Span.Start, Math.Min(Span.Length, Source.Length - Span.Start));

    /// <summary><c>path:line</c>: places of the same line are one place for a reader.</summary>
    public string LineKey => $"{Source.Path}:{Start.Line}";

    /// <summary>Two places are the same when they name the same range of a file of the same path.</summary>
    public bool Equals(Place? other) => other is not null && Span == other.Span && Source.Path == other.Source.Path;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Span, Source.Path);
}

/// <summary>A value with the place it was written.</summary>
public sealed record Located<T>(T Value, Place Place);
