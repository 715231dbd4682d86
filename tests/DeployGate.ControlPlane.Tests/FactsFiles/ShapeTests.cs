using DeployGate.Core.Assessment;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

public class ShapeTests
{
    [Theory]
    [InlineData("vm-marked", "Microsoft.Compute/virtualMachines")]
    [InlineData("vm-running", "Microsoft.Compute/virtualMachines")]
    [InlineData("vm-deallocated", "Microsoft.Compute/virtualMachines")]
    [InlineData("vm-partial-view", "Microsoft.Compute/virtualMachines")]
    [InlineData("vm-no-view", "Microsoft.Compute/virtualMachines")]
    [InlineData("definition", "Microsoft.Compute/galleries/images")]
    [InlineData("version-of-vm", "Microsoft.Compute/galleries/images/versions")]
    [InlineData("version-of-disk", "Microsoft.Compute/galleries/images/versions")]
    [InlineData("version-of-vhd", "Microsoft.Compute/galleries/images/versions")]
    [InlineData("managed-image", "Microsoft.Compute/images")]
    [InlineData("disk", "Microsoft.Compute/disks")]
    [InlineData("snapshot", "Microsoft.Compute/snapshots")]
    public void Both_shapes_of_a_resource_give_the_same_body(string name, string type)
    {
        var rest = Reading.OnlyResource(Repository.Fixture($"{name}.rest.json"));
        var az = Reading.OnlyResource(Repository.Fixture($"{name}.az.json"));

        Assert.Equal(Reading.Canonical(rest.Body), Reading.Canonical(az.Body));
        Assert.Equal(InstanceView.MarkOf(rest.Body), InstanceView.MarkOf(az.Body));
        Assert.Equal((rest.Id, rest.Type, rest.ReadAt), (az.Id, az.Type, az.ReadAt));
        Assert.Equal(type, az.Type);
    }

    [Theory]
    [InlineData("vm-marked", AzureMark.Generalized, "OSState/generalized")]
    [InlineData("vm-running", AzureMark.Specialized, "no OSState/generalized, PowerState/running")]
    [InlineData("vm-deallocated", AzureMark.Unmarked, "no OSState/generalized, PowerState/deallocated")]
    [InlineData("vm-partial-view", AzureMark.Unknown, "the instance view is partial: it lacks a provisioning state or a power state")]
    [InlineData("vm-no-view", AzureMark.Unknown, "the instance view is missing")]
    public void A_virtual_machines_mark_is_what_its_instance_view_shows(string name, AzureMark mark, string status)
    {
        Assert.Equal((mark, status), InstanceView.MarkOf(Reading.OnlyResource(Repository.Fixture($"{name}.az.json")).Body));
    }

    [Theory]
    [InlineData("version-of-vm", Reading.Compute + "/virtualMachines/vm-build", "properties", "storageProfile", "source", "virtualMachineId")]
    [InlineData("version-of-disk", Reading.Compute + "/disks/vm-build-os", "properties", "storageProfile", "osDiskImage", "source", "id")]
    [InlineData("version-of-vhd", "https://stimages.blob.core.windows.net/vhds/win.vhd", "properties", "storageProfile", "osDiskImage", "source", "uri")]
    [InlineData("managed-image", Reading.Compute + "/virtualMachines/vm-build", "properties", "sourceVirtualMachine", "id")]
    [InlineData("disk", Reading.Compute + "/virtualMachines/vm-build", "managedBy")]
    [InlineData("snapshot", Reading.Compute + "/disks/vm-build-os", "properties", "creationData", "sourceResourceId")]
    [InlineData("definition", "Generalized", "properties", "osState")]
    [InlineData("definition", "Contoso", "properties", "identifier", "publisher")]
    public void The_az_shape_keeps_what_the_gate_reads_where_the_rest_api_has_it(string name, string value, params string[] path)
    {
        Assert.Equal(value, Reading.OnlyResource(Repository.Fixture($"{name}.az.json")).Body.GetText(path));
    }

