using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Neighbours;

/// <summary>What somebody says of one property of an image: its generation, its architecture, its end of life.</summary>
/// <param name="Values">The value, or each value it may have where only the deployment chooses; never none.</param>
/// <param name="Holder">Who says it, in words: <c>the image definition 'erp'</c>.</param>
/// <param name="Written">Where a person wrote it; null for what Azure or an inspection shows.</param>
/// <param name="Evidence">The observation; null for what a person wrote.</param>
internal sealed record Trait(ImmutableArray<string> Values, string Holder, FoundValue? Written, EvidenceItem? Evidence)
{
    /// <summary>False for what follows from a sign, and is not said by anybody: it closes no gate.</summary>
    internal bool IsCertain { get; init; } = true;

    /// <summary>True when nobody wrote it: the API sets it where it is left out.</summary>
    internal bool IsDefault { get; init; }

    /// <summary>The values as people read them.</summary>
    internal string Text => string.Join(" or ", Values);

    /// <summary>True when no value of the one is a value of the other: whatever the deployment chooses, they do not agree.</summary>
    internal bool Contradicts(Trait other) => !Values.Any(value => other.Values.Contains(value, StringComparer.OrdinalIgnoreCase));

    /// <summary>What an artifact says: the template's word comes before the facts', since it is what will be deployed. Null when it is not known.</summary>
    internal static Trait? Of(Artifact artifact, params ReadOnlySpan<string> path)
    {
        if (artifact.Declared is { } resource && ValuePath.Find(resource.Body, resource.Declaration, path) is { } written)
        {
            return From(written, HolderOf(artifact));
        }

        foreach (var fact in artifact.Facts)
        {
            if (Of(fact, HolderOf(artifact), path) is { } trait)
            {
                return trait;
            }
        }

        return null;
    }

    /// <summary>What a fact shows; null when it does not.</summary>
    internal static Trait? Of(FactResource fact, string holder, params ReadOnlySpan<string> path)
    {
        var values = fact.Body.Get(path) is { } value ? TextsOf(value) : [];
        return values.IsEmpty ? null : new Trait(values, holder, null, Evident(fact, holder, $"{path[^1]} {values[0]}"));
    }

    /// <summary>What a person wrote; null when it is not known.</summary>
    internal static Trait? From(FoundValue written, string holder)
    {
        var values = TextsOf(written.Value);
        return values.IsEmpty ? null : new Trait(values, holder, written, null);
    }

    /// <summary>An observation of a fact.</summary>
    internal static EvidenceItem Evident(FactResource fact, string holder, string text) => new($"{fact.File}: {holder}", text, fact.ReadAt);

    /// <summary>People's words for an artifact.</summary>
    internal static string HolderOf(Artifact artifact) => $"the {ArtifactTypes.NameOf(artifact.Type)} '{OriginRecord.NameOf(artifact.Id)}'";

    /// <summary>True when a template of a known API version leaves a member out, so that the API's own default holds. The commands' defaults are others.</summary>
    internal static bool IsLeftOut(ResolvedResource resource, params ReadOnlySpan<string> path) =>
        resource.ApiVersion is StringValue && ValuePath.Find(resource.Body, resource.Declaration, path) is null;

    // A choice of which one part is not known may be anything.
    private static ImmutableArray<string> TextsOf(Value value)
    {
        var candidates = ValuePath.Candidates(value);
        return candidates.All(one => one is StringValue { IsSecret: false, Text.Length: > 0 })
            ? [.. candidates.Select(one => ((StringValue)one).Text).Distinct(StringComparer.OrdinalIgnoreCase)]
            : [];
    }
}
