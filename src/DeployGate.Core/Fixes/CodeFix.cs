using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Core.Fixes;

/// <summary>Replaces a range of a file; an empty range inserts, an empty text removes.</summary>
public sealed record TextEdit(Place Place, string NewText)
{
    /// <summary>The text of one file with these edits, none of which may overlap another.</summary>
    public static string Apply(string content, IEnumerable<TextEdit> edits)
    {
        foreach (var edit in edits.OrderByDescending(edit => edit.Place.Span.Start))
        {
            content = string.Concat(content.AsSpan(0, edit.Place.Span.Start), edit.NewText, content.AsSpan(edit.Place.Span.End));
        }

        return content;
    }
}

/// <summary>The one safe cure of a finding, as changes of text that leave all else as it is.</summary>
/// <param name="Description">What is done, in a sentence.</param>
/// <param name="Edits">The changes; never none.</param>
public sealed record CodeFix(string Description, ImmutableArray<TextEdit> Edits)
{
    /// <summary>Two fixes are the same when they change the same text in the same way.</summary>
    public bool Equals(CodeFix? other) => other is not null && Edits.SequenceEqual(other.Edits);

    /// <inheritdoc/>
    public override int GetHashCode() => Edits.Aggregate(0, (hash, edit) => HashCode.Combine(hash, edit));
}
