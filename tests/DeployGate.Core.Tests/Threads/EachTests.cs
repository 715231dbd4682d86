using DeployGate.Core.Threads;

namespace DeployGate.Core.Tests.Threads;

public sealed class EachTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(10_001, 7)]
    public void Every_number_is_in_one_piece(int count, int size)
    {
        var met = new int[count];

        Each.InPieces(count, size, (first, end) =>
        {
            for (var i = first; i < end; i++)
            {
                Interlocked.Increment(ref met[i]);
            }
        });

        Assert.All(met, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    public void Results_stand_in_the_order_of_their_items(int count)
    {
        string[] items = [.. Enumerable.Range(0, count).Select(number => $"{number}")];

        Assert.Equal(items.Select((item, index) => $"{item} at {index}"), Each.Of(items, (item, index) => $"{item} at {index}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_pieces_of_work_are_done_and_their_failures_seen(bool isLarge)
    {
        Assert.Equal((1, "two"), Each.Both(isLarge, () => 1, () => "two"));
        Assert.Throws<FormatException>(() => Each.Both(isLarge, () => 1, () => int.Parse("two", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Throws<FormatException>(() => Each.Both(isLarge, () => int.Parse("one", System.Globalization.CultureInfo.InvariantCulture), () => 2));
    }
}
