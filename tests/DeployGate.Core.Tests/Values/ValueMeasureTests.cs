using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Values;

/// <summary>What a value says of its size, and of whether all of it is known, holds also for a copy with another rest or other alternatives.</summary>
public sealed class ValueMeasureTests
{
    private static readonly UnknownValue s_unknown = new(UnknownReason.RuntimeFunction, "f()", "only Azure knows");
    private static readonly StringValue s_known = new("x");

    [Fact]
    public void A_container_counts_itself_and_its_parts()
    {
        var list = new ArrayValue([s_known, new ObjectValue([new Member("a", s_known), new Member("b", new IntValue(1))])]);

        Assert.Equal((5, true), (list.Size, list.IsFullyKnown));
        Assert.Equal((1, true), (ObjectValue.Empty.Size, ObjectValue.Empty.IsFullyKnown));
    }

    [Fact]
    public void One_unknown_part_is_enough()
    {
        Assert.False(new ArrayValue([s_known, new ObjectValue([new Member("a", s_unknown)])]).IsFullyKnown);
        Assert.False(new ObjectValue([new Member("a", PartialString.Join([new StringPart("x"), new StringPart(s_unknown)]))]).IsFullyKnown);
        Assert.False(s_unknown.IsFullyKnown);
    }

    [Fact]
    public void A_rest_that_is_added_or_taken_away_counts()
    {
        var (map, list) = (new ObjectValue([new Member("a", s_known)]), new ArrayValue([s_known]));

        Assert.Equal([false, false], new Value[] { map with { Rest = s_unknown }, list with { Rest = s_unknown } }.Select(value => value.IsFullyKnown));
        Assert.Equal([true, true], new Value[] { (map with { Rest = s_unknown }) with { Rest = null }, (list with { Rest = s_unknown }) with { Rest = null } }.Select(value => value.IsFullyKnown));
        Assert.Equal(map.Size, (map with { Rest = s_unknown }).Size);
    }

    [Fact]
    public void Alternatives_count_and_are_known_to_nobody()
    {
        var choice = s_unknown with { Alternatives = [s_known, new ArrayValue([s_known, s_known])] };

        Assert.Equal((s_unknown.Size + 4, false), (choice.Size, choice.IsFullyKnown));
        Assert.Equal(s_unknown.Size, (choice with { Alternatives = [] }).Size);
    }

    [Fact]
    public void Shared_parts_that_double_stay_large()
    {
        Value value = s_known;
        for (var i = 0; i < 200; i++)
        {
            value = new ArrayValue([value, value, value]);
        }

        Assert.True(value.Size > 100_000_000);
        Assert.True(value.IsFullyKnown);
        Assert.True(new ArrayValue([value, s_unknown]).Size > 100_000_000);
    }
}
