using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>The fields of a use: what the gate knows of the image, as values that may be unknown.</summary>
internal static class UseFields
{
    internal static ObjectValue Of(RuleCase one, Verdict verdict)
    {
        var (use, state) = (one.Use, one.State);
        var origin = OriginOf(one);
        var system = use.OsType == OsType.Unknown ? state.OsType : use.OsType;
        return new ObjectValue(
        [
            new("stage", new StringValue($"{use.Stage}".ToLowerInvariant())),
            new("image", OfSources(one, ImageWords.IdOf)),
            new("image.kind", OfSources(one, ImageWords.KindOf)),
            new("image.version", OfSources(one, ImageWords.VersionOf)),
            new("declared", DeclaredOf(one.Declared)),
            new("declared.isWritten", one.Declared.IsWritten is { } isWritten ? new BoolValue(isWritten) { Origin = new Origin(one.Declared.Place) } : Unknown("declared.isWritten", one.Declared.Reason ?? "who wrote the state is not recorded")),
            new("actual", state.Actual == "Unknown" ? Unknown("actual", WhyUnknown(state.Gaps, "the actual state is not known")) : new StringValue(state.Actual)),
            new("verdict", new StringValue($"{verdict}".ToLowerInvariant())),
            new("osType", system == OsType.Unknown ? Unknown("osType", "the operating system is not known") : new StringValue($"{system}")),
            new("subject", new StringValue(use.Subject)),
            new("resource", ResourceFields.Of(use.Resource)),
            new("lineage", new ArrayValue([.. state.Lineage.Select(StepOf)], origin as UnknownValue)),
            new("origin", origin),
            new("evidence", new ArrayValue([.. state.Evidence.Select(EvidenceOf)])),
            new("file", new StringValue(use.Resource.Declaration.Source.Path)),
        ]);
    }

    /// <summary>A value that is not known; <paramref name="why"/> completes a sentence.</summary>
    internal static UnknownValue Unknown(string field, string why) => new(UnknownReason.ExistingResource, field, why);

    private static Value OfSources(RuleCase one, Func<ImageSource, Value> field)
    {
        var values = one.Use.Sources.Select(source => field(source) is var value && value.Origin is null ? value with { Origin = new Origin(source.Place) } : field(source)).ToImmutableArray();
        return values.Length == 1
            ? values[0]
            : new UnknownValue(UnknownReason.Condition, "image", "only the deployment decides which of several sources is used") { Alternatives = values, Origin = new Origin(one.Source.Place) };
    }

    private static Value DeclaredOf(DeclaredState declared)
    {
        ImmutableArray<Value> states = [.. declared.Candidates.Select(state => (Value)new StringValue($"{state}") { Origin = new Origin(declared.Place) })];
        return states.Length == 1
            ? states[0]
            : Unknown("declared", declared.Reason ?? $"{declared.Text}: only the deployment decides it") with { Alternatives = states, Origin = new Origin(declared.Place) };
    }

    private static ObjectValue StepOf(LineageStep step) => new(
    [
        new("kind", new StringValue(step.Kind)),
        new("id", ImageWords.Shown(step.Id)),
        new("state", new StringValue(step.State)),
    ]);

    private static ObjectValue EvidenceOf(EvidenceItem item) => new(
    [
        new("place", new StringValue(item.Place)),
        new("value", new StringValue(item.Value)),
        new("readAt", TimeOf(item.ReadAt)),
    ]);

    private static Value TimeOf(DateTimeOffset? time) => time is { } at
        ? new StringValue(at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
        : Unknown("readAt", "the facts do not say when they were read");

    // A chain that ends at an image or a disk ends because no more was told, and not because nothing came before.
    private static Value OriginOf(RuleCase one)
    {
        if (one.Use.Sources.Length > 1)
        {
            return Unknown("origin", "only the deployment decides which of several sources is used");
        }

        return one.State.Lineage.IsEmpty || !ImageWords.IsOrigin(one.State.Lineage[^1].Kind)
            ? Unknown("origin", WhyUnknown(one.State.Gaps, "what the image was made of is not known; --state azure, or facts of the whole chain, tell it"))
            : StepOf(one.State.Lineage[^1]) is var last ? new ObjectValue(last.Members.Add(new Member("readAt", TimeOf(one.State.Lineage[^1].ReadAt)))) : last;
    }

    private static string WhyUnknown(ImmutableArray<string> gaps, string otherwise) => gaps.IsEmpty ? otherwise : string.Join("; ", gaps.Distinct().Take(2));
}

/// <summary>What the ways to name an image are in the words of policies.</summary>
internal static class ImageWords
{
    private static readonly string[] s_origins = ["virtual machine", "Marketplace image", "build", "VHD"];

    /// <summary>True for what nothing comes before.</summary>
    internal static bool IsOrigin(string kind) => s_origins.Contains(kind);

    internal static Value IdOf(ImageSource source) => source switch
    {
        ImageSource.Resource resource => resource.Id,
        ImageSource.Vhd vhd => vhd.Address,
        ImageSource.Marketplace marketplace => Shown(marketplace.Name),
        ImageSource.Prepared prepared => new StringValue(prepared.By),
        ImageSource.Unresolved open => new UnknownValue(UnknownReason.DeploymentContext, open.Expression, open.Reason),
        _ => NullValue.Instance,
    };

    internal static Value KindOf(ImageSource source) => source switch
    {
        ImageSource.Resource resource => KindOf(resource.Id),
        ImageSource.Vhd => new StringValue("VHD"),
        ImageSource.Marketplace => new StringValue("Marketplace image"),
        ImageSource.Prepared => new StringValue("build"),
        _ => IdOf(source),
    };

    /// <summary>The version: <c>latest</c> also where an id names a definition, which means the same; null for images without versions.</summary>
    internal static Value VersionOf(ImageSource source)
    {
        switch (source)
        {
            case ImageSource.Marketplace marketplace:
                return Shown(marketplace.Name.Split(':')[^1]);
            case ImageSource.Resource resource:
                var pattern = ResourceIdPattern.From(resource.Id);
                return pattern is null ? resource.Id
                    : string.Equals(pattern.Name(1), "versions", StringComparison.OrdinalIgnoreCase) ? Shown(pattern.Name(0))
                    : string.Equals(pattern.Name(1), "images", StringComparison.OrdinalIgnoreCase) && !string.Equals(pattern.Type, ArtifactTypes.ManagedImage, StringComparison.OrdinalIgnoreCase) ? new StringValue("latest")
                    : NullValue.Instance;
            case ImageSource.Unresolved:
                return IdOf(source);
            default:
                return NullValue.Instance;
        }
    }

    /// <summary>A text that reports show, in which what is not known stands in braces.</summary>
    internal static Value Shown(string text)
    {
        var parts = new List<StringPart>();
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open && text.IndexOf('}', open) is > 0 and var close)
        {
            var expression = text[(open + 1)..close];
            parts.Add(new StringPart(text[at..open]));
            parts.Add(new StringPart(new UnknownValue(UnknownReason.DeploymentContext, expression, $"{expression} is known only at deployment")));
            at = close + 1;
        }

        parts.Add(new StringPart(text[at..]));
        return PartialString.Join(parts);
    }

    private static Value KindOf(Value id) => ResourceIdPattern.From(id)?.Type is { } type
        ? new StringValue(ArtifactTypes.NameOf(type))
        : id is StringValue ? new StringValue("image of another gallery")
        : UseFields.Unknown("image.kind", "the image's id is not known");
}
