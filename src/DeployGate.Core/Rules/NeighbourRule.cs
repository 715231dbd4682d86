using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>One source of a use, and what it really is.</summary>
public sealed record SourceCase(ImageSource Source, StateAssessment State)
{
    /// <summary>What the source is, with its name: <c>virtual machine 'vm-build'</c>.</summary>
    public string Text => State.Lineage.IsEmpty ? $"image '{State.SourceName}'" : $"{State.Lineage[0].Kind} '{State.SourceName}'";
}

/// <summary>A use as the rules beside the matrix see it: nothing is walked twice.</summary>
/// <param name="Use">The use.</param>
/// <param name="Sources">Each source with its assessment; several when only the deployment chooses.</param>
/// <param name="Verdict">What the matrix says.</param>
/// <param name="Catalog">The artifacts, as the evaluation sees them.</param>
public sealed record UseContext(ImageUse Use, ImmutableArray<SourceCase> Sources, Verdict Verdict, ArtifactCatalog Catalog)
{
    /// <summary>When the run takes place; null when it is not known.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The uses of the same template or pipeline that were judged before.</summary>
    public IReadOnlyList<UseContext> Earlier { get; init; } = [];

    /// <summary>The answer for the first source if every source has one: of several, only the deployment knows which it is.</summary>
    internal T? Agreed<T>(Func<SourceCase, T?> check)
        where T : class
    {
        T? first = null;
        foreach (var source in Sources)
        {
            if (check(source) is not { } answer)
            {
                return null;
            }

            first ??= answer;
        }

        return first;
    }
}

/// <summary>What a rule beside the matrix found.</summary>
public sealed record NeighbourFinding
{
    /// <summary>The first line.</summary>
    public required string Message { get; init; }

    /// <summary>Where it points.</summary>
    public required Place Location { get; init; }

    /// <summary>A few words for the marked range.</summary>
    public required string Label { get; init; }

    /// <summary>The cause.</summary>
    public required string Why { get; init; }

    /// <summary>The cure.</summary>
    public required string Fix { get; init; }

    /// <summary>What tells this finding from others of the rule at the same resource, when lines move: a name, never a place.</summary>
    public required string About { get; init; }

    /// <summary>What Azure answers; null when it answers nothing.</summary>
    public string? Azure { get; init; }

    /// <summary>Other places that belong to it.</summary>
    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>What was observed.</summary>
    public ImmutableArray<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>What Azure does, where that is not what the rule usually means.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>True when it rests on what is only likely: it warns and closes no gate.</summary>
    public bool IsLikely { get; init; }
}

/// <summary>A rule about a use that the matrix does not decide: what else has to fit between an image and what uses it.</summary>
public abstract class NeighbourRule : Rule
{
    /// <summary>What is wrong with the use; nothing when nothing is known to be.</summary>
    public abstract IEnumerable<NeighbourFinding> Check(UseContext one);
}

/// <summary>A rule about a resource that uses no image by itself, of a type that <see cref="UseCatalog.Concerns"/>.</summary>
public abstract class ResourceRule : Rule
{
    /// <summary>What is wrong with a declared resource; nothing when nothing is known to be.</summary>
    public abstract IEnumerable<NeighbourFinding> Check(ResolvedResource resource, ArtifactCatalog catalog);
}
