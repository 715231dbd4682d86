using System.Diagnostics;
using System.Globalization;
using DeployGate.TestKit;

namespace DeployGate.ControlPlane.Tests.Live;

public sealed class FailureTests
{
    [Fact]
    public async Task Missing_permission_is_named_as_Azure_names_it()
    {
        const string message = "The client 'x' with object id 'x' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/instanceView/action' over scope '/s' or the scope is invalid.";
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Error(403, "AuthorizationFailed", message));
        Assert.Equal(
            "the login lacks the permission 'Microsoft.Compute/virtualMachines/instanceView/action' (403 AuthorizationFailed); the role Reader has it",
            await Lookups.ReasonOf(azure));
    }

    [Fact]
    public async Task Missing_permission_is_named_where_Azure_does_not()
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, new LoopbackAnswer(403, ""));
        Assert.Equal("the login lacks the permission 'Microsoft.Compute/virtualMachines/read' (403); the role Reader has it", await Lookups.ReasonOf(azure));
        Assert.Single(azure.Requests);
    }

    [Fact]
    public async Task Absent_is_not_unreadable()
    {
        using var azure = new LoopbackAzure();
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(Lookups.Machine));
        Assert.Equal((Lookups.Machine, 0), (Assert.Single(facts.Absent).Id, facts.Unreadable.Length));
    }

    [Theory]
    [InlineData("SubscriptionNotFound", "Azure answered 404 SubscriptionNotFound: the login may belong to another tenant")]
    [InlineData("", "the answer was 404 without Azure's error code, so that something between here and Azure may have given it")]
    public async Task Not_every_404_says_that_nothing_is_there(string code, string reason)
    {
        var answer = code.Length == 0 ? new LoopbackAnswer(404, "<html>not found</html>") : LoopbackAnswer.Error(404, code);
        using var azure = new LoopbackAzure().With(Lookups.Machine, answer);
        Assert.Equal(reason, await Lookups.ReasonOf(azure));
    }

    [Theory]
    [InlineData(409, "Conflict", "Azure answered 409 Conflict: The resource is being changed.")]
    [InlineData(400, "NoRegisteredProviderFound", "Azure answered 400 NoRegisteredProviderFound: The resource is being changed.")]
    public async Task Other_refusals_are_told_in_Azures_words(int status, string code, string reason)
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Error(status, code, "The resource is\\n being changed."));
        Assert.Equal(reason, await Lookups.ReasonOf(azure));
    }

    [Theory]
    [InlineData(429, "Azure limits the number of requests (429 Busy), also after several tries; try later, or raise --timeout")]
    [InlineData(500, "Azure failed to answer (500 Busy), also after several tries")]
    [InlineData(503, "Azure failed to answer (503 Busy), also after several tries")]
    public async Task What_passes_is_tried_again_and_then_told(int status, string reason)
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Error(status, "Busy"));
        Assert.Equal(reason, await Lookups.ReasonOf(azure));
        Assert.Equal(6, azure.Requests.Count);
    }

    [Fact]
    public async Task What_passes_is_tried_again_and_then_read()
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Error(503, "Busy"), LoopbackAnswer.Throttled(0), LoopbackAnswer.Ok(Lookups.MachineJson()));
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(Lookups.Machine));
        Assert.Equal((1, 3), (facts.Resources.Length, azure.Requests.Count));
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Throttled(1), LoopbackAnswer.Ok(Lookups.MachineJson()));
        var watch = Stopwatch.StartNew();
        await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(Lookups.Machine));
        Assert.True(watch.Elapsed.TotalSeconds > 0.9, $"{watch.Elapsed}");
    }

    [Fact]
    public async Task A_wait_ends_at_the_time_limit()
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Throttled(3600));
        Assert.Equal("Azure answered 429 until the time limit of 0.5 s (--timeout)", await Lookups.ReasonOf(azure, Lookups.Options with { Timeout = TimeSpan.FromSeconds(0.5) }));
    }

    [Fact]
    public async Task A_slow_answer_ends_at_the_time_limit_for_all_together()
    {
        using var azure = new LoopbackAzure(latency: TimeSpan.FromSeconds(20));
        var wanted = Enumerable.Range(0, 100).Select(i => Lookups.Wanted($"{Lookups.Group}/virtualMachines/vm{i}")).ToArray();
        var facts = await Lookups.Ask(azure, Lookups.Options with { Timeout = TimeSpan.FromSeconds(0.5) }, wanted);
        Assert.Equal(100, facts.Unreadable.Length);
        Assert.All(facts.Unreadable, one => Assert.Contains("the time limit of 0.5 s", one.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cut_off_answer_is_tried_again_and_then_told()
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Ok("{\"id\":") with { IsCutOff = true });
        Assert.StartsWith("Azure could not be reached: ", await Lookups.ReasonOf(azure), StringComparison.Ordinal);
        Assert.Equal(6, azure.Requests.Count);
    }

    [Theory]
    [InlineData("{\"id\": \"/subscriptions/")]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{}")]
    [InlineData("{\"properties\": 7}")]
    public async Task What_is_no_resource_is_unreadable(string body)
    {
        using var azure = new LoopbackAzure().With(Lookups.Machine, body);
        Assert.StartsWith("Azure's answer is not ", await Lookups.ReasonOf(azure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var elsewhere = new LoopbackAzure();
        using var azure = new LoopbackAzure().With(Lookups.Machine, new LoopbackAnswer(307, "") { Headers = [("Location", "https://elsewhere.example/steal")] });
        Assert.Equal("Azure answered with a redirect (307), which is not followed: a login must not reach another address", await Lookups.ReasonOf(azure));
    }

    [Fact]
    public async Task A_list_does_not_lead_to_another_host()
    {
        const string definition = $"{Lookups.Group}/galleries/contoso/images/win2022";
        using var azure = new LoopbackAzure().With($"{definition}/versions", """{"value":[],"nextLink":"https://elsewhere.example/steal"}""");
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(definition, "Microsoft.Compute/galleries/images/versions") with { IsList = true });
        Assert.Equal("the list goes on at another address, which is not asked: a login must not reach it", Assert.Single(facts.Unreadable).Reason);
        Assert.Empty(facts.Listed);
    }

    [Fact]
    public async Task A_refused_login_names_a_wrong_clock()
    {
        var date = TimeProvider.System.GetUtcNow().AddHours(-2).ToString("R", CultureInfo.InvariantCulture);
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Error(401, "ExpiredAuthenticationToken") with { Headers = [("Date", date)] });
        var reason = await Lookups.ReasonOf(azure);
        Assert.Equal("Azure refused the login (401 ExpiredAuthenticationToken); the clock of this machine is 120 minutes ahead of Azure's, which makes tokens invalid", reason);
    }

    [Theory]
    [InlineData("/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/../../../..")]
    [InlineData("/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm?x=1")]
    [InlineData("/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm%2e%2e")]
    [InlineData("/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/secret")]
    [InlineData("//elsewhere.example/steal")]
    public async Task An_id_leads_to_no_other_path(string id)
    {
        using var azure = new LoopbackAzure();
        var facts = await Lookups.Ask(azure, Lookups.Options, Lookups.Wanted(id));
        Assert.Single(facts.Unreadable);
        Assert.Empty(azure.Requests);
    }

    [Fact]
    public async Task Errors_of_Azure_do_not_carry_secrets_on()
    {
        var message = $"Bad {LoopbackAzure.Token} and https://a.blob.core.windows.net/v/x.vhd?sv=1&sig=leaked";
        using var azure = new LoopbackAzure().With(Lookups.Machine, LoopbackAnswer.Error(400, "BadRequest", message));
        var reason = await Lookups.ReasonOf(azure);
        Assert.Equal("Azure answered 400 BadRequest: Bad *** and https://a.blob.core.windows.net/v/x.vhd", reason);
    }
}
