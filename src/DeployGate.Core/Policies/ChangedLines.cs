using System.Collections.Immutable;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>Lines from <paramref name="First"/> to <paramref name="Last"/>, both included, counted from 1.</summary>
public readonly record struct LineRange(int First, int Last);

/// <summary>The lines that were written, or stand beside lines that were removed, since a revision.</summary>
/// <param name="Since">The revision as the user named it.</param>
/// <param name="Files">The lines by path as reports show it; a file that is new counts whole.</param>
public sealed record ChangedLines(string Since, ImmutableDictionary<string, ImmutableArray<LineRange>> Files)
{
    /// <summary>True when a line of the place was changed.</summary>
    public bool Touch(Place place) =>
        Files.TryGetValue(place.Source.Path, out var ranges) && ranges.Any(range => range.First <= place.End.Line && place.Start.Line <= range.Last);

    /// <summary>True when a line was changed that says something about the resource, in any file: its own, a parameter file, a module.</summary>
    public bool Touch(ResolvedResource resource) => Touch(resource.Declaration) || Touch(resource.Body) || Touch(resource.Name);

    private bool Touch(Value value) => Touch(value.Origin) || value switch
    {
        ObjectValue map => map.Members.Any(member => (member.NamePlace is { } name && Touch(name)) || Touch(member.Value)),
        ArrayValue list => list.Items.Any(Touch),
        UnknownValue choice => choice.Alternatives.Any(Touch),
        _ => false,
    };

    private bool Touch(Origin? origin) => origin is not null && (Touch(origin.Place) || origin.Hops.Any(hop => Touch(hop.Place)));
}

/// <summary>What of a run was touched: the changed lines, and the resources that they say something about.</summary>
public sealed class Touched
{
    private readonly ChangedLines _lines;
    private readonly HashSet<Place> _declarations;

    /// <summary>Looks at all resources of a run once.</summary>
    public Touched(ChangedLines lines, IEnumerable<ResolvedResource> resources)
    {
        _lines = lines;
        _declarations = [.. resources.Where(lines.Touch).Select(resource => resource.Declaration)];
    }

    /// <summary>True when a resource was touched, or a place of an explanation, or a resource that it names.</summary>
    public bool IsTouched(ResolvedResource resource, params ReadOnlySpan<IEnumerable<RelatedPlace>> places)
    {
        if (_declarations.Contains(resource.Declaration))
        {
            return true;
        }

        foreach (var some in places)
        {
            if (some.Any(IsTouched))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a place, or the resource that is declared there, was touched.</summary>
    public bool IsTouched(Place place) => _declarations.Contains(place) || _lines.Touch(place);

    private bool IsTouched(RelatedPlace related) => IsTouched(related.Place);
}
