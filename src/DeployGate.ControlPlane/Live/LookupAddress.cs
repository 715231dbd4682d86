using System.Globalization;
using DeployGate.Core.Assessment;

namespace DeployGate.ControlPlane.Live;

/// <summary>How to ask Azure for something.</summary>
/// <param name="Path">The path and query below the endpoint.</param>
/// <param name="Permission">The action that a role must allow.</param>
internal sealed record LookupAddress(string Path, string Permission)
{
    private const string Compute = "2024-07-01";
    private const string Disks = "2024-03-02";
    private const string Galleries = "2024-03-03";

    private static readonly Dictionary<string, (string Version, string Query)> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Compute/virtualMachines"] = (Compute, "&$expand=instanceView"),
        ["Microsoft.Compute/virtualMachineScaleSets"] = (Compute, ""),
        ["Microsoft.Compute/images"] = (Compute, ""),
        ["Microsoft.Compute/galleries"] = (Galleries, ""),
        ["Microsoft.Compute/galleries/images"] = (Galleries, ""),
        ["Microsoft.Compute/galleries/images/versions"] = (Galleries, "&$expand=ReplicationStatus"),
        ["Microsoft.Compute/disks"] = (Disks, ""),
        ["Microsoft.Compute/snapshots"] = (Disks, ""),
    };

    /// <summary>The address of what is wanted; null when it cannot be asked for, and then the reason is given.</summary>
    internal static LookupAddress? Of(WantedFact wanted, LiveOptions options, out string reason)
    {
        reason = "";
        if (Segments(wanted.Id) is not { } segments)
        {
            reason = "it is not an id that Azure could have given";
            return null;
        }

        if (s_kinds.TryGetValue(wanted.Type, out var kind))
        {
            return Regular(wanted, segments, kind, out reason);
        }

        var subscription = wanted.Place?.Subscription ?? options.Subscription;
        var location = wanted.Place?.Location ?? options.Location;
        if (subscription is null || location is null)
        {
            reason = "it is asked for by subscription and region, which are not known here; give --subscription and --location";
            return null;
        }

        var region = location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var start = Segments($"/subscriptions/{subscription}/providers/Microsoft.Compute/locations/{region}");
        return start is null ? null : Regional(string.Join('/', start), segments, out reason);
    }

    /// <summary>The instance view alone, for machines whose answer leaves it out.</summary>
    internal static LookupAddress InstanceViewOf(string machineId) => new(
        $"/{string.Join('/', Segments(machineId)!)}/instanceView?api-version={Compute}", "Microsoft.Compute/virtualMachines/instanceView/read");

    /// <summary>What was done to a resource since a time: its activity log.</summary>
    /// <seealso href="https://learn.microsoft.com/rest/api/monitor/activity-logs/list"/>
    internal static LookupAddress? HistoryOf(string id, DateTimeOffset since)
    {
        if (Segments(id) is not [_, var subscription, ..] segments)
        {
            return null;
        }

        var time = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var filter = Uri.EscapeDataString($"eventTimestamp ge '{time}' and resourceUri eq '/{string.Join('/', segments)}'");
        return new LookupAddress(
            $"/subscriptions/{subscription}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter={filter}",
            "Microsoft.Insights/eventtypes/values/read");
    }

    /// <summary>The newest version of a Marketplace image: a list of one.</summary>
    internal LookupAddress NewestOf() =>
        this with { Path = Path[..Path.LastIndexOf('/')] + $"?$top=1&$orderby=name%20desc&api-version={Compute}" };

    private static LookupAddress? Regular(WantedFact wanted, string[] segments, (string Version, string Query) kind, out string reason)
    {
        reason = "";
        if (wanted.IsList)
        {
            var child = wanted.Type.Split('/')[^1];
            return new LookupAddress($"/{string.Join('/', segments)}/{child}?api-version={kind.Version}", $"{wanted.Type}/read");
        }

        // The names of a type stand between those of the resources; an id of another type would ask for something else.
        var words = wanted.Type.Split('/');
        var isOfType = segments.Length == 4 + (2 * words.Length) && string.Equals(segments[5], words[0], StringComparison.OrdinalIgnoreCase);
        for (var i = 1; i < words.Length && isOfType; i++)
        {
            isOfType = string.Equals(segments[4 + (2 * i)], words[i], StringComparison.OrdinalIgnoreCase);
        }

        if (!isOfType)
        {
            reason = string.Create(CultureInfo.InvariantCulture, $"the id is not that of a '{wanted.Type}'");
            return null;
        }

        return new LookupAddress($"/{string.Join('/', segments)}?api-version={kind.Version}{kind.Query}", $"{wanted.Type}/read");
    }

    private static LookupAddress? Regional(string start, string[] segments, out string reason)
    {
        reason = "";
        switch (segments)
        {
            case [var galleries, var gallery, _, var image, .. var version] when version.Length is 0 or 2 && IsGallery(galleries):
                var kind = char.ToLowerInvariant(galleries[0]) + galleries[1..];
                var end = version.Length == 0 ? "" : $"/versions/{version[1]}";
                return new LookupAddress(
                    $"/{start}/{kind}/{gallery}/images/{image}{end}?api-version={Galleries}",
                    $"Microsoft.Compute/locations/{kind}/images/{(version.Length == 0 ? "" : "versions/")}read");
            case ["Publishers", var publisher, _, _, _, var offer, _, var sku, _, var version]:
                return new LookupAddress(
                    $"/{start}/publishers/{publisher}/artifacttypes/vmimage/offers/{offer}/skus/{sku}/versions/{version}?api-version={Compute}",
                    "Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions/read");
            default:
                reason = "how to ask for it is not known";
                return null;
        }
    }

    private static bool IsGallery(string word) =>
        string.Equals(word, "CommunityGalleries", StringComparison.OrdinalIgnoreCase) || string.Equals(word, "SharedGalleries", StringComparison.OrdinalIgnoreCase);

    // An id stands in a template, which anybody may have written: it must not lead to another path, query or host.
    private static string[]? Segments(string id)
    {
        var segments = id.Trim('/').Split('/');
        return Array.TrueForAll(segments, one => one.Length is > 0 and <= 260 && one is not ("." or "..") && one.All(IsPlain)) ? [.. segments.Select(Uri.EscapeDataString)] : null;
    }

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '(' or ')' or ' ';
}
