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
    private readonly Segment[] _segments;
    private readonly bool _hasOpenStart;
    private string? _type;
    private string? _text;

    private ResourceIdPattern(Segment[] segments, bool hasOpenStart)
    {
        _segments = segments;
        _hasOpenStart = hasOpenStart;
        IsComplete = !hasOpenStart && !Array.Exists(segments, segment => segment.IsHole);
    }

    /// <summary>The pattern of a value; null when it is no string of at least two segments.</summary>
    public static ResourceIdPattern? From(Value id)
    {
        switch (id)
        {
            case StringValue text:
                var words = Split(text.Text.AsSpan().Trim('/'));
                return words.Length < 2 ? null : new ResourceIdPattern(words, false);
            case PartialString partial:
                var hasOpenStart = partial.Parts[0].Hole is { Shape: not ValueShape.IdSegment };
                var segments = Split(partial);
                return segments.Length < 2 ? null : new ResourceIdPattern(segments, hasOpenStart);
            default:
                return null;
        }
    }

    /// <summary>Compares with another id.</summary>
    public IdMatch Match(ResourceIdPattern other)
    {
        var isOpen = _hasOpenStart || other._hasOpenStart;
        var (left, right) = (_segments, other._segments);
        if (!isOpen && left.Length != right.Length)
        {
            return IdMatch.No;
        }

        var result = left.Length == right.Length ? IdMatch.Same : IdMatch.Possible;
        for (var i = 1; i <= Math.Min(left.Length, right.Length); i++)
        {
            var (one, two) = (left[^i], right[^i]);
            if (string.Equals(one.Text, two.Text, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            // A name that is not known fits every resource of its type, which is no match at all.
            if ((!one.IsHole && !two.IsHole) || i == 1)
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
        for (var i = _segments.Length - 3; i >= 0; i--)
        {
            if (string.Equals(_segments[i].Text, "providers", StringComparison.OrdinalIgnoreCase))
            {
                var words = new List<string> { _segments[i + 1].Text };
                for (var j = i + 2; j < _segments.Length; j += 2)
                {
                    words.Add(_segments[j].Text);
                }

                return string.Join('/', words);
            }
        }

        return null;
    }

    /// <summary>Names of the segments from the end: <c>Name(0)</c> is the last.</summary>
    public string Name(int fromEnd) => fromEnd < _segments.Length ? _segments[^(fromEnd + 1)].Text : "";

    /// <summary>The same id without its last type and name.</summary>
    public ResourceIdPattern Parent => new(_segments.Length > 2 ? _segments[..^2] : _segments, _hasOpenStart);

    /// <summary>True when no part of the id is unknown.</summary>
    public bool IsComplete { get; }

    /// <summary>The id as it was written, without slashes at its ends.</summary>
    internal string Text => _text ??= string.Join('/', Array.ConvertAll(_segments, segment => segment.Text));

    /// <summary>The name before the last type, that of the parent of a child resource; null when it is not known.</summary>
    internal string? ParentName => _segments.Length > 2 && _segments[^3] is { IsHole: false } segment ? segment.Text : null;

    private static Segment[] Split(ReadOnlySpan<char> text)
    {
        var segments = new Segment[text.Count('/') + 1];
        for (var i = 0; i < segments.Length; i++)
        {
            var end = text.IndexOf('/');
            segments[i] = new Segment(Word(end < 0 ? text : text[..end]), false);
            text = text[(end + 1)..];
        }

        return segments;
    }

    // A hole is written {expression} in the pattern, and the expression may itself contain slashes. Empty segments are left out.
    private static Segment[] Split(PartialString partial)
    {
        var segments = new Segment[partial.Parts.Sum(part => part.Literal?.AsSpan().Count('/') ?? 0) + 1];
        var count = 0;
        var current = "";
        var isHole = false;
        foreach (var part in partial.Parts)
        {
            if (part.Hole is { } hole)
            {
                current = $"{current}{{{hole.Expression}}}";
                isHole = true;
                continue;
            }

            var rest = part.Literal.AsSpan();
            for (var end = rest.IndexOf('/'); end >= 0; end = rest.IndexOf('/'))
            {
                Add(rest[..end]);
                rest = rest[(end + 1)..];
            }

            current = current.Length == 0 ? Word(rest) : string.Concat(current, rest);
        }

        Add("");
        return count == segments.Length ? segments : segments[..count];

        void Add(ReadOnlySpan<char> last)
        {
            var text = current.Length == 0 ? Word(last) : last.IsEmpty ? current : string.Concat(current, last);
            if (text.Length > 0)
            {
                segments[count++] = new Segment(text, isHole);
            }

            (current, isHole) = ("", false);
        }
    }

    // Nearly every id has these, and a run meets ids by the hundred thousand.
    private static string Word(ReadOnlySpan<char> text) => text switch
    {
        "" => "",
        "subscriptions" => "subscriptions",
        "resourceGroups" => "resourceGroups",
        "providers" => "providers",
        "Microsoft.Compute" => "Microsoft.Compute",
        "virtualMachines" => "virtualMachines",
        "disks" => "disks",
        "images" => "images",
        "galleries" => "galleries",
        "versions" => "versions",
        _ => text.ToString(),
    };

    private readonly record struct Segment(string Text, bool IsHole);
}
