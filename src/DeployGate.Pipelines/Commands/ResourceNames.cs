using System.Globalization;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>Subscription and resource group of a command: what it says, else the defaults of the path, else unknown.</summary>
internal sealed record CommandScope(Value Subscription, Value Group)
{
    // Azure's longest names have 1,024 characters; the holes of one have their expressions beside it. Ids are made of names, and names
    // cut out of ids: without an end, a script that nests such commands would make text as long as the square of its own.
    private const int LongestName = 2_048;

    private static readonly DeploymentScope s_unknown = DeploymentScope.Unknown(ScopeKind.ResourceGroup);

    internal static CommandScope Of(Value? subscription, Value? group) => new(Segment(subscription) ?? s_unknown.Subscription, Segment(group) ?? s_unknown.ResourceGroup);

    internal DeploymentScope ToGroup => s_unknown with { Subscription = Subscription, ResourceGroup = Group };

    private Value? _id;

    /// <summary>The resource group's id: made once, because a command names several of its resources.</summary>
    internal Value Id => _id ??= ToGroup.Id;

    /// <summary>The id of a resource of this group; one that is already an id stays as it is.</summary>
    internal Value IdOf(string type, Value name) => IsId(name) ? name : ResourceIds.Build(Id, type, Segment(name)!) with { Origin = name.Origin };

    /// <summary>The id of a resource below another: names from the outermost.</summary>
    internal Value IdOf(string type, Value first, Value second) => ResourceIds.Build(Id, type, IdText.Join(Segment(first)!, "/", Segment(second)!)) with { Origin = second.Origin };

    /// <summary>The id of an image version.</summary>
    internal Value VersionId(Value gallery, Value definition, Value version) =>
        ResourceIds.Build(Id, ArtifactTypes.Version, IdText.Join(Segment(gallery)!, "/", Segment(definition)!, "/", Segment(version)!)) with { Origin = version.Origin };

    /// <summary>True for text that is, or begins like, a resource id.</summary>
    internal static bool IsId(Value? value) => value switch
    {
        StringValue text => text.Text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) || Foreign(text.Text),
        PartialString partial => partial.KnownStart.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) || Foreign(partial.KnownStart) || partial.Pattern.Contains("/providers/", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>True for the address of a VHD.</summary>
    internal static bool IsAddress(Value? value) => value switch
    {
        StringValue text => text.Text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && text.Text.Contains("://", StringComparison.Ordinal),
        PartialString partial => partial.KnownStart.StartsWith("http", StringComparison.OrdinalIgnoreCase) || partial.KnownEnd.EndsWith(".vhd", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool Foreign(string text) =>
        text.StartsWith("/CommunityGalleries/", StringComparison.OrdinalIgnoreCase) || text.StartsWith("/SharedGalleries/", StringComparison.OrdinalIgnoreCase);

    // A subscription's display name is no part of an id.
    private static Value? Segment(Value? value) => value switch
    {
        null or StringValue { Text: "" } => null,
        StringValue or PartialString or UnknownValue when LengthOf(value) is > LongestName and var length => TooLong(value, length),
        UnknownValue unknown => unknown with { Shape = ValueShape.IdSegment, Alternatives = [] },
        StringValue or PartialString => value,
        _ => new UnknownValue(UnknownReason.Unsupported, "?", "the value is not a name") { Shape = ValueShape.IdSegment },
    };

    private static int LengthOf(Value value) => value switch
    {
        StringValue text => text.Text.Length,
        PartialString partial => partial.Parts.Sum(part => part.Literal?.Length ?? part.Hole!.Expression.Length),
        UnknownValue unknown => unknown.Expression.Length,
        _ => 0,
    };

    // A secret is only counted.
    private static UnknownValue TooLong(Value value, int length)
    {
        var start = value.IsSecret || Values.Pattern(value) is not { } text ? "" : $" that begins with '{text[..60]}'";
        var name = new UnknownValue(UnknownReason.Limit, string.Create(CultureInfo.InvariantCulture, $"name of {length} characters{start}"), "it is longer than any name in Azure") { Shape = ValueShape.IdSegment, Origin = value.Origin };
        return value.IsSecret ? (UnknownValue)name.AsSecret() : name;
    }
}
