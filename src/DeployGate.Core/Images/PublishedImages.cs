using DeployGate.Core.Assessment;
using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>What is known of images that others publish: those of community and shared galleries, and of the Marketplace.</summary>
public sealed class PublishedImages(SharedArtifacts shared)
{
    /// <summary>
    /// The image of a community or shared gallery, whose ids (<c>/CommunityGalleries/…/Images/…</c>) are not those of the
    /// facts (<c>…/locations/…/communityGalleries/…/images/…</c>): the common end tells.
    /// </summary>
    /// <param name="id">The id as a template writes it; a version behind it is left aside, since it shows no state.</param>
    /// <param name="place">From where the image is used.</param>
    /// <param name="isWanted">False to look only at what is known already.</param>
    public FactResource? FindInGallery(Value id, LookupPlace? place, bool isWanted = true)
    {
        if (IdInGallery(id) is not { } image)
        {
            return null;
        }

        var kind = image.Split('/')[1].ToLowerInvariant() switch
        {
            "communitygalleries" => "Microsoft.Compute/locations/communityGalleryImage",
            "sharedgalleries" => "Microsoft.Compute/locations/sharedGalleryImage",
            _ => null,
        };
        if (kind is not null && isWanted)
        {
            shared.Wanted?.Add(new WantedFact(kind, image, Place: place));
        }

        return shared.Facts.Resources.FirstOrDefault(fact => fact.Id.TrimEnd('/').EndsWith(image, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What Azure shows of a Marketplace image, asked for when its id is known in full.</summary>
    /// <param name="name"><c>publisher:offer:sku:version</c>; the version may be <c>latest</c>.</param>
    /// <param name="place">From where the image is used.</param>
    /// <param name="isWanted">False to look only at what is known already.</param>
    public FactResource? FindInMarketplace(string name, LookupPlace? place, bool isWanted = true)
    {
        if (name.Split(':') is not [var publisher, var offer, var sku, var version] || name.IndexOfAny(['{', '?', '*', '/']) >= 0)
        {
            return null;
        }

        var parent = $"/Publishers/{publisher}/ArtifactTypes/VMImage/Offers/{offer}/Skus/{sku}/Versions/";
        if (isWanted)
        {
            shared.Wanted?.Add(new WantedFact(ArtifactTypes.MarketplaceVersion, parent + version, Place: place));
        }

        var isLatest = string.Equals(version, "latest", StringComparison.OrdinalIgnoreCase);
        return shared.MarketplaceImages
            .Where(fact => isLatest ? fact.Id.Contains(parent, StringComparison.OrdinalIgnoreCase) : fact.Id.EndsWith(parent + version, StringComparison.OrdinalIgnoreCase))
            .MaxBy(fact => Version.TryParse(fact.Id.Split('/')[^1], out var number) ? number : new Version(0, 0));
    }

    /// <summary>The id of an image of a community or shared gallery without its version; null for other ids.</summary>
    internal static string? IdInGallery(Value id)
    {
        var text = (id as StringValue)?.Text.Trim('/');
        if (string.IsNullOrEmpty(text) || text.StartsWith("subscriptions/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var versions = text.IndexOf("/versions/", StringComparison.OrdinalIgnoreCase);
        return "/" + (versions < 0 ? text : text[..versions]);
    }
}
