using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Azure Image Builder: every build ends by preparing the guest, unless a customizer brings another script for that.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/linux/image-builder-json"/>
internal static class ImageBuilder
{
    internal const string Type = "Microsoft.VirtualMachineImages/imageTemplates";

    // A script of this name is what Image Builder runs last.
    private const string Preparing = "DeprovisioningScript";

    private static readonly string[] s_bringing = ["cp ", "mv ", "copy-item", "move-item", "curl", "wget", "invoke-webrequest", "iwr ", "azcopy", "start-bitstransfer"];

    /// <summary>Declares an image template. One that is only put together yet is known, and not judged.</summary>
    internal static void Declare(AzureContext azure, PathState path, Value id, ObjectValue body, bool isDeferred, Place place)
    {
        var resource = Bodies.Resource(Type, id, body, place);
        if (isDeferred)
        {
            path.World = path.World.Set(new ResourceState(id, Type, ResourceIdPattern.From(id)) { Declaration = resource });
            return;
        }

        azure.Apply(path, new Effect.Create(resource, new Content.None()), place);
    }

    /// <summary>The body of a template that was declared, or put together, before; null for one that is not known.</summary>
    internal static ObjectValue? BodyOf(PathState path, Value id) => path.World.Look(id, Type)?.Declaration?.Body;

    /// <summary>Builds: what a template names as its targets holds a guest of its making from now on.</summary>
    internal static void Run(AzureContext azure, PathState path, Value id, bool isWatched, Place place)
    {
        if (BodyOf(path, id) is { } body)
        {
            Fill(azure, path, body, isWatched, place);
        }
    }

    /// <summary>Fills the targets of a template.</summary>
    internal static void Fill(AzureContext azure, PathState path, ObjectValue body, bool isWatched, Place place)
    {
        var outcome = Outcome(body.Get("properties", "customize"));
        outcome = isWatched ? outcome : outcome.AtMost(Strength.Possible, "the build was started without waiting for its end");
        foreach (var target in (body.Get("properties", "distribute") as ArrayValue)?.Items.OfType<ObjectValue>() ?? [])
        {
            if (target.Get("galleryImageId") is { } gallery)
            {
                Version(azure, path, gallery, outcome, place);
            }
            else if (target.Get("imageId") is { } image && CommandScope.IsId(image))
            {
                Image(azure, path, image, null, outcome, place);
            }
        }
    }

    /// <summary>Declares the managed image that a build leaves.</summary>
    internal static void Image(AzureContext azure, PathState path, Value id, Value? system, GuestOutcome outcome, Place place)
    {
        var body = Bodies.ManagedImage(null, null, null, null, system, Values.Implied("Generalized", place), null);
        azure.Apply(path, new Effect.Create(Bodies.Resource(ArtifactTypes.ManagedImage, id, body, place), new Content.Built(outcome)), place);
    }

    /// <summary>
    /// What a build makes of its guest with these customizers. One that replaces the last script without preparing the guest leaves
    /// it as it is; what one that is brought from elsewhere does is not known.
    /// </summary>
    internal static GuestOutcome Outcome(Value? customizers)
    {
        var texts = Texts(customizers).Where(text => text.Contains(Preparing, StringComparison.OrdinalIgnoreCase)).ToList();
        if (texts.Count == 0 || texts.Exists(text => text.Contains("/generalize", StringComparison.OrdinalIgnoreCase) || text.Contains("-deprovision", StringComparison.OrdinalIgnoreCase)))
        {
            return new GuestOutcome(GuestKind.Prepared, Strength.Certain, "Azure Image Builder prepares it before it captures it", true, []);
        }

        return texts.Exists(text => !text.Trim().Contains(' ', StringComparison.Ordinal) || s_bringing.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            ? GuestOutcome.Unread("the build replaces the script that prepares the guest, and the new one is not known")
            : new GuestOutcome(GuestKind.InUse, Strength.Certain, "the build replaces the script that prepares the guest, and the new one does not", true, []);
    }

    /// <summary>The source of a template: an image's id, or a URN.</summary>
    internal static ObjectValue? Source(Value? source)
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
            ? Bodies.Map(("type", Values.Text("PlatformImage")), ("publisher", urn[0]), ("offer", urn[1]), ("sku", urn[2]), ("version", urn.Length > 3 ? urn[3] : null)) with { Origin = source.Origin }
            : null;
    }

    /// <summary>A target: a definition, or a version of it that is named.</summary>
    internal static ObjectValue ToGallery(Value id) => Bodies.Map(("type", Values.Text("SharedImage")), ("galleryImageId", id)) with { Origin = id.Origin };

    /// <summary>A target: a managed image.</summary>
    internal static ObjectValue ToImage(Value id) => Bodies.Map(("type", Values.Text("ManagedImage")), ("imageId", id)) with { Origin = id.Origin };

    // A version that has no name yet is the latest of its definition once it is built: the definition stands for it until a step
    // makes another version.
    private static void Version(AzureContext azure, PathState path, Value target, GuestOutcome outcome, Place place)
    {
        if (!CommandScope.IsId(target))
        {
            return;
        }

        var isNamed = ArtifactTypes.Version.Equals(ResourceIdPattern.From(target)?.Type, StringComparison.OrdinalIgnoreCase);
        azure.Fill(path, target, isNamed ? ArtifactTypes.Version : ArtifactTypes.Definition, outcome, place);
        if (isNamed)
        {
            azure.Fill(path, IdText.CutBefore(target, "versions"), ArtifactTypes.Definition, outcome, place);
        }
    }

    private static IEnumerable<string> Texts(Value? value) => value switch
    {
        StringValue or PartialString => [Values.Pattern(value)!],
        ArrayValue { Items: var lines } when lines.All(line => line is StringValue or PartialString or UnknownValue) => [string.Join('\n', lines.Select(Values.Pattern))],
        ArrayValue list => list.Items.SelectMany(Texts),
        ObjectValue map => map.Members.SelectMany(member => Texts(member.Value)),
        _ => [],
    };
}
