using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        var typeSegments = type.Split('/');
        if (string.Equals(type, "Microsoft.Resources/resourceGroups", StringComparison.OrdinalIgnoreCase))
        {
            return IdText.Join(scope, "/resourceGroups/", name);
        }

        var names = Segments(name, typeSegments.Length - 1);
        if (names.IsEmpty && name is UnknownValue { Alternatives.IsEmpty: false } choice)
        {
            return choice with { Alternatives = [.. choice.Alternatives.Select(one => Build(scope, type, one))] };
        }

        if (names.IsEmpty)
        {
            var hole = new UnknownValue(UnknownReason.EvaluationError, "name", $"the name of the '{type}' has not as many segments as its type");
            return IdText.Join(scope, "/providers/", type, "/", name is UnknownValue unknown ? unknown : hole);
        }

        var parts = new List<IdPart>(4 * typeSegments.Length) { scope, "/providers/", typeSegments[0] };
        for (var i = 1; i < typeSegments.Length; i++)
        {
            parts.Add("/");
            parts.Add(typeSegments[i]);
            parts.Add("/");
            parts.Add(names[i - 1]);
        }

        return IdText.Join(CollectionsMarshal.AsSpan(parts));
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
