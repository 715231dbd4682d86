using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Rules;

public sealed class ImageEndOfLifeTests
{
    private const string Definition = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/contoso/images/web";

    private static readonly DateTimeOffset s_now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-21T11:59:59Z", "the life of the image definition 'web' ended on 2026-11-21")]
    [InlineData("2026-12-21T12:00:00Z", "the life of the image definition 'web' ends on 2026-12-21")]
    [InlineData("2026-12-21T12:00:01Z", null)]
    [InlineData("soon", null)]
    public void Says_it_from_thirty_days_before_the_date(string date, string? expected) =>
        Assert.Equal(expected, MessageOf(new StringValue(date), s_now));

    [Fact]
    public void Without_a_clock_nothing_is_said() => Assert.Null(MessageOf(new StringValue("2020-01-01T00:00:00Z"), null));

    [Fact]
    public void Of_several_dates_the_last_one_counts()
    {
        var open = new UnknownValue(UnknownReason.EvaluationError, "end", "chosen later") { Alternatives = [new StringValue("2020-01-01"), new StringValue("2099-01-01")] };
        Assert.Null(MessageOf(open, s_now));
    }

    private static string? MessageOf(Value date, DateTimeOffset? now)
    {
        var body = Map(("properties", Map(("osState", new StringValue("Generalized")), ("endOfLifeDate", date))));
        var facts = new Facts([new FactResource(Definition, ArtifactTypes.Definition, body, "facts.json", null)], [], []);
        var catalog = new ArtifactCatalog([], new SharedArtifacts([], facts));
        var place = new Place(new SourceText("infra.json", "{}"), new TextSpan(0, 1));
        var source = new ImageSource.Resource(new StringValue(Definition + "/versions/1.0.0"), place, []);
        var use = new ImageUse
        {
            Stage = Stage.Deploy,
            Subject = "virtual machine 'vm'",
            Sources = [source],
            Declared = new DeclaredState([OsState.Generalized], "osProfile is set", place, []),
            Resource = new ResolvedResource
            {
                Type = ArtifactTypes.VirtualMachine,
                ApiVersion = new StringValue("2024-07-01"),
                Name = new StringValue("vm"),
                Id = new StringValue("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm"),
                Scope = new StringValue("/subscriptions/s/resourceGroups/rg"),
                Presence = Presence.Certain,
                Body = ObjectValue.Empty,
                Declaration = place,
            },
        };
        var one = new UseContext(use, [new SourceCase(source, OriginWalk.Assess(source, catalog))], Verdict.Allowed, catalog) { Now = now };
        return new ImageEndOfLife().Check(one).SingleOrDefault()?.Message;
    }

    private static ObjectValue Map(params (string Name, Value Value)[] members) => ObjectValue.From(members.Select(member => new Member(member.Name, member.Value)));
}
