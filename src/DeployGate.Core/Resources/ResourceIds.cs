using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Core.Resources;

/// <summary>Builds resource ids by interleaving the segments of a type and a name.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid"/>
public static class ResourceIds
{
    /// <summary>
    /// The id of a resource: <paramref name="scope"/>, <c>/providers/</c>, then type and name segments in turn; the old form of
    /// an extension (<c>A/b/providers/d</c> named <c>x/C/y</c>) comes out right by itself. Where a name of several segments cannot be taken apart, the rest
    /// of the id is one hole.
    /// </summary>
    public static Value Build(Value scope, string type, Value name)
    {
        if (string.Equals(type, "Microsoft.Resources/resourceGroups", StringComparison.OrdinalIgnoreCase))
        {
            return IdText.Join(scope, "/resourceGroups/", name);
        }

        var count = type.AsSpan().Count('/');
        if (count == 1)
        {
            return Of(scope, type, [name]);
        }

        var names = Segments(name, count);
        if (names.IsEmpty && name is UnknownValue { Alternatives.IsEmpty: false } choice)
        {
            return choice with { Alternatives = [.. choice.Alternatives.Select(one => Build(scope, type, one))] };
        }

        if (names.IsEmpty)
        {
            var hole = new UnknownValue(UnknownReason.EvaluationError, "name", $"the name of the '{type}' has not as many segments as its type");
            return IdText.Join(scope, "/providers/", type, "/", name is UnknownValue unknown ? unknown : hole);
        }

        return Of(scope, type, names.AsSpan());
    }

    /// <summary>
    /// The id of as many names as the type has segments behind its provider: <paramref name="scope"/>, <c>/providers/</c>, then type and name
    /// segments in turn.
    /// </summary>
    public static Value Of(Value scope, ReadOnlySpan<char> type, ReadOnlySpan<Value> names)
    {
        var id = new TextJoin(stackalloc char[256]);
        id.Add(scope);
        id.Add("/providers/");
        id.Add(NextSegment(ref type));
        foreach (var name in names)
        {
            id.Add("/");
            id.Add(NextSegment(ref type));
            id.Add("/");
            id.Add(name);
        }

        return id.ToValue();
    }

    // The text up to the next slash, which leaves what is behind it.
    private static ReadOnlySpan<char> NextSegment(ref ReadOnlySpan<char> path)
    {
        var end = path.IndexOf('/');
        var segment = end < 0 ? path : path[..end];
        path = end < 0 ? [] : path[(end + 1)..];
        return segment;
    }

    /// <summary>The segments of a name when it has exactly <paramref name="count"/> of them; otherwise empty.</summary>
    public static ImmutableArray<Value> Segments(Value name, int count)
    {
        if (count == 1)
        {
            return [name];
        }

        var segments = AllSegments(name);
        return segments.Length == count ? segments : [];
    }

    /// <summary>The segments of a name or id, as many as its known slashes make; empty when nothing of it is known.</summary>
    public static ImmutableArray<Value> AllSegments(Value name) => name switch
    {
        StringValue text => [.. text.Text.Split('/').Select(Value (part) => new StringValue(part))],
        PartialString partial => Split(partial),
        _ => [],
    };

    // A hole may itself contain a slash; the caller's check of the count keeps only the split that can be meant.
    private static ImmutableArray<Value> Split(PartialString name)
    {
        var segments = ImmutableArray.CreateBuilder<Value>();
        var current = new List<StringPart>();
        foreach (var part in name.Parts)
        {
            if (part.Literal is null)
            {
                current.Add(part);
                continue;
            }

            var pieces = part.Literal.Split('/');
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    segments.Add(Whole(current));
                    current.Clear();
                }

                current.Add(new StringPart(pieces[i]));
            }
        }

        segments.Add(Whole(current));
        return segments.ToImmutable();
    }

    private static Value Whole(List<StringPart> parts)
    {
        var joined = PartialString.Join(parts);
        return joined is PartialString { Parts: [{ Hole: { } only }] } ? only : joined;
    }
}
