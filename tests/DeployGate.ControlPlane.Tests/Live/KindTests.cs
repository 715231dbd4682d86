using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.TestKit;

namespace DeployGate.ControlPlane.Tests.Live;

/// <summary>Every kind of reference: how it is asked for, and what is kept of the answer.</summary>
public sealed class KindTests
{
    private const string Location = "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Compute/locations/westeurope";

    private const string Definition = $"{Lookups.Group}/galleries/contoso/images/win2022";

    private static readonly LookupPlace s_place = new("11111111-1111-1111-1111-111111111111", "West Europe");

    [Theory]
    [InlineData($"{Lookups.Group}/images/win", "Microsoft.Compute/images", "?api-version=2024-07-01")]
    [InlineData(Definition, "Microsoft.Compute/galleries/images", "?api-version=2024-03-03")]
    [InlineData($"{Definition}/versions/1.0.0", "Microsoft.Compute/galleries/images/versions", "?api-version=2024-03-03&$expand=ReplicationStatus")]
    [InlineData($"{Lookups.Group}/disks/vm-build-os", "Microsoft.Compute/disks", "?api-version=2024-03-02")]
    [InlineData($"{Lookups.Group}/snapshots/before", "Microsoft.Compute/snapshots", "?api-version=2024-03-02")]
    [InlineData($"{Lookups.Group}/virtualMachineScaleSets/pool", "Microsoft.Compute/virtualMachineScaleSets", "?api-version=2024-07-01")]
    public async Task A_resource_is_asked_for_by_its_id(string id, string type, string query)
    {
        using var azure = new LoopbackAzure().With(id, $$"""{"id":"{{id}}","location":"westeurope","tags":{"a":"b"},"properties":{"provisioningState":"Succeeded","osState":"Generalized","etag":"x"} }""");
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(id, type));
        var fact = Assert.Single(facts.Resources);
        Assert.Equal((id, type, "Azure"), (fact.Id, fact.Type, fact.File));
        Assert.Equal(["id", "type", "location", "properties"], fact.Body.Members.Select(member => member.Name));
        Assert.Null(fact.Body.Get("properties", "etag"));
        Assert.Equal([id + query], azure.Requests.Select(Uri.UnescapeDataString));
    }

    [Fact]
    public async Task A_machine_is_asked_for_with_its_instance_view_in_one_question()
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, Lookups.MachineJson());
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(Lookups.Machine));
        Assert.Equal(AzureMark.Generalized, InstanceView.MarkOf(Assert.Single(facts.Resources).Body).Mark);
        Assert.Equal([$"{Lookups.Machine}?api-version=2024-07-01&$expand=instanceView"], azure.Requests.Select(Uri.UnescapeDataString));
    }

    [Fact]
    public async Task An_instance_view_that_was_left_out_is_asked_for_alone()
    {
        using var azure = new LoopbackAzure()
            .With(Lookups.Machine, $$"""{"id":"{{Lookups.Machine}}","properties":{"vmId":"x"} }""")
            .With($"{Lookups.Machine}/instanceView", """{"statuses":[{"code":"osstate/generalized"}]}""");
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(Lookups.Machine));
        Assert.Equal(AzureMark.Generalized, InstanceView.MarkOf(Assert.Single(facts.Resources).Body).Mark);
    }

    [Fact]
    public async Task An_instance_view_that_is_refused_leaves_the_machine_and_the_reason()
    {
        using var azure = new LoopbackAzure()
            .With(Lookups.Machine, $$"""{"id":"{{Lookups.Machine}}","properties":{"vmId":"x"} }""")
            .With($"{Lookups.Machine}/instanceView", LoopbackAnswer.Error(403, "AuthorizationFailed"));
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(Lookups.Machine));
        Assert.Single(facts.Resources);
        Assert.Equal("the login lacks the permission 'Microsoft.Compute/virtualMachines/instanceView/read' (403 AuthorizationFailed); the role Reader has it", Assert.Single(facts.Unreadable).Reason);
    }

    [Fact]
    public async Task All_pages_of_the_versions_are_read()
    {
        using var azure = new LoopbackAzure().WithPages($"{Definition}/versions", Version("1.0.0"), $"{Version("1.1.0")},{Version("2.0.0")}", Version("10.0.0"));
        var facts = await Lookups.Ask(azure, Lookups.Options, new WantedFact("Microsoft.Compute/galleries/images/versions", Definition, IsList: true));
        Assert.Equal(["1.0.0", "1.1.0", "10.0.0", "2.0.0"], facts.Resources.Select(fact => fact.Id.Split('/')[^1]));
        Assert.Equal([Definition], facts.Listed);
        Assert.Equal(3, azure.Requests.Count);
    }

    [Fact]
    public async Task A_list_of_which_a_page_fails_is_no_list()
    {
        using var azure = new LoopbackAzure()
            .WithPages($"{Definition}/versions", Version("1.0.0"), Version("2.0.0"))
            .With($"{Definition}/versions#1", LoopbackAnswer.Error(403, "AuthorizationFailed"));
        var facts = await Lookups.Ask(azure, Lookups.Options, new WantedFact("Microsoft.Compute/galleries/images/versions", Definition, IsList: true));
        Assert.Empty(facts.Resources);
        Assert.Empty(facts.Listed);
        Assert.Equal($"{Definition}/versions", Assert.Single(facts.Unreadable).Id);
    }

    [Theory]
    [InlineData("/CommunityGalleries/contoso-1/Images/win", "communityGalleryImage", $"{Location}/communityGalleries/contoso-1/images/win")]
    [InlineData("/CommunityGalleries/contoso-1/Images/win/Versions/1.0.0", "communityGalleryImageVersion", $"{Location}/communityGalleries/contoso-1/images/win/versions/1.0.0")]
    [InlineData("/SharedGalleries/1111-contoso/Images/win", "sharedGalleryImage", $"{Location}/sharedGalleries/1111-contoso/images/win")]
    [InlineData("/SharedGalleries/1111-contoso/Images/win/Versions/1.0.0", "sharedGalleryImageVersion", $"{Location}/sharedGalleries/1111-contoso/images/win/versions/1.0.0")]
    public async Task An_image_that_others_share_is_asked_for_by_region_and_goes_by_its_unique_id(string id, string kind, string path)
    {
        using var azure = new LoopbackAzure().With(path, $$"""{"name":"win","location":"West Europe","identifier":{"uniqueId":"{{id}}"},"properties":{"osType":"Windows","osState":"Generalized"} }""");
        var facts = await Lookups.Ask(azure, Lookups.Options, new WantedFact($"Microsoft.Compute/locations/{kind}", id, Place: s_place));
        Assert.Equal(id, Assert.Single(facts.Resources).Id);
        Assert.Equal(1, azure.Count(path));
    }

    [Fact]
    public async Task An_image_that_others_share_needs_a_region()
    {
        using var azure = new LoopbackAzure();
        var facts = await Lookups.Ask(azure, Lookups.Options, new WantedFact("Microsoft.Compute/locations/communityGalleryImage", "/CommunityGalleries/c/Images/i"));
        Assert.Equal("it is asked for by subscription and region, which are not known here; give --subscription and --location", Assert.Single(facts.Unreadable).Reason);
        Assert.Empty(azure.Requests);
    }

    [Theory]
    [InlineData("1.2.3", 1)]
    [InlineData("latest", 2)]
    public async Task A_Marketplace_image_shows_plan_generation_architecture_and_deprecation(string version, int requests)
    {
        const string versions = $"{Location}/publishers/contoso/artifacttypes/vmimage/offers/desktop/skus/pro/versions";
        const string id = "/Subscriptions/11111111-1111-1111-1111-111111111111/Providers/Microsoft.Compute/Locations/westeurope/Publishers/contoso/ArtifactTypes/VMImage/Offers/desktop/Skus/pro/Versions/1.2.3";
        using var azure = new LoopbackAzure()
            .With(versions, $$"""[{"location":"westeurope","name":"1.2.3","id":"{{id}}"}]""")
            .With($"{versions}/1.2.3", $$"""
                {"location":"westeurope","name":"1.2.3","id":"{{id}}","properties":{"plan":{"publisher":"contoso","name":"pro","product":"desktop"},"hyperVGeneration":"V2",
                 "architecture":"x64","osDiskImage":{"operatingSystem":"Windows"},"imageDeprecationStatus":{"imageState":"ScheduledForDeprecation"} } }
                """);
        var wanted = new WantedFact("Microsoft.Compute/locations/publishers/artifactTypes/offers/skus/versions", $"/Publishers/contoso/ArtifactTypes/VMImage/Offers/desktop/Skus/pro/Versions/{version}", Place: s_place);
        var facts = await Lookups.Ask(azure, Lookups.Options, wanted);
        var image = Assert.Single(facts.Resources);
        Assert.Equal(id, image.Id);
        Assert.Equal(["plan", "hyperVGeneration", "architecture", "osDiskImage", "imageDeprecationStatus"], ((ObjectValue)image.Body.Get("properties")!).Members.Select(member => member.Name));
        Assert.Equal(requests, azure.Requests.Count);
    }

    [Fact]
    public async Task Each_resource_is_asked_for_once_in_a_run()
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, Lookups.MachineJson());
        var credential = new LoopbackCredential();
        using var live = azure.Open(Lookups.Options, credential);
        await live.Read([Lookups.Wanted(Lookups.Machine), Lookups.Wanted(Lookups.Machine.ToUpperInvariant().Replace("MICROSOFT.COMPUTE", "Microsoft.Compute", StringComparison.Ordinal))]);
        Assert.Same(Facts.None, await live.Read([Lookups.Wanted(Lookups.Machine)]));
        Assert.Equal((1, 1), (azure.Requests.Count, live.Requests));
        Assert.InRange(credential.Count, 1, 2);
    }

    [Fact]
    public async Task Questions_are_asked_at_once_and_not_all_at_once()
    {
        using var azure = new LoopbackAzure(TimeSpan.FromMilliseconds(20));
        await Lookups.Ask(azure, Lookups.Options with { Concurrency = 4 }, [.. Enumerable.Range(0, 40).Select(i => Lookups.Wanted($"{Lookups.Group}/virtualMachines/vm{i}"))]);
        Assert.InRange(azure.MostAtOnce, 2, 4);
    }

    [Fact]
    public async Task What_is_recorded_is_what_was_read()
    {
        using var azure = new LoopbackAzure()
            .With(Lookups.Machine, Lookups.MachineJson())
            .WithPages($"{Definition}/versions", Version("1.0.0"))
            .With($"{Lookups.Group}/disks/hidden", LoopbackAnswer.Error(403, "AuthorizationFailed"));
        var facts = await Lookups.Ask(
            azure,
            Lookups.Options,
            Lookups.Wanted(Lookups.Machine),
            Lookups.Wanted($"{Lookups.Group}/virtualMachines/gone"),
            Lookups.Wanted($"{Lookups.Group}/disks/hidden", "Microsoft.Compute/disks"),
            new WantedFact("Microsoft.Compute/galleries/images/versions", Definition, IsList: true));
        var time = facts.Absent[0].ReadAt!.Value;
        var written = FactsWriter.Write(facts, [], time);
        var read = FactsReader.Read([new SourceText("facts.json", written)], []);
        Assert.Empty(read.Errors);
        Assert.Equal(written, FactsWriter.Write(read.Facts, [], time));
        Assert.Equal(facts.Absent, read.Facts.Absent);
        Assert.Equal(facts.Unreadable, read.Facts.Unreadable);
        Assert.Equal(facts.Listed, read.Facts.Listed);
        Assert.Equal(facts.Resources.Select(fact => (fact.Id, fact.Type, fact.File, fact.ReadAt)), read.Facts.Resources.Select(fact => (fact.Id, fact.Type, fact.File, fact.ReadAt)));
        Assert.All((string[])["hunter2", "c2VjcmV0", "sig=", "azureuser", LoopbackAzure.Token], secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
    }

    private static string Version(string name) =>
        $$"""{"id":"{{Definition}}/versions/{{name}}","name":"{{name}}","location":"westeurope","properties":{"provisioningState":"Succeeded","storageProfile":{"source":{"virtualMachineId":"{{Lookups.Machine}}"} } } }""";
}
