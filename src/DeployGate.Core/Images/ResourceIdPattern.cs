using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>How well two ids fit one another.</summary>
public enum IdMatch
{
    /// <summary>They name different resources.</summary>
    No,

    /// <summary>All that is known of both agrees, and something is not known.</summary>
    Possible,

    /// <summary>They are the same, known part by known part and hole by hole.</summary>
    Same,
}

/// <summary>
/// A resource id of which parts may be unknown. Compares without case. Where an id begins with an unknown of more than one
/// segment (a gallery's id in a parameter), its known end is compared.
/// </summary>
public sealed class ResourceIdPattern
{
    /// <summary>So many ids are one piece of work for a thread.</summary>
    internal const int AtATime = 1000;

    // The segments are pieces of one text, which most ids have already: a run meets ids by the hundred thousand.
    private readonly string _text;
    private readonly Segment[] _segments;
    private readonly int _count;
    private readonly bool _hasOpenStart;
    private string? _type;

    private ResourceIdPattern(string text, Segment[] segments, int count, bool hasOpenStart)
    {
        (_text, _segments, _count, _hasOpenStart) = (text, segments, count, hasOpenStart);
        IsComplete = !hasOpenStart && !HasHole();
    }

    /// <summary>The pattern of a value; null when it is no string of at least two segments.</summary>
    public static ResourceIdPattern? From(Value id)
    {
        switch (id)
        {
            case StringValue { Text: var text }:
                var segments = Split(text);
                return segments.Length < 2 ? null : new ResourceIdPattern(text, segments, segments.Length, false);
            case PartialString partial:
                var hasOpenStart = partial.Parts[0].Hole is { Shape: not ValueShape.IdSegment };
                var (pieces, count) = Split(partial);
                return count < 2 ? null : new ResourceIdPattern(partial.Pattern, pieces, count, hasOpenStart);
            default:
                return null;
        }
    }

    /// <summary>Compares with another id.</summary>
    public IdMatch Match(ResourceIdPattern other)
    {
        var isOpen = _hasOpenStart || other._hasOpenStart;
        if (!isOpen && _count != other._count)
        {
            return IdMatch.No;
        }

        var result = _count == other._count ? IdMatch.Same : IdMatch.Possible;
        for (var i = 1; i <= Math.Min(_count, other._count); i++)
        {
            var (one, two) = (_count - i, other._count - i);
            if (At(one).Equals(other.At(two), StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            // A name that is not known fits every resource of its type, which is no match at all.
            if ((!_segments[one].IsHole && !other._segments[two].IsHole) || i == 1)
            {
                return IdMatch.No;
            }

            result = IdMatch.Possible;
        }

        return result;
    }

    /// <summary>The resource type the id names, <c>Microsoft.Compute/galleries/images</c>; null when it cannot be told.</summary>
    public string? Type => _type ??= FindType();

    private string? FindType()
    {
        for (var i = _count - 3; i >= 0; i--)
        {
            if (At(i).Equals("providers", StringComparison.OrdinalIgnoreCase))
            {
                return TypeFrom(i + 1);
            }
        }

        return null;
    }

    // The namespace, and then every second segment.
    private string TypeFrom(int first)
    {
        var longest = _segments[_count - 1].End - _segments[first].Start + 1;
        var buffer = longest <= 256 ? stackalloc char[longest] : new char[longest];
        var length = 0;
        for (var i = first; i < _count; i += i == first ? 1 : 2)
        {
            At(i).CopyTo(buffer[length..]);
            length += _segments[i].Length;
            buffer[length++] = '/';
        }

        return ArtifactTypes.TextOf(buffer[..(length - 1)]);
    }

    /// <summary>Names of the segments from the end: <c>Name(0)</c> is the last.</summary>
    public string Name(int fromEnd) => fromEnd < _count ? At(_count - 1 - fromEnd).ToString() : "";

    /// <summary>The same id without its last type and name.</summary>
    public ResourceIdPattern Parent => new(_text, _segments, _count > 2 ? _count - 2 : _count, _hasOpenStart);

    /// <summary>True when no part of the id is unknown.</summary>
    public bool IsComplete { get; }

    /// <summary>The id as it was written, without slashes at its ends.</summary>
    internal ReadOnlySpan<char> Text => _text.AsSpan(_segments[0].Start, _segments[_count - 1].End - _segments[0].Start);

    /// <summary>The last segment.</summary>
    internal ReadOnlySpan<char> LastName => At(_count - 1);

    /// <summary>The last segment of <see cref="Parent"/>.</summary>
    internal ReadOnlySpan<char> LastNameOfParent => At(_count > 2 ? _count - 3 : _count - 1);

    /// <summary>The name before the last type, that of the parent of a child resource; nothing when it is not known.</summary>
    internal ReadOnlySpan<char> ParentName => HasParentName ? At(_count - 3) : [];

    /// <summary>True when the name before the last type is known.</summary>
    internal bool HasParentName => _count > 2 && !_segments[_count - 3].IsHole;

    private ReadOnlySpan<char> At(int segment) => _text.AsSpan(_segments[segment].Start, _segments[segment].Length);

    private bool HasHole()
    {
        for (var i = 0; i < _count; i++)
        {
            if (_segments[i].IsHole)
            {
                return true;
            }
        }

        return false;
    }

    private static Segment[] Split(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart('/').Length;
        var rest = text.AsSpan(start).TrimEnd('/');
        var segments = new Segment[rest.Count('/') + 1];
        for (var i = 0; i < segments.Length; i++)
        {
            var length = rest.IndexOf('/') is >= 0 and var slash ? slash : rest.Length;
            segments[i] = new Segment(start, length, false);
            start += length + 1;
            rest = i == segments.Length - 1 ? [] : rest[(length + 1)..];
        }

        return segments;
    }

    // The pieces of the pattern's text, in which a hole is written {expression}: an expression may itself contain slashes. Empty segments are left out.
    private static (Segment[] Segments, int Count) Split(PartialString partial)
    {
        var segments = new Segment[Slashes(partial) + 1];
        var (count, start, end, isHole) = (0, 0, 0, false);
        foreach (var part in partial.Parts)
        {
            if (part.Hole is { } hole)
            {
                end += hole.Expression.Length + 2;
                isHole = true;
                continue;
            }

            foreach (var character in part.Literal!)
            {
                if (character == '/')
                {
                    Add();
                    start = end + 1;
                }

                end++;
            }
        }

        Add();
        return (segments, count);

        void Add()
        {
            if (end > start)
            {
                segments[count++] = new Segment(start, end - start, isHole);
            }

            isHole = false;
        }
    }

    private static int Slashes(PartialString partial)
    {
        var count = 0;
        foreach (var part in partial.Parts)
        {
            count += part.Literal.AsSpan().Count('/');
        }

        return count;
    }

    private readonly struct Segment(int start, int length, bool isHole)
    {
        internal int Start => start;

        internal int Length => length;

        internal int End => start + length;

        internal bool IsHole => isHole;
    }
}
