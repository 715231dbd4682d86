using DeployGate.Core.Images;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Azure Image Builder: every build ends by preparing the guest, unless a customizer brings another script for that.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/linux/image-builder-json"/>
internal static class ImageBuilder
{
    internal const string Type = "Microsoft.VirtualMachineImages/imageTemplates";

    /// <summary>Declares an image template that fills gallery definitions.</summary>
    internal static void Create(AzureContext azure, PathState path, Value id, Value? source, IEnumerable<Value> definitions, Value? script, Place place)
    {
        var customize = script is null ? null : new ArrayValue([Bodies.Map(("inline", new ArrayValue([script])))]);
        var distribute = new ArrayValue([.. definitions.Select(definition => Bodies.Map(("type", Values.Text("SharedImage")), ("galleryImageId", definition)) with { Origin = definition.Origin })]);
        var body = Bodies.Map(("properties", Bodies.Map(("source", Source(source)), ("customize", customize), ("distribute", distribute))));
        azure.Apply(path, new Effect.Create(Bodies.Resource(Type, id, body, place), new Content.None()), place);
    }

    /// <summary>Declares the managed image that a build leaves.</summary>
    internal static void Image(AzureContext azure, PathState path, Value id, Value? system, GuestOutcome outcome, Place place)
    {
        var body = Bodies.ManagedImage(null, null, null, null, system, Values.Text("Generalized", place), null);
        azure.Apply(path, new Effect.Create(Bodies.Resource(ArtifactTypes.ManagedImage, id, body, place), new Content.Built(outcome)), place);
    }

    /// <summary>What a build makes of its guest with a customizer's script.</summary>
    internal static GuestOutcome Outcome(Value? script)
    {
        var text = Values.Pattern(script) ?? "";
        if (!text.Contains("DeprovisioningScript", StringComparison.OrdinalIgnoreCase) || text.Contains("/generalize", StringComparison.OrdinalIgnoreCase) || text.Contains("-deprovision", StringComparison.OrdinalIgnoreCase))
        {
            return new GuestOutcome(GuestKind.Prepared, Strength.Certain, "Azure Image Builder prepares it before it captures it", true, []);
        }

        return new GuestOutcome(GuestKind.InUse, Strength.Certain, "the build replaces the script that prepares the guest, and the new one does not", true, []);
    }

    private static ObjectValue? Source(Value? source)
    {
        if (source is null)
        {
            return null;
        }

        if (CommandScope.IsId(source))
        {
            var isImage = ArtifactTypes.ManagedImage.Equals(ResourceIdPattern.From(source)?.Type, StringComparison.OrdinalIgnoreCase);
            return Bodies.Map(("type", Values.Text(isImage ? "ManagedImage" : "SharedImageVersion")), (isImage ? "imageId" : "imageVersionId", source)) with { Origin = source.Origin };
        }

        return Values.Split(source, ':') is { Length: >= 3 } urn
            ? Bodies.Map(("type", Values.Text("PlatformImage")), ("publisher", urn[0]), ("offer", urn[1]), ("sku", urn[2])) with { Origin = source.Origin }
            : null;
    }
}