    [Theory]
    [InlineData("""{"id": "subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d"}""", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d", "Microsoft.Compute/disks")]
    [InlineData("""{"id": "/Subscriptions/{subscription-id}/RESOURCEGROUPS/g/PROVIDERS/microsoft.compute/Galleries/x/Images/y"}""", "/Subscriptions/{subscription-id}/RESOURCEGROUPS/g/PROVIDERS/microsoft.compute/Galleries/x/Images/y", "microsoft.compute/Galleries/Images")]
    [InlineData("""{"id": "/subscriptions/s/resourceGroups/g", "type": null}""", "/subscriptions/s/resourceGroups/g", "Microsoft.Resources/resourceGroups")]
    [InlineData("""{"id": "/subscriptions/s"}""", "/subscriptions/s", "Microsoft.Resources/subscriptions")]
    [InlineData("""{"id": "/a/b", "type": "Contoso.Things/things"}""", "/a/b", "Contoso.Things/things")]
    [InlineData("""{"identifier": {"uniqueId": "/CommunityGalleries/pub/Images/i"}, "properties": {}}""", "/CommunityGalleries/pub/Images/i", "Microsoft.Compute/locations/communityGalleryImage")]
    [InlineData("""{"uniqueId": "/CommunityGalleries/pub/Images/i/Versions/1.0.0", "osState": "Generalized"}""", "/CommunityGalleries/pub/Images/i/Versions/1.0.0", "Microsoft.Compute/locations/communityGalleryImageVersion")]
    [InlineData("""{"uniqueId": "/SharedGalleries/u/Images/i", "identifier": {"sku": "2022"}}""", "/SharedGalleries/u/Images/i", "Microsoft.Compute/locations/sharedGalleryImage")]
    public void The_id_tells_the_type_where_the_answer_does_not(string text, string id, string type)
    {
        var resource = Reading.OnlyResource(text);

        Assert.Equal((id, type), (resource.Id, resource.Type));
    }

    [Fact]
    public void A_shared_image_keeps_both_of_its_identifiers_apart()
    {
        var body = Reading.OnlyResource("""{"uniqueId": "/CommunityGalleries/pub/Images/i", "identifier": {"sku": "2022"}, "osState": "Generalized"}""").Body;

        Assert.Equal(
            """{identifier:{uniqueid:"/CommunityGalleries/pub/Images/i"},properties:{identifier:{sku:"2022"},osstate:"Generalized"}}""",
            Reading.Canonical(body));
    }

    [Fact]
    public void A_marketplace_images_plan_is_a_property_and_a_virtual_machines_is_not()
    {
        const string location = "/subscriptions/s/providers/Microsoft.Compute/locations/westeurope";
        var image = Reading.OnlyResource($$"""{"id": "{{location}}/publishers/p/artifacttypes/vmimage/offers/o/skus/k/versions/1", "plan": {"name": "k"} }""");
        var machine = Reading.OnlyResource($$"""{"id": "{{Reading.Compute}}/virtualMachines/v", "plan": {"name": "k"} }""");

        Assert.Equal("k", image.Body.GetText("properties", "plan", "name"));
        Assert.Equal("k", machine.Body.GetText("plan", "name"));
    }

    [Fact]
    public void Numbers_keep_what_was_written_and_the_last_of_two_members_wins()
    {
        var body = Reading.OnlyResource("""
            // a comment, as people leave it
            {"id": "/subscriptions/s", "properties": {"a": 1, "b": 1.50, "c": 12345678901234567890, "d": true, "e": "x", "e": null, "f": [null, false,],}}
            """).Body;

        Assert.Equal("""{a:1,b:1.50,c:12345678901234567890,d:true,f:[null,false]}""", Reading.Canonical(body.Get("properties")!));
        Assert.IsType<IntValue>(body.Get("properties", "a"));
        Assert.Equal(1.5, Assert.IsType<FloatValue>(body.Get("properties", "b")).Number);
    }

    [Fact]
    public void A_resource_graph_row_is_read_and_its_empty_owner_is_no_owner()
    {
        var disk = Reading.OnlyResource($$"""
            {"count": 1, "data": [{"id": "{{Reading.Compute}}/disks/d", "type": "microsoft.compute/disks", "resourceGroup": "rg-images", "managedBy": "", "kind": "",
              "properties": {"osType": "Linux"} }], "skip_token": null, "total_records": 1}
            """);

        Assert.Equal("microsoft.compute/disks", disk.Type);
        Assert.Null(disk.Body.Get("managedBy"));
        Assert.Null(disk.Body.Get("resourceGroup"));
    }

    [Fact]
    public void Members_of_a_wrong_type_stay_as_they_are()
    {
        var machine = Reading.OnlyResource($$"""{"id": "{{Reading.Compute}}/virtualMachines/v", "properties": {"instanceView": "running"} }""");

        Assert.Equal((AzureMark.Unknown, "the instance view is missing"), InstanceView.MarkOf(machine.Body));
        Assert.Equal("running", machine.Body.GetText("properties", "instanceView"));
    }
}
