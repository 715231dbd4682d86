using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Packer;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// Carries out one <c>azure-arm</c> build: a machine, what runs in it, then deallocate, mark and capture. Packer marks the
/// machine whatever its guest is; preparing the guest is the template's affair.
/// </summary>
/// <seealso href="https://github.com/hashicorp/packer-plugin-azure/tree/main/builder/azure/arm"/>
internal sealed class PackerRun(AzureContext azure, PathState path, PackerBuild build, PackerScope scope)
{
    private readonly ObjectValue _settings = build.Settings;

    internal void Run()
    {
        var gallery = _settings.Get("shared_image_gallery_destination") as ObjectValue;
        var image = Given(_settings, "managed_image_name");
        if ((image is null && gallery is null) || Truth(_settings.Get("skip_create_image")) == true)
        {
            return;
        }

        var isSpecialized = Truth(gallery?.Get("specialized"));
        if (image is not null && isSpecialized == true)
        {
            azure.Record.Report(PlaceOf(gallery!, "specialized"), "Packer does not make a managed image and a specialized version in one build");
            return;
        }

        var machine = Machine();
        new PackerGuest(azure, path, build, machine).Run(scope);
        azure.Apply(path, new Effect.Power(machine, MachineActionKind.Deallocate), build.Place);
        if (isSpecialized != true)
        {
            Mark(machine, isCertain: isSpecialized == false);
        }

        var captured = image is null ? null : Image(machine, image);
        if (gallery is not null)
        {
            Version(gallery, machine, captured);
        }

        azure.Apply(path, new Effect.Delete(machine, ArtifactTypes.VirtualMachine), build.Place);
    }

    private void Mark(Value machine, bool isCertain)
    {
        var before = path.IsSwallowed;
        path.IsSwallowed |= !isCertain;
        azure.Apply(path, new Effect.Mark(machine), build.Place);
        path.IsSwallowed = before;
    }

    private Value Machine()
    {
        var name = Given(_settings, "temp_compute_name") ?? new UnknownValue(UnknownReason.Generated, $"machine of '{build.Names[0]}'", "Packer chooses the name") { Shape = ValueShape.IdSegment };
        var group = Given(_settings, "build_resource_group_name") ?? Given(_settings, "temp_resource_group_name")
            ?? new UnknownValue(UnknownReason.Generated, "resource group of Packer", "Packer chooses the name");
        var id = Scope(null, group).IdOf(ArtifactTypes.VirtualMachine, name) with { Origin = new Origin(build.Place) };
        var (reference, imageId) = Source();

        // Packer itself leaves the profile out when the version that it starts from is specialized.
        Value profile = _settings.Get("shared_image_gallery") is not null
            ? Values.Unknown("osProfile", "Packer chooses it by the state of its source")
            : Bodies.Map(("computerName", name), ("adminUsername", Values.Text("packer"))) with { Origin = new Origin(build.Place) };
        var body = Bodies.Machine(reference, null, null, Given(_settings, "os_type"), profile);
        azure.Apply(path, new Effect.Create(Bodies.Resource(ArtifactTypes.VirtualMachine, id, body, build.Place), new Content.FromImage(imageId), AzureContext.OsDiskId(id, null)), build.Place);
        return id;
    }

    private (Value? Reference, Value? Id) Source()
    {
        if (Given(_settings, "custom_managed_image_name") is { } custom)
        {
            var id = Scope(null, Given(_settings, "custom_managed_image_resource_group_name")).IdOf(ArtifactTypes.ManagedImage, custom);
            return (Bodies.IdObject(id), id);
        }

        if (_settings.Get("shared_image_gallery") is ObjectValue gallery)
        {
            var id = Given(gallery, "id") ?? Given(gallery, "community_gallery_image_id") ?? Given(gallery, "direct_shared_gallery_image_id")
                ?? VersionId(gallery, "image_version", Values.Text("latest"));
            return (Bodies.IdObject(id), id);
        }

        return (Bodies.Map(("publisher", Given(_settings, "image_publisher")), ("offer", Given(_settings, "image_offer")), ("sku", Given(_settings, "image_sku")), ("version", Given(_settings, "image_version"))), null);
    }

    private Value Image(Value machine, Value name)
    {
        var id = Scope(null, Given(_settings, "managed_image_resource_group_name")).IdOf(ArtifactTypes.ManagedImage, name);
        var place = PlaceOf(_settings, "managed_image_name");
        var body = Bodies.ManagedImage(machine.At(new Origin(place)), null, null, null, Given(_settings, "os_type"), null, null);
        azure.Apply(path, new Effect.Create(Bodies.Resource(ArtifactTypes.ManagedImage, id, body, place), new Content.CopyOf(machine)), place);
        return id;
    }

    private void Version(ObjectValue gallery, Value machine, Value? image)
    {
        var id = VersionId(gallery, "image_version", null);
        var place = gallery.Origin?.Place ?? build.Place;
        var origin = new Origin(PlaceOf(gallery, "image_name"));
        var body = Bodies.Version(image is null ? machine.At(origin) : null, image?.At(origin), null, null);
        azure.Apply(path, new Effect.Create(Bodies.Resource(ArtifactTypes.Version, id, body, place), new Content.CopyOf(image ?? machine)), place);
    }

    private Value VersionId(ObjectValue gallery, string version, Value? latest)
    {
        var group = Scope(Given(gallery, "subscription"), Given(gallery, "resource_group"));
        return group.VersionId(Named(gallery, "gallery_name"), Named(gallery, "image_name"), Given(gallery, version) ?? latest ?? Named(gallery, version));
    }

    private static Value Named(ObjectValue map, string name) =>
        Given(map, name) ?? new UnknownValue(UnknownReason.ParameterNoValue, name, $"'{name}' is not given") { Shape = ValueShape.IdSegment };

    private CommandScope Scope(Value? subscription, Value? group) =>
        AzureContext.ScopeOf(path, subscription ?? Given(_settings, "subscription_id"), group);

    private Place PlaceOf(ObjectValue map, string name) => map.Find(name)?.NamePlace ?? map.Origin?.Place ?? build.Place;

    // An argument that is empty is one that is not given.
    private static Value? Given(ObjectValue map, string name) => map.Get(name) is { } value and not StringValue { Text: "" } ? value : null;

    private static bool? Truth(Value? value) => value switch
    {
        null => false,
        BoolValue truth => truth.IsTrue,
        StringValue { Text: var text } => text.Equals("true", StringComparison.OrdinalIgnoreCase),
        _ => null,
    };
}
