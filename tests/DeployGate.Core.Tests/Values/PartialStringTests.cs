using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Values;

public sealed class PartialStringTests
{
    private static readonly UnknownValue s_hole = new(UnknownReason.ParameterNoValue, "x", "no value");

    [Fact]
    public void Rows_of_literals_become_one_part_and_holes_stay_where_they_are()
    {
        var joined = Assert.IsType<PartialString>(PartialString.Join([new("a"), new(""), new("b"), new(s_hole), new("c"), new("d"), new("e")]));
        Assert.Equal(["ab", null, "cde"], joined.Parts.Select(part => part.Literal));
    }

    [Fact]
    public void A_long_row_of_short_literals_takes_memory_in_proportion()
    {
        var parts = Enumerable.Range(0, 40_000).Select(_ => new StringPart(")")).Append(new StringPart(s_hole)).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = PartialString.Join(parts);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }
}
