using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Values;

/// <summary>A value that is handed on has the origin that it would have were each place added to it at once.</summary>
public sealed class PassageTests
{
    private static readonly SourceText s_source = new("main.json", new string('x', 1000));

    [Fact]
    public void Places_are_hops_from_the_use_back_to_where_it_was_written()
    {
        var value = Written(At(0)).Through(At(10), "parameter 'a'").Through(At(20), "variable 'b'");

        Assert.Equal(new Origin(At(0)).Through(At(10), "parameter 'a'").Through(At(20), "variable 'b'"), value.Origin);
        Assert.Equal(["variable 'b'", "parameter 'a'"], value.Origin!.Hops.Select(hop => hop.What));
        Assert.Equal(At(0), value.WrittenAt.Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_where_it_was_written_and_the_last_place_are_known_as_passed(bool wasAsked)
    {
        var value = Written(At(0)).Through(At(10), "first").Through(At(20), "last");
        if (wasAsked)
        {
            Assert.NotNull(value.Origin);
        }

        Assert.Equal([true, false, true, false], new[] { 0, 10, 20, 30 }.Select(start => value.IsSeenThrough(At(start))));
        Assert.True(value.IsPassedOn);
        Assert.False(Written(At(0)).IsPassedOn);
    }

    [Fact]
    public void What_nobody_wrote_passes_no_place()
    {
        var value = new StringValue("made");

        Assert.Same(value, value.Through(At(10), "first"));
        Assert.False(value.IsSeenThrough(At(10)));
    }

    [Fact]
    public void An_implied_origin_stays_implied()
    {
        var value = (Value)new StringValue("v") { Origin = new Origin(At(0)) { IsImplied = true } };

        Assert.True(value.Through(At(10), "first").Origin!.IsImplied);
    }

    [Fact]
    public void A_way_of_any_length_needs_no_stack()
    {
        var value = Written(At(0));
        for (var i = 0; i < 200_000; i++)
        {
            value = value.Through(At(10 * (1 + (i % 2))), "on");
        }

        Assert.Equal(200_000, value.Origin!.Hops.Count());
    }

    private static Value Written(Place place) => new StringValue("v") { WrittenAt = new LazyPlace(place.Source, place.Span) };

    private static Place At(int start) => new(s_source, new TextSpan(start, 5));
}
