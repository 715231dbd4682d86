using System.Globalization;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Reports;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG7003: a machine is created from an image whose end of life is past or near.</summary>
public sealed class ImageEndOfLife : NeighbourRule
{
    /// <summary>How long before the end it is said: time enough to build and publish another image.</summary>
    private static readonly TimeSpan s_near = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG7003", "image-end-of-life", Severity.Warning, At(Stage.Deploy), Outcome.None,
        "A machine is created from an image whose end of life is past or near.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one) =>
        one.Use.Stage == Stage.Deploy && one.Now is { } now && one.Agreed(source => Find(one, source, now)) is { } found ? [found] : [];

    private static NeighbourFinding? Find(UseContext one, SourceCase source, DateTimeOffset now) => EndsOf(one, source)
        .OfType<Trait>()
        .Select(trait => (Trait: trait, Date: DateOf(trait)))
        .Where(end => end.Date - now <= s_near)
        .OrderBy(end => end.Date)
        .Select(end => Explain(source, end.Trait, end.Date!.Value, now))
        .FirstOrDefault();

    private static IEnumerable<Trait?> EndsOf(UseContext one, SourceCase source)
    {
        switch (source.Source)
        {
            case ImageSource.Marketplace market when one.Catalog.Published.FindInMarketplace(market.Name, null, isWanted: false) is { } fact:
                yield return Trait.Of(fact, $"the Marketplace image '{market.Name}'", "properties", "imageDeprecationStatus", "scheduledDeprecationTime");
                break;
            case ImageSource.Resource { Id: var id }:
                foreach (var trait in EndsOf(one.Catalog, id))
                {
                    yield return trait;
                }

                break;
        }
    }

    private static IEnumerable<Trait?> EndsOf(ArtifactCatalog catalog, Value id)
    {
        var type = catalog.TypeOf(id);
        var isVersion = string.Equals(type, ArtifactTypes.Version, StringComparison.OrdinalIgnoreCase);
        if (isVersion || string.Equals(type, ArtifactTypes.Definition, StringComparison.OrdinalIgnoreCase))
        {
            yield return catalog.Peek(ArtifactTypes.Definition, catalog.DefinitionOf(id)) is { } definition ? Trait.Of(definition, "properties", "endOfLifeDate") : null;
            yield return isVersion && catalog.Peek(ArtifactTypes.Version, id) is { } version ? Trait.Of(version, "properties", "publishingProfile", "endOfLifeDate") : null;
        }
        else if (type is null && catalog.Published.FindInGallery(id, null, isWanted: false) is { } fact)
        {
            yield return Trait.Of(fact, $"the image '{ArtifactCatalog.Show(id)}'", "properties", "endOfLifeDate");
        }
    }

    // Of several dates the last one counts: whichever is chosen, it is not later.
    private static DateTimeOffset? DateOf(Trait trait)
    {
        DateTimeOffset? last = null;
        foreach (var value in trait.Values)
        {
            if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            {
                return null;
            }

            last = last is null || date > last ? date : last;
        }

        return last;
    }

    private static NeighbourFinding Explain(SourceCase source, Trait trait, DateTimeOffset date, DateTimeOffset now)
    {
        var day = date.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var verb = date <= now ? "ended" : "ends";
        return new NeighbourFinding
        {
            Message = $"the life of {trait.Holder} {verb} on {day}",
            Location = source.Source.Place,
            Label = "the source is named here",
            Related =
            [
                .. source.Source.Hops,
                .. trait.Written is { } written ? [new RelatedPlace(written.Place, "the date is declared here")] : Array.Empty<RelatedPlace>(),
                .. source.State.Related,
            ],
            Evidence = [.. trait.Evidence is { } item ? [item] : Array.Empty<EvidenceItem>()],
            Why = "Whoever publishes the image says that nobody looks after it from that day on: machines made of it get no corrections with the next one. Azure still deploys it.",
            Fix = "Move to a version or an image that is looked after.",
            About = source.State.SourceName,
        };
    }
}
